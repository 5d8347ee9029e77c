"""书面告知与签收（第四条（二）、（四））: every party is told in writing and acknowledges; the last receipt closes the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest
from dutygate.base.notices import receipts
from dutygate.features.cases.case_action import CaseAction, add_parties, resolve_unit
from dutygate.features.cases.facts import OPEN_END, CaseSubject
from dutygate.features.cases.kinds import ADJUSTMENT, EXIT
from dutygate.features.cases.paper import PaperGiven
from dutygate.features.decision.admission import carried_text, changed_text, placed
from dutygate.features.decision.days import not_to_come
from dutygate.features.decision.facts import concerned, decided, notice_standing, to_be_told
from dutygate.features.review.on_paper import PaperAction

Ref = Annotated[str, StringConstraints(min_length=1, max_length=80)]
REFUSAL = "refusal"


@register_action
class IssueNotice(CaseAction):
    """书面告知: of what was decided, or of a refusal, by whoever leads the case. What was decided comes onto the lists with it, or off.

    Result: {told: how many}; of an admission also {valid_from}, or {never_in_force: true} when its time was over before the notice; of an
    exit {valid_to}, the first day on which the duty no longer stands there; of an adjustment {valid_from}.
    """

    name = "notice.issue"

    class Payload(Given):
        """Number, date and text; who is told besides those who must be, or everybody by name. ``list_name``: on which list it goes."""

        document_number: str = Field(min_length=1, max_length=80)
        dated_on: date | None = None
        text: str = Field("", max_length=20_000)
        scan: FileDigest = ""
        addressees: tuple[Ref, ...] | None = Field(None, max_length=1000)
        list_name: Literal["duties", "powers"] = "duties"

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The addressees by key; all who must be told if none are named."""
        not_to_come(subject, dated_on=payload.dated_on)
        return {**payload.model_dump(), "addressees": self._addressees(subject, payload)}

    def _addressees(self, subject: CaseSubject, payload: Any) -> list[str]:
        if payload.addressees is None:
            return sorted(to_be_told(subject))
        return list(dict.fromkeys(resolve_unit(subject.directory, ref, "addressees").key for ref in payload.addressees))

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One notice, a receipt for each addressee; for an admission the entry into the lists follows."""
        keys = self._addressees(subject, payload)
        units = [subject.directory.by_key(key).id for key in keys]
        known = to_be_told(subject) - concerned(subject)  # whoever took part reads the case already
        add_parties(subject.case, [unit for key, unit in zip(keys, units, strict=True) if key not in known], "notified", context)
        issued_on = max(payload.dated_on or context.on, context.on)
        receipts.issue(
            context,
            subject.case.id,
            units,
            kind=subject.case.kind if subject.case.outcome == "approved" else REFUSAL,
            document_number=payload.document_number,
            issued_on=issued_on,
            text=payload.text,
            scan=payload.scan,
        )
        context.tell("notice_issued", units, document_number=payload.document_number)
        context.result["told"] = len(units)
        if subject.case.outcome == "approved":
            bring_about = {EXIT: self._end, ADJUSTMENT: self._change}.get(subject.case.kind, self._admit)
            bring_about(subject, payload, context, issued_on)

    def _admit(self, subject: CaseSubject, payload: Any, context: Context, issued_on: date) -> None:
        """In force from the day the decision says, not before the written notice; a temporary duty binds on its last day too."""
        outcome = decided(subject)
        valid_from = max(outcome.effective_on, issued_on)
        valid_to = OPEN_END if outcome.ends_on is None else outcome.ends_on + timedelta(days=1)
        if valid_to <= valid_from:
            context.result["never_in_force"] = True
            return
        context.result["valid_from"] = valid_from.isoformat()
        context.follow(
            "duty.admit",
            subject.case.number,
            townships=outcome.townships,
            valid_from=valid_from,
            valid_to=valid_to,
            list_name=payload.list_name,
            section="temporary" if subject.case.track == "temporary" else "admitted",
            document_number=outcome.document_number,
            **carried_text(subject, context),
        )

    def _end(self, subject: CaseSubject, payload: Any, context: Context, issued_on: date) -> None:
        """It ends on the day the decision says, and never before everybody was told in writing (4.4)."""
        outcome = decided(subject)
        valid_to = max(outcome.effective_on, issued_on)
        context.result["valid_to"] = valid_to.isoformat()
        context.follow("duty.end", subject.case.number, townships=outcome.townships, valid_to=valid_to)

    def _change(self, subject: CaseSubject, payload: Any, context: Context, issued_on: date) -> None:
        """In force as changed from the day the decision says, not before the written notice; where its end comes first, it just leaves."""
        outcome = decided(subject)
        valid_from = max(outcome.effective_on, issued_on)
        valid_to = OPEN_END if outcome.ends_on is None else outcome.ends_on + timedelta(days=1)
        leaving = set(outcome.leaving) | (set(outcome.townships) if valid_to <= valid_from else set())
        context.result["valid_from"] = valid_from.isoformat()
        context.follow(
            "duty.change",
            subject.case.number,
            townships=tuple(key for key in outcome.townships if key not in leaving),
            leaving=tuple(sorted(leaving)),
            valid_from=valid_from,
            valid_to=valid_to,
            document_number=outcome.document_number,
            **placed(subject),
            **changed_text(subject, context),
        )


@register_action
class Acknowledge(PaperAction):
    """签收: a unit has the notice in hand; that is the take-over. Other units' receipts do not disturb it. On paper by the lead."""

    name = "notice.acknowledge"
    bumps: ClassVar[bool] = False

    class Payload(PaperGiven):
        """Nothing to say; for a receipt given on paper its number, date and scan."""

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Whether the unit's receipt is in."""
        unit_id = (subject.acting or subject.door.acting).unit_id
        now = notice_standing(subject)
        return {"receipt": int(unit_id in now.units and unit_id not in now.pending)}

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The payload. Raises Malformed for a day to come."""
        not_to_come(subject, signed_on=payload.signed_on)
        return super().act(subject, payload)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The receipt is in; with the last one the door closes the case."""
        unit_id = self.effective(subject, payload, context.door).unit_id
        assert unit_id is not None
        receipts.acknowledge(context, subject.case.id, unit_id, scan=payload.scan, entered_for=bool(payload.entered_for))
        context.touched = {unit_id}
        if payload.entered_for:
            context.tell("entered_for_you", [unit_id])
        if context.to == "done":
            context.tell("case_done", [subject.case.initiator_id])
