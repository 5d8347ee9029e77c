"""What the actions of the task check have in common. Their subject is the jurisdiction's code (Article 7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import StringConstraints

from dutygate.base.catalogue.action import ActingPost, Action, Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.facts import edition_on
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head

Id = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]
KINDS: Final = ("department", "township")
"""Kinds of units that are roles by themselves."""


@dataclass(slots=True)
class TaskSubject:
    """A jurisdiction with its units, and what an action has read before it is decided."""

    jurisdiction_id: int
    directory: Directory
    read: dict[str, Any] = field(default_factory=dict)


class TaskAction(Action[TaskSubject]):
    """Subject: the jurisdiction's code."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The chain of the jurisdiction that ``ref`` names."""
        return ref

    def load(self, ref: str, payload: Any, door: Door) -> TaskSubject:
        """The jurisdiction at the door."""
        return TaskSubject(door.jurisdiction_id, public_directory(door.jurisdiction_id, door.reference_version))

    def edition(self, subject: TaskSubject, door: Door) -> Edition:
        """The edition in force on the day of entry."""
        return edition_on(door.today, door)

    def relations(self, subject: TaskSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """Seats held on the day of entry, and the kind of the unit, in this jurisdiction."""
        acting = door.acting
        if acting.unit_id is None or acting.kind not in ("handler", "signatory") or acting.jurisdiction_id != door.jurisdiction_id:
            return frozenset()
        held = set(subject.directory.seats_of(acting.unit_id, door.today))
        return roles & (held | ({acting.unit_kind} & set(KINDS)))

    def resolved(self, subject: TaskSubject, payload: Any, door: Door) -> dict[str, Any]:
        """What the rules need to know beside the payload."""
        return {}

    def facts(self, subject: TaskSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload and what the action has read for the rules; only for whoever may act at all."""
        found = self.resolved(subject, payload, door) if acting.relations else {}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), {**payload.model_dump(mode="json"), **found})

    def subject_key(self, subject: TaskSubject) -> str:
        """The jurisdiction's code."""
        return subject.directory.jurisdiction.code
