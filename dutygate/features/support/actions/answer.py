"""确认、提出异议（第五条）: a township says of many deliveries at once what came, and what did not; unanswered is never its lateness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest, refer, require_files
from dutygate.base.organizations.directory import UnitInfo, UnknownUnit
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.prepared import insert
from dutygate.features.support.acting import OFFICES, SupportAction, SupportSubject, sync_tasks
from dutygate.features.support.actions.deliver import FEN_LIMIT, Ref
from dutygate.features.support.models import Commitment, Confirmation, Delivery, Pledge
from dutygate.features.support.queries import last_word, leads, public_reference, sheet_of
from dutygate.law.rules import Finding


class AnswerLine(Given):
    """One delivery ("150721-B-0001.3.1"). ``received_fen``: how much of it came; null: all that awaits an answer, less what is disputed.

    ``disputed_fen``: how much did not; of a thing ``disputed`` says that it did not come. ``reason``: why it is disputed.
    """

    delivery: Ref
    received_fen: int | None = Field(None, ge=0, le=FEN_LIMIT)
    disputed_fen: int = Field(0, ge=0, le=FEN_LIMIT)
    disputed: bool = False
    reason: str = Field("", max_length=500)


class AnswerGiven(Given):
    """Lines of one sheet. On paper: entered by the lead or the department with number, day and scan; the township may still dispute it."""

    lines: tuple[AnswerLine, ...] = Field(min_length=1, max_length=2000)
    on_paper: bool = False
    document_number: str = Field("", max_length=80)
    signed_on: date | None = None
    scan: FileDigest = ""

    @model_validator(mode="after")
    def names_each_once(self) -> Self:
        """No delivery is named twice, and a paper is whole."""
        if len({line.delivery for line in self.lines}) != len(self.lines):
            raise ValueError("a delivery is named twice")
        if self.on_paper and not (self.document_number and self.signed_on and self.scan):
            raise ValueError("an act entered for another unit needs document_number, signed_on and scan")
        return self


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one delivery, in its measure."""

    row: Delivery
    received: int
    disputed: int
    reason: str

    @property
    def waiting(self) -> int:
        """What awaits an answer."""
        row = self.row
        return row.amount - row.confirmed - row.disputed - row.refused

    @property
    def ref(self) -> str:
        """As the township names it."""
        return f"{public_reference(self.row.commitment)}.{self.row.ordinal}"


def sheet_ref(unit: UnitInfo, year: int) -> str:
    """年度确认单 of a township: 150721-Y-2026.naji."""
    place, _dot, slug = unit.key.partition(".")
    return f"{place}-Y-{year}.{slug}"


def sheet_named(ref: str) -> tuple[str, int] | None:
    """(key of the township, year) of a sheet, or None."""
    place, _dash, rest = ref.partition("-Y-")
    year, _dot, slug = rest.partition(".")
    return (f"{place}.{slug}", int(year)) if slug and year.isdecimal() and len(year) == 4 else None


class _Word(SupportAction):
    """A word of a township about what was given in a year. Subject: its sheet."""

    Payload: ClassVar[type[BaseModel]] = AnswerGiven

    def load(self, ref: str, payload: Any, door: Door) -> SupportSubject:
        """The sheet with the lines that are named. Raises NotFound, Malformed."""
        named, directory = sheet_named(ref), public_directory(door.jurisdiction_id, door.reference_version)
        try:
            unit = directory.by_key(named[0]) if named else None
        except UnknownUnit:
            unit = None
        rows = sheet_of(door.acting, unit.id, named[1]) if unit is not None and named is not None else []
        if unit is None or named is None or not rows:
            raise NotFound([Finding("not_found", "5", {"subject": ref})])
        found = {f"{public_reference(row.commitment)}.{row.ordinal}": row for row in rows}
        missing = [line.delivery for line in payload.lines if line.delivery not in found]
        if missing:
            raise Malformed([("lines", f"not on this sheet: {name}") for name in missing])
        if payload.signed_on is not None and payload.signed_on > door.today:
            raise Malformed([("signed_on", "lies in the future")])
        require_files(door.acting, [payload.scan])
        answers = [self.answer(found[line.delivery], line) for line in payload.lines]
        return SupportSubject(ref, directory, door, {"unit": unit, "year": named[1], "answers": answers})

    def answer(self, row: Delivery, line: Any) -> Answer:
        """What a line says, in the delivery's measure."""
        raise NotImplementedError

    def basis(self, subject: SupportSubject) -> Mapping[str, int]:
        """The sheet as it was: what was given and said on it."""
        return {"sheet": last_word(subject.door.acting, subject.read["unit"].id, subject.read["year"])}

    def relations(self, subject: SupportSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The township whose sheet it is; on paper the lead or the departments that gave it may enter it."""
        acting, unit = door.acting, subject.read["unit"]
        if acting.kind not in OFFICES or acting.unit_id is None:
            return frozenset()
        if not payload.on_paper:
            return roles & {"township"} if acting.unit_id == unit.id else frozenset()
        gave = all(answer.row.commitment.department_id == acting.unit_id for answer in subject.read["answers"])
        return roles & {"township"} if acting.unit_id != unit.id and (gave or leads(acting)) else frozenset()

    def acts_as(self, subject: SupportSubject, payload: Any, door: Door) -> str:
        """The township, also on paper."""
        return str(subject.read["unit"].key)

    def entered_for(self, subject: SupportSubject, payload: Any, door: Door) -> int | None:
        """The township, on paper."""
        return subject.read["unit"].id if payload.on_paper else None

    def look_up(self, subject: SupportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Which lines say more than awaits an answer, and which are disputed without a reason."""
        answers = subject.read["answers"]
        over = [a.ref for a in answers if a.received < 0 or not 0 < a.received + a.disputed <= self.answerable(a)]
        return {"over": over, "without_reason": [a.ref for a in answers if a.disputed and not a.reason]}

    def answerable(self, answer: Answer) -> int:
        """Of how much of a delivery this word may be said."""
        return answer.waiting

    def apply(self, subject: SupportSubject, payload: Any, context: Context) -> None:
        """Every line as a row; the departments are told what was said of theirs, the township what was entered for it."""
        unit, answers = subject.read["unit"], subject.read["answers"]
        self._write(answers, unit, payload, context)
        said: dict[int, list[int]] = {}
        for answer in answers:
            for place, amount in enumerate((answer.received, answer.disputed)):
                said.setdefault(answer.row.commitment.department_id, [0, 0])[place] += 1 if amount else 0
        for department, (received, disputed) in said.items():
            name = subject.directory.name_on(unit.id, context.on)
            context.tell("support_answered", [department], unit=name, received=received, disputed=disputed)
        lead = subject.directory.seats(context.door.today).get("lead")
        if lead is not None and any(answer.disputed for answer in answers):
            context.tell("support_disputed", [lead], unit=subject.directory.name_on(unit.id, context.on))
        if payload.on_paper:
            context.tell("support_entered_for_you", [unit.id], document_number=payload.document_number)
        context.result |= {"received": sum(1 for a in answers if a.received), "disputed": sum(1 for a in answers if a.disputed)}

    def _write(self, answers: Sequence[Answer], unit: UnitInfo, payload: Any, context: Context) -> None:
        """The words as rows, and the sums; a commitment may have several deliveries here."""
        words: list[Confirmation] = []
        commitments: dict[int, Commitment] = {}
        for answer in answers:
            row = answer.row
            commitment = commitments.setdefault(row.commitment_id, row.commitment)
            taken_back = max(0, answer.received + answer.disputed - answer.waiting)
            row.on_paper += (answer.received if payload.on_paper else 0) - taken_back
            for one in (row, commitment):
                one.confirmed += answer.received - taken_back
                one.disputed += answer.disputed
            for word, amount in (("confirmed", answer.received), ("disputed", answer.disputed)):
                if amount:
                    words.append(self._word(word, amount, answer, unit, payload, context))
        Delivery.objects.bulk_update([a.row for a in answers], ["confirmed", "disputed", "on_paper"], batch_size=500)
        Commitment.objects.bulk_update(commitments.values(), ["confirmed", "disputed"], batch_size=500)
        insert(*words)

    def _word(self, word: str, amount: int, answer: Answer, unit: UnitInfo, payload: Any, context: Context) -> Confirmation:
        return Confirmation(
            id=context.new_id(),
            jurisdiction_id=answer.row.jurisdiction_id,
            delivery=answer.row,
            answer=word,
            amount=amount,
            reason=answer.reason if word == "disputed" else "",
            unit_id=unit.id,
            at=context.at,
            entered_by_unit=context.acting.unit_id if payload.on_paper else None,
            document_number=payload.document_number,
            signed_on=payload.signed_on,
            scan=payload.scan,
        )

    def attach(self, subject: SupportSubject, payload: Any, context: Context) -> None:
        """A scan belongs to the cases that admitted the duties of these lines."""
        cases = {a.row.commitment.duty.case for a in subject.read["answers"] if a.row.commitment.duty.case_id is not None}
        for case in sorted(cases, key=lambda found: int(found.id)) if payload.scan else []:
            refer(case, [payload.scan], context)

    def project(self, subject: SupportSubject, context: Context) -> None:
        """The departments' tasks end with the confirmation; disputes are the lead's."""
        ids = {answer.row.commitment.pledge_id for answer in subject.read["answers"]}
        sync_tasks(Pledge.objects.filter(id__in=ids).order_by("id"), subject.directory, context.door, context.on)


@register_action
class Confirm(_Word):
    """确认保障: so much came; what did not may be disputed on the same line. Result: {received, disputed}: how many lines."""

    name = "support.confirm"

    def answer(self, row: Delivery, line: Any) -> Answer:
        """All that awaits an answer came, less what is disputed, unless the line says how much."""
        waiting = row.amount - row.confirmed - row.disputed - row.refused
        if row.commitment.measure == "item":
            gone = waiting if line.disputed else 0
            return Answer(row, waiting - gone, gone, line.reason)
        received = waiting - line.disputed_fen if line.received_fen is None else line.received_fen
        return Answer(row, received, line.disputed_fen, line.reason)


@register_action
class Dispute(_Word):
    """提出异议: so much did not come; also of what another unit entered as confirmed from a paper. Result: {received: 0, disputed}."""

    name = "support.dispute"

    def answer(self, row: Delivery, line: Any) -> Answer:
        """All that may be disputed is, unless the line says how much."""
        most = row.amount - row.confirmed - row.disputed - row.refused + row.on_paper
        return Answer(row, 0, line.disputed_fen if line.disputed_fen and row.commitment.measure == "fen" else most, line.reason)

    def answerable(self, answer: Answer) -> int:
        """Also what was confirmed on paper."""
        return answer.waiting + answer.row.on_paper
