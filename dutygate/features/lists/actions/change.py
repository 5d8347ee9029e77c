"""调整清单（第四条（四）、（五））: a duty stands on the lists in a new revision, from no day before the written notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.errors import Conflict
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.lists.actions.admit import BasisCarried, SupportCarried
from dutygate.features.lists.actions.of_a_duty import Key, OfADuty
from dutygate.features.lists.history import Cells, Placing, next_revision, set_cells, show_span
from dutygate.features.lists.hooks import lists_changed
from dutygate.features.lists.models import OPEN_END
from dutygate.features.lists.queries import newest_revision, revision_standing

COLUMNS: Final = {"content": "township_duties", "division": "upper_duties"}
"""What the national lists show of an item in a column of their own."""


class ChangeGiven(Given):
    """The outcome of an adjustment: who has the duty in the new text from which day until which (exclusive), and whose list it leaves."""

    townships: tuple[Key, ...] = ()
    leaving: tuple[Key, ...] = ()
    valid_from: date
    valid_to: date = OPEN_END
    list_name: Literal["duties", "powers"]
    section: Literal["basic", "cooperative", "admitted", "temporary"]
    document_number: str = Field(min_length=1, max_length=80)
    items: dict[str, str]
    additions: dict[str, dict[str, str]] = Field(default_factory=dict)
    bases: tuple[BasisCarried, ...] = ()
    support: tuple[SupportCarried, ...] = ()

    @model_validator(mode="after")
    def changes_something(self) -> Self:
        """Somebody has it otherwise on at least one day, and nobody both has it and is left by it."""
        if self.townships and self.valid_to <= self.valid_from:
            raise ValueError("valid_to must come after valid_from")
        named = (*self.townships, *self.leaving)
        if not named or len(set(named)) != len(named):
            raise ValueError("name each township once")
        return self


@register_action
class Change(OfADuty):
    """调整清单. Subject: the case's number. Result: {duty, revision}. Townships that are not named keep what they have."""

    name = "duty.change"
    kind = "adjustment"
    Payload: ClassVar[type[BaseModel]] = ChangeGiven

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One more revision, and the cells that hold it; nothing holds where the duty leaves."""
        duty = self.duty(subject)
        townships = [self.township(subject, key) for key in payload.townships]
        leaving = [self.township(subject, key) for key in payload.leaving]
        wanted = [Cells(duty.id, township, payload.valid_from) for township in leaving]
        if townships:
            revision = self._revise(subject, duty, townships, payload, context)
            placing = Placing(revision.id, payload.list_name, payload.section)
            wanted += [cells for township in townships for cells in _cells(duty.id, township, payload, placing)]
            context.result["revision"] = revision.revision
        set_cells(context, wanted)
        show_span(duty, list_name=payload.list_name if townships else "")
        context.result["duty"] = duty.code
        lists_changed(context, [duty])
        told = {*townships, *leaving, subject.case.initiator_id, *([duty.lead_unit_id] if duty.lead_unit_id else [])}
        context.tell("duty_changed", told, duty=duty.code, valid_from=payload.valid_from.isoformat())

    def _revise(self, subject: CaseSubject, duty: Any, townships: list[int], payload: Any, context: Context) -> Any:
        """The text of the case, with what only the lists know of the duty carried on. Raises Conflict where it was revised already."""
        case, viewer = subject.case, context.acting
        alone = townships[0] if len(townships) == 1 else None
        before = revision_standing(viewer, duty.id, context.on, of=alone) or newest_revision(viewer, duty)
        if before is None or before.case_id == case.id:
            raise Conflict(detail=f"{case.number} has changed its duty already")
        columns = {**before.columns, **{c: payload.items[i] for i, c in COLUMNS.items() if c in before.columns and payload.items.get(i)}}
        return next_revision(
            context,
            duty,
            after=before,
            case_id=case.id,
            title=case.title,
            track=case.track,
            mode=case.mode,
            acts_in_name_of=case.acts_in_name_of,
            document_number=payload.document_number,
            columns=columns,
            items=payload.items,
            additions=payload.additions,
            bases=[basis.plain() for basis in payload.bases],
            support=[support.plain() for support in payload.support],
        )


def _cells(duty: int, township: int, payload: Any, placing: Placing) -> Iterator[Cells]:
    """The new text until its end, and nothing afterwards: an earlier end takes away what was to hold longer."""
    yield Cells(duty, township, payload.valid_from, payload.valid_to, placing)
    if payload.valid_to != OPEN_END:
        yield Cells(duty, township, payload.valid_to)
