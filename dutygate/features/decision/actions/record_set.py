"""一文多卷登记决定（第四条（三））: one document decides several cases, each with an outcome of its own, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from pydantic import Field, model_validator

from dutygate.base.catalogue.action import Action, Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.facts import edition_on
from dutygate.features.decision.actions.record import Body, DecisionGiven
from dutygate.features.decision.models import DecisionSet
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


@dataclass(frozen=True, slots=True)
class Deciding:
    """辖区 in which a body decides: its code and its directory."""

    code: str
    directory: Directory


class CaseDecided(DecisionGiven):
    """One case of the document, by its number."""

    case: str = Field(min_length=1, max_length=40)


@register_action
class RecordSet(Action[Deciding]):
    """一文多卷. Subject: the jurisdiction's code. Each case is decided by a ``decision.record`` of its own, in the same transaction.

    If the law refuses one, none is recorded. Result: {cases: how many}.
    """

    name = "decision.record_set"

    class Payload(Given):
        """The body, its document, and what it says on each case."""

        body: Body
        document_number: str = Field(min_length=1, max_length=80)
        dated_on: date
        published_on: date | None = None
        sent_on: date | None = None
        reply_by: date | None = None
        scan: FileDigest = ""
        cases: tuple[CaseDecided, ...] = Field(min_length=1, max_length=500)

        @model_validator(mode="after")
        def each_case_once(self) -> Self:
            """A document says one thing on each case."""
            numbers = [decided.case for decided in self.cases]
            if len(set(numbers)) != len(numbers):
                raise ValueError("a case is named twice")
            return self

    def chain_key(self, ref: str, acting: Any) -> str:
        """The jurisdiction of the cases, also where the city decides."""
        return ref

    def load(self, ref: str, payload: Any, door: Door) -> Deciding:
        """The jurisdiction. Raises Malformed for a case of another one."""
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        code = directory.jurisdiction.code
        strange = [decided.case for decided in payload.cases if not decided.case.startswith(f"{code}-")]
        if strange:
            raise Malformed([("cases", f"not of {code}: {', '.join(strange)}")])
        return Deciding(code, directory)

    def edition(self, subject: Deciding, door: Door) -> Edition:
        """The edition in force on the day of entry; each case keeps its own."""
        return edition_on(door.today, door)

    def relations(self, subject: Deciding, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The body that the payload names, if its seat here is the acting unit's."""
        acting = door.acting
        if acting.unit_id is None or acting.kind not in ("handler", "signatory"):
            return frozenset()
        mine = subject.directory.seats(door.today).get(payload.body) == acting.unit_id
        return roles & {payload.body} if mine else frozenset()

    def facts(self, subject: Deciding, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """Nothing beyond the payload: each case is judged when it is recorded."""
        act: Mapping[str, Any] = payload.model_dump()
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), act)

    def apply(self, subject: Deciding, payload: Any, context: Context) -> None:
        """The document, and one follow-up for each case."""
        DecisionSet.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            body=payload.body,
            document_number=payload.document_number,
            dated_on=payload.dated_on,
            cases=[decided.case for decided in payload.cases],
            recorded_at=context.recorded_at,
        )
        common = payload.model_dump(exclude={"cases"})
        for decided in payload.cases:
            context.follow("decision.record", decided.case, **common, **decided.model_dump(exclude={"case"}))
        context.result["cases"] = len(payload.cases)

    def subject_key(self, subject: Deciding) -> str:
        """The jurisdiction's code; the cases stand in the payload."""
        return subject.code
