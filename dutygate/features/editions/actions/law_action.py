"""What the actions on editions and provisions share: the jurisdiction with its law, and who counts as what (Articles 9-11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dutygate.base.catalogue.action import ActingPost, Action, Door
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.law_here import LawHere, law_here
from dutygate.features.cases.facts import edition_on
from dutygate.features.editions.interpreter import interprets
from dutygate.features.editions.models import EditionDraft
from dutygate.features.editions.queries import OFFICE_POSTS
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head

KINDS: Final = ("department", "township")
"""Kinds of units that are roles by themselves: whoever applies a provision may ask what it means."""


@dataclass(slots=True)
class LawSubject:
    """A jurisdiction with its units and its law; the draft in question, and what was worked out for the rules."""

    jurisdiction_id: int
    directory: Directory
    law: LawHere
    edition: Edition
    draft: EditionDraft | None = None
    content: Edition | None = None
    row: Any = None


class LawAction(Action[LawSubject]):
    """Subject: the jurisdiction's code."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The chain of the jurisdiction that ``ref`` names."""
        return ref

    def load(self, ref: str, payload: Any, door: Door) -> LawSubject:
        """The jurisdiction at the door, with the edition in force there."""
        return LawSubject(
            door.jurisdiction_id,
            public_directory(door.jurisdiction_id, door.reference_version),
            law_here(door.jurisdiction_id, door.reference_version),
            edition_on(door.today, door),
        )

    def edition(self, subject: LawSubject, door: Door) -> Edition:
        """The edition in force on the day of entry."""
        return subject.edition

    def relations(self, subject: LawSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """Seats held on the day of entry, the kind of the unit, and the interpreter by the name that the edition gives (Article 10)."""
        acting = door.acting
        if acting.kind == "system":
            return roles & {"system"}
        if acting.unit_id is None or acting.kind not in OFFICE_POSTS:
            return frozenset()
        held = set(subject.directory.seats_of(acting.unit_id, door.today))
        if acting.unit_kind in KINDS and acting.jurisdiction_id == door.jurisdiction_id:
            held.add(acting.unit_kind)
        if interprets(subject.directory, acting.unit_id, subject.edition):
            held.add("interpreter")
        return roles & held

    def look_up(self, subject: LawSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """What the rules of this action need beside the payload (law/rules/editions.py)."""
        return {}

    def facts(self, subject: LawSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload, and what was looked up."""
        act = {**payload.model_dump(), **self.look_up(subject, payload, door)}
        return Facts(subject.edition, acting, door.on, Head(state="none"), act)

    def subject_key(self, subject: LawSubject) -> str:
        """The jurisdiction's code."""
        return subject.directory.jurisdiction.code
