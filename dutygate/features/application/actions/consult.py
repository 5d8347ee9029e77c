"""书面征求意见的轮次（第四条（一））: ask, ask again, narrow, conclude."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from pydantic import Field

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.application.facts import said_for_good
from dutygate.features.application.models import SILENT, ItemText, Round, Scope
from dutygate.features.application.rescope import LEAVES
from dutygate.features.application.text import Change, Text, write
from dutygate.features.cases.case_action import CaseAction, add_parties, resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.hooks import text_changed
from dutygate.features.cases.kinds import ADJUSTMENT, ADMISSION


def open_round(subject: CaseSubject, payload: Any, context: Context) -> None:
    """Ask every township in scope that does not consent to the text as it stands; consents stay. Whose list a duty is to leave is told.

    In an exit or an adjustment that a township asks for it is the department that is asked; objections to the text as it stands stay, too.
    """
    case = subject.case
    case.round += 1
    case.changed_since_round = False
    Round.objects.create(
        id=context.new_id(),
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        number=case.round,
        revision=case.revision,
        requested_at=context.at,
        document_number=payload.document_number,
        letter=payload.letter,
    )
    rows = Scope.objects.filter(case=case.id, in_scope=True).order_by("id")
    asked = [row.unit_id for row in rows if not said_for_good(subject, row)]
    Scope.objects.filter(case=case.id, unit_id__in=asked).update(**SILENT, round=case.round, version=F("version") + 1)
    for kind in ("township", "department"):
        add_parties(case, [unit for unit in asked if subject.directory.unit(unit).kind == kind], kind, context)
    context.tell("consulted", asked, round=case.round)
    if case.kind == ADJUSTMENT:
        leaving = [row.unit_id for row in Scope.objects.filter(case=case.id, part=LEAVES, in_scope=False).order_by("id")]
        add_parties(case, leaving, "township", context)
        context.tell("to_leave_your_list", leaving)
    context.result.update(round=case.round, asked=[subject.key(unit) for unit in asked])


class RoundGiven(Given):
    """The letter's number and text, as far as the office has its own."""

    document_number: str = Field("", max_length=80)
    letter: str = Field("", max_length=20_000)


@register_action
class Request(CaseAction):
    """书面征求意见: the first round. Result: {round, asked: township keys}."""

    name = "consultation.request"
    Payload = RoundGiven

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """All townships in scope are asked and become parties."""
        open_round(subject, payload, context)


@register_action
class AskAgain(CaseAction):
    """再次征求意见: a new round for those who do not consent now; earlier answers stay readable."""

    name = "consultation.ask_again"
    Payload = RoundGiven

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """As the first round."""
        open_round(subject, payload, context)


@register_action
class Narrow(CaseAction):
    """缩小范围: townships leave the scope; what they said stays readable."""

    name = "consultation.narrow"

    class Payload(Given):
        """Which townships leave, and why."""

        townships: tuple[str, ...] = Field(min_length=1, max_length=1000)
        reason: str = Field(min_length=1, max_length=2000)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The townships by key."""
        return {**payload.model_dump(), "townships": [self._unit(subject, ref).key for ref in payload.townships]}

    def _unit(self, subject: CaseSubject, ref: str) -> Any:
        return resolve_unit(subject.directory, ref, "townships")

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """They are told."""
        units = [self._unit(subject, ref).id for ref in payload.townships]
        rows = Scope.objects.filter(case=subject.case.id, unit_id__in=units)
        rows.update(in_scope=False, left_reason=payload.reason, version=F("version") + 1)
        if subject.case.kind == ADMISSION:
            context.tell("left_scope", units, reason=payload.reason)
        else:
            context.tell("left_scope_of_change", units, reason=payload.reason)


@register_action
class Conclude(CaseAction):
    """形成协商意见: every township in scope agreed in writing; what was agreed becomes the eleventh item.

    Where no consent is needed (4.4) whoever has let its time pass is recorded as 未反馈, which is no consent and no objection.
    """

    name = "consultation.conclude"

    class Payload(Given):
        """协商意见 in words."""

        negotiated_opinion: str = Field(min_length=1, max_length=20_000)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Write the item; no township judges it, so no opinion lapses. What the review found on an earlier one does."""
        if subject.case.kind != ADMISSION:
            Scope.objects.filter(case=subject.case.id, in_scope=True, round__gt=0, answer="").update(
                no_reply=True, version=F("version") + 1
            )
        standing = ItemText.objects.filter(case=subject.case.id, item="negotiated_opinion", is_current=True).values_list("text", flat=True)
        if payload.negotiated_opinion in standing:
            return
        change = Change(texts=[Text("negotiated_opinion", "", payload.negotiated_opinion)])
        write(change, subject, context.new_id)
        text_changed(subject, frozenset({"negotiated_opinion"}), context)
