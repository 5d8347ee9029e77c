"""代录的核对与异议（第四条）: the original is seen by the lead; the township may object to what was entered for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.application.facts import own_row
from dutygate.features.application.models import Opinion, Scope
from dutygate.features.cases.case_action import CaseAction, resolve_unit
from dutygate.features.cases.facts import CaseSubject


def _paper_opinion(subject: CaseSubject, unit_id: int) -> Opinion | None:
    return Opinion.objects.filter(case=subject.case.id, unit_id=unit_id).order_by("-ordinal").first()


@register_action
class Contest(CaseAction):
    """对代录提出异议: the entry does not count until the original is shown; the township may also answer itself."""

    name = "record.contest"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """What is wrong with the entry."""

        reason: str = Field(min_length=1, max_length=2000)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """The township's own row."""
        row = own_row(subject, subject.door.acting.unit_id)
        return {"reply": row.version if row else 0}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Applicant and lead are told."""
        row = own_row(subject, context.acting.unit_id)
        assert row is not None
        Scope.objects.filter(id=row.id).update(contested=True, version=row.version + 1)
        opinion = _paper_opinion(subject, row.unit_id)
        if opinion is not None:
            opinion.contested_at, opinion.contest_reason = context.recorded_at, payload.reason
            opinion.save(update_fields=["contested_at", "contest_reason"])
        context.touched = {row.unit_id}
        lead = subject.directory.seats(context.door.today).get("lead")
        context.tell("entry_contested", [u for u in (subject.case.initiator_id, lead) if u], township=subject.key(row.unit_id))


@register_action
class CheckOriginal(CaseAction):
    """核对原件: the lead saw what was entered from paper; somebody else than those who entered it."""

    name = "record.check_original"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """Whose paper."""

        township: str = Field(min_length=1, max_length=80)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The township by key, and who entered its papers: the acting person, if she entered any of them."""
        unit = resolve_unit(subject.directory, payload.township, "township")
        row, user = own_row(subject, unit.id), subject.door.acting.user_id
        entered = row.paper_by if row is not None else []
        return {"township": unit.key, "entered_by": str(user if user in entered else next(iter(entered), ""))}

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing: the rule itself asks whether the paper still waits."""
        return {}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The entry counts, also if it was contested."""
        row = own_row(subject, resolve_unit(subject.directory, payload.township, "township").id)
        assert row is not None
        Scope.objects.filter(id=row.id).update(paper="checked", paper_by=[], contested=False, version=row.version + 1)
        opinion = _paper_opinion(subject, row.unit_id)
        if opinion is not None:
            opinion.original_checked_at = context.recorded_at
            opinion.save(update_fields=["original_checked_at"])
        context.touched = {row.unit_id}
        context.tell("original_checked", [row.unit_id])
