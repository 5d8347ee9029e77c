"""一函多复（第四条（一））: a township answers several cases in one letter, each with an answer of its own, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from dutygate.base.catalogue.action import Action, Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.facts import edition_on
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


@dataclass(frozen=True, slots=True)
class Answering:
    """辖区 whose cases are answered, by its code."""

    code: str


class CaseAnswered(Given):
    """What the letter says on one case, by its number."""

    case: str = Field(min_length=1, max_length=40)
    answer: Literal["agree", "agree_with_conditions", "disagree"]
    reason: str = Field("", max_length=4000)
    conditions: tuple[Annotated[str, StringConstraints(min_length=1, max_length=2000)], ...] = Field((), max_length=20)


@register_action
class ReplySet(Action[Answering]):
    """一函多复. Subject: the jurisdiction's code. Each case is answered by a ``consultation.reply`` of its own, in the same transaction.

    If the law refuses one, none is answered. Result: {cases: how many}.
    """

    name = "consultation.reply_set"

    class Payload(Given):
        """The letter, and what it says on each case."""

        document_number: str = Field(min_length=1, max_length=80)
        signed_on: date
        scan: FileDigest = ""
        cases: tuple[CaseAnswered, ...] = Field(min_length=1, max_length=200)

        @model_validator(mode="after")
        def each_case_once(self) -> Self:
            """A letter says one thing on each case."""
            numbers = [answered.case for answered in self.cases]
            if len(set(numbers)) != len(numbers):
                raise ValueError("a case is named twice")
            return self

    def chain_key(self, ref: str, acting: Any) -> str:
        """The jurisdiction of the cases."""
        return ref

    def load(self, ref: str, payload: Any, door: Door) -> Answering:
        """The jurisdiction. Raises Malformed for a case of another one."""
        code = public_directory(door.jurisdiction_id, door.reference_version).jurisdiction.code
        strange = [answered.case for answered in payload.cases if not answered.case.startswith(f"{code}-")]
        if strange:
            raise Malformed([("cases", f"not of {code}: {', '.join(strange)}")])
        return Answering(code)

    def edition(self, subject: Answering, door: Door) -> Edition:
        """The edition in force on the day of entry; each case keeps its own."""
        return edition_on(door.today, door)

    def relations(self, subject: Answering, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """A township's handler or signatory; whether it was asked is a matter of each case."""
        acting = door.acting
        return roles & {"township"} if acting.unit_kind == "township" and acting.kind in ("handler", "signatory") else frozenset()

    def facts(self, subject: Answering, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """Nothing beyond the payload: each case is judged when it is answered."""
        act: Mapping[str, Any] = payload.model_dump()
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), act)

    def apply(self, subject: Answering, payload: Any, context: Context) -> None:
        """One follow-up for each case, with the number and day of the letter."""
        letter = payload.model_dump(exclude={"cases"})
        for answered in payload.cases:
            context.follow("consultation.reply", answered.case, **letter, **answered.model_dump(exclude={"case"}))
        context.result["cases"] = len(payload.cases)

    def subject_key(self, subject: Answering) -> str:
        """The jurisdiction's code; the cases stand in the payload."""
        return subject.code
