"""列入清单（第四条（三）、（五））: what was decided and told to everybody enters the lists of exactly those townships."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from dutygate.base.actions.month_days import MonthDay
from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.lists.history import Cells, Placing, add_revisions, first_revision, set_cells
from dutygate.features.lists.hooks import lists_changed
from dutygate.features.lists.models import OPEN_END, Duty

Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class BasisCarried(Given):
    """法定依据 as the application gave it; ``basis`` is that of the registry (its id), by which a change of the law finds the duty."""

    basis: str = Field("", max_length=20)
    title: str
    kind: str
    issuer: str = ""
    document_number: str = ""
    article: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None

    def plain(self) -> dict[str, Any]:
        """As the revision keeps it."""
        return self.model_dump(mode="json", exclude=None if self.basis else {"basis"})


class SupportCarried(Given):
    """保障措施 as the application gave it: for all townships, or for the one that is named by its key."""

    kind: str
    township: str = ""
    needed: bool
    amount_fen: int | None = None
    note: str = ""
    due: MonthDay = ""

    def plain(self) -> dict[str, Any]:
        """As the revision keeps it: without a day where none was given, as revisions from before there were any."""
        return self.model_dump(mode="json", exclude=None if self.due else {"due"})


class AdmitGiven(Given):
    """The outcome of a case: to which townships, from which day, until which (exclusive), with its text."""

    townships: tuple[Key, ...] = Field(min_length=1)
    valid_from: date
    valid_to: date = OPEN_END
    list_name: Literal["duties", "powers"] = "duties"
    section: Literal["admitted", "temporary"]
    document_number: str = Field(min_length=1, max_length=80)
    co_leads: tuple[Key, ...] = ()
    items: dict[str, str]
    additions: dict[str, dict[str, str]] = Field(default_factory=dict)
    bases: tuple[BasisCarried, ...] = ()
    support: tuple[SupportCarried, ...] = ()

    @model_validator(mode="after")
    def holds_a_day(self) -> Self:
        """It is in force on at least one day, and no township is named twice."""
        if self.valid_to <= self.valid_from:
            raise ValueError("valid_to must come after valid_from")
        if len(set(self.townships)) != len(self.townships):
            raise ValueError("a township is named twice")
        return self


@register_action
class Admit(CaseAction):
    """列入清单: brought about by the notice of an approved case, and by nothing else. Subject: the case's number. Result: {duty}.

    It leaves the case as it is; the register knows by which entry it was caused.
    """

    name = "duty.admit"
    internal = True
    bumps: ClassVar[bool] = False
    Payload: ClassVar[type[BaseModel]] = AdmitGiven

    def load(self, ref: str, payload: Any, door: Door) -> CaseSubject:
        """An approved case that is on no list yet: one duty a case, one entry a township, so no two entries overlap. Raises Conflict."""
        subject = super().load(ref, payload, door)
        case = subject.case
        if case.state != "approved" or case.outcome != "approved":
            raise Conflict(detail=f"{ref} is not approved")
        if Duty.objects.filter(case=case.id).exists():
            raise Conflict(detail=f"{ref} is on the lists already")
        return subject

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing: no person asks for it."""
        return {}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One duty, its first revision, one entry for each township."""
        townships = [self._township(subject, key) for key in payload.townships]
        duty = self._duty(subject, payload, context)
        revision = first_revision(
            context,
            duty,
            items=payload.items,
            additions=payload.additions,
            bases=[basis.plain() for basis in payload.bases],
            support=[support.plain() for support in payload.support],
        )
        add_revisions([revision])
        placing = Placing(revision.id, payload.list_name, payload.section)
        set_cells(context, [Cells(duty.id, township, payload.valid_from, payload.valid_to, placing) for township in townships], fresh=True)
        context.result["duty"] = duty.code
        lists_changed(context, [duty])
        context.tell("duty_admitted", [*townships, subject.case.initiator_id], duty=duty.code, valid_from=payload.valid_from.isoformat())

    def _township(self, subject: CaseSubject, key: str) -> int:
        unit = subject.directory.by_key(key)
        if unit.kind != "township" or unit.jurisdiction_id != subject.case.jurisdiction_id:
            raise Malformed([("townships", f"not a township of this jurisdiction: {key}")])
        return unit.id

    def _duty(self, subject: CaseSubject, payload: Any, context: Context) -> Duty:
        case = subject.case
        duty = Duty(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            code=_next_code(subject),
            title=case.title,
            track=case.track,
            mode=case.mode,
            acts_in_name_of=case.acts_in_name_of,
            lead_unit_id=case.initiator_id,
            co_leads=list(payload.co_leads),
            case_id=case.id,
            list_name=payload.list_name,
            document_number=payload.document_number,
            admitted_on=payload.valid_from,
            ends_on=None if payload.valid_to == OPEN_END else date.fromordinal(payload.valid_to.toordinal() - 1),
        )
        duty.save(force_insert=True)
        return duty

    def project(self, subject: CaseSubject, context: Context) -> None:
        """The open tasks of the case are those that the notice left."""


def _next_code(subject: CaseSubject) -> str:
    """150721-D-0001: one row of numbers for the jurisdiction, over all years. Duties are never deleted, and the chain is locked."""
    last = Duty.objects.filter(jurisdiction=subject.case.jurisdiction_id).order_by("-id").values_list("code", flat=True).first()
    number = int(last.rpartition("-")[2]) + 1 if last else 1
    return f"{subject.directory.jurisdiction.code}-D-{number:04d}"
