"""清单的办理: what all actions on the lists of a jurisdiction have in common. Its seats keep them, and nobody else (Articles 3, 4.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dutygate.base.catalogue.action import ActingPost, Action, Door
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.facts import edition_on
from dutygate.features.lists.models import Duty
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


@dataclass(slots=True)
class ListsSubject:
    """The lists of a jurisdiction, and what an action has read of them before it is decided."""

    jurisdiction_id: int
    directory: Directory
    read: dict[str, Any] = field(default_factory=dict)

    def township(self, key: str, where: str = "townships") -> int:
        """The id of a township of this jurisdiction, by key. Raises Malformed."""
        try:
            unit = self.directory.by_key(key)
        except UnknownUnit:
            raise Malformed([(where, f"unknown unit: {key}")]) from None
        if unit.kind != "township" or unit.jurisdiction_id != self.jurisdiction_id:
            raise Malformed([(where, f"not a township of this jurisdiction: {key}")])
        return unit.id

    def unit_id(self, key: str) -> int | None:
        """The id of a unit that the directory knows by key; None for "" and for one it does not know."""
        try:
            return self.directory.by_key(key).id if key else None
        except UnknownUnit:
            return None

    def next_number(self) -> int:
        """The number of the next duty: one row for the jurisdiction, over all years. Duties are never deleted, and the chain is locked."""
        last = Duty.objects.filter(jurisdiction=self.jurisdiction_id).order_by("-id").values_list("code", flat=True).first()
        return int(last.rpartition("-")[2]) + 1 if last else 1

    def code(self, number: int) -> str:
        """150721-D-0001."""
        return f"{self.directory.jurisdiction.code}-D-{number:04d}"


class ListAction(Action[ListsSubject]):
    """An action on the lists. Subject: the jurisdiction's code."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The chain of the jurisdiction that ``ref`` names."""
        return ref

    def load(self, ref: str, payload: Any, door: Door) -> ListsSubject:
        """The jurisdiction at the door."""
        return ListsSubject(door.jurisdiction_id, public_directory(door.jurisdiction_id, door.reference_version))

    def edition(self, subject: ListsSubject, door: Door) -> Edition:
        """The edition in force on the day of entry."""
        return edition_on(door.today, door)

    def relations(self, subject: ListsSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """By the seats held on the day of entry, in this jurisdiction: nobody acts in a seat it has left by dating an act back."""
        acting = door.acting
        if acting.unit_id is None or acting.kind not in ("handler", "signatory"):
            return frozenset()
        return roles & subject.directory.seats_of(acting.unit_id, door.today)

    def resolved(self, subject: ListsSubject, payload: Any, door: Door) -> dict[str, Any]:
        """What the rules need to know beside the payload."""
        return {}

    def facts(self, subject: ListsSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload and what the action has read for the rules; only for whoever may act at all."""
        found = self.resolved(subject, payload, door) if acting.relations else {}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), {**payload.model_dump(mode="json"), **found})

    def subject_key(self, subject: ListsSubject) -> str:
        """The jurisdiction's code."""
        return subject.directory.jurisdiction.code
