"""公文的办理: what all actions on papers have in common. Their subject is the jurisdiction's code (Article 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dutygate.base.catalogue.action import ActingPost, Action, Door
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.facts import edition_on
from dutygate.features.papers.kinds import Kind, kinds
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


@dataclass(slots=True)
class PapersSubject:
    """The papers of a jurisdiction, and what an action has read before it is decided."""

    jurisdiction_id: int
    directory: Directory
    read: dict[str, Any] = field(default_factory=dict)

    def unit(self, key: str, where: str) -> int:
        """The id of a unit by key. Raises Malformed."""
        try:
            return self.directory.by_key(key).id
        except UnknownUnit:
            raise Malformed([(where, f"unknown unit: {key}")]) from None


def kind_named(name: str) -> Kind:
    """A kind of paper. Raises Malformed."""
    try:
        return kinds()[name]
    except KeyError:
        raise Malformed([("kind", f"no such item: {name}")]) from None


class PaperAction(Action[PapersSubject]):
    """An action on papers. Subject: the jurisdiction's code."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The chain of the jurisdiction that ``ref`` names."""
        return ref

    def load(self, ref: str, payload: Any, door: Door) -> PapersSubject:
        """The jurisdiction at the door."""
        return PapersSubject(door.jurisdiction_id, public_directory(door.jurisdiction_id, door.reference_version))

    def edition(self, subject: PapersSubject, door: Door) -> Edition:
        """The edition in force on the day of entry."""
        return edition_on(door.today, door)

    def relations(self, subject: PapersSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """By the seats held on the day of entry, in this jurisdiction."""
        acting = door.acting
        if acting.kind == "system":
            return roles & {"system"}
        if acting.unit_id is None or acting.kind not in ("handler", "signatory"):
            return frozenset()
        return roles & self.held(subject, payload, door)

    def held(self, subject: PapersSubject, payload: Any, door: Door) -> frozenset[str]:
        """The roles of the acting unit, a person of an office."""
        assert door.acting.unit_id is not None
        return subject.directory.seats_of(door.acting.unit_id, door.today)

    def resolved(self, subject: PapersSubject, payload: Any, door: Door) -> dict[str, Any]:
        """What the rules need to know beside the payload."""
        return {}

    def facts(self, subject: PapersSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload and what the action has read for the rules; only for whoever may act at all."""
        found = self.resolved(subject, payload, door) if acting.relations else {}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), {**payload.model_dump(mode="json"), **found})

    def subject_key(self, subject: PapersSubject) -> str:
        """The jurisdiction's code."""
        return subject.directory.jurisdiction.code
