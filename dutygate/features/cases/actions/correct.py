"""更正: who entered something wrong corrects it, a second person confirms, and the old value stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from dutygate.base.catalogue.action import ActingPost, Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.correctables import Found, handler_of
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.models import Correction, Party
from dutygate.features.cases.succession import stands_for


def _find(subject: CaseSubject, target: str, field: str, new: str) -> Found:
    handler, rest = handler_of(target)
    found = handler.find(subject, rest, field, new) if handler else None
    if found is None:
        raise Malformed([("target", f"no such record or field: {target} {field}")])
    return found


def _act(found: Found, correction: Any, new_document: bool) -> dict[str, Any]:
    return {**found.facts, "to_opposite": found.to_opposite, "new_document": new_document, "reason": correction.reason}


class _Correcting(CaseAction):
    """Shared by the entering and the confirming: both belong to the unit that entered the record."""

    bumps: ClassVar[bool] = True

    def found(self, subject: CaseSubject, payload: Any) -> Found:
        """The record and field as they are."""
        raise NotImplementedError

    def relations(self, subject: CaseSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """录入单位, or the unit that stands in its place since."""
        acting: ActingPost = door.acting
        mine = acting.kind in ("handler", "signatory") and acting.unit_id == stands_for(subject.case, self.found(subject, payload).unit_id)
        return roles & {"entered_it"} if mine else frozenset()


@register_action
class Correct(_Correcting):
    """更正 entered by one person; nothing changes before a second one confirms. Result: {correction: its number}."""

    name = "record.correct"

    class Payload(Given):
        """``target`` names the record, ``new`` the right value; a new document where a "no" becomes a "yes"."""

        target: str = Field(max_length=120)
        field: str = Field(max_length=40)
        new: str = Field(max_length=4000)
        reason: str = Field("", max_length=2000)
        document_number: str = Field("", max_length=80)
        scan: str = Field("", max_length=64)

    def found(self, subject: CaseSubject, payload: Any) -> Found:
        """The record that the payload names."""
        found: Found = subject.remember("found", lambda: _find(subject, payload.target, payload.field, payload.new))
        return found

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """What the rules ask about a correction."""
        found = self.found(subject, payload)
        new_document = bool(payload.document_number) and payload.document_number != found.document
        return {**payload.model_dump(), **_act(found, payload, new_document)}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """A correction that waits for its second person."""
        ordinal = Correction.objects.filter(case=subject.case).count() + 1
        found = self.found(subject, payload)
        Correction.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case=subject.case,
            ordinal=ordinal,
            target=payload.target,
            field=payload.field,
            old=found.value,
            new=payload.new,
            reason=payload.reason,
            document_number=payload.document_number,
            scan=payload.scan,
            unit_id=found.unit_id,
            entered_by=context.acting.user_id,
            entered_at=context.recorded_at,
        )
        context.tell("correction_waits", [stands_for(subject.case, found.unit_id)])
        context.result["correction"] = ordinal


@register_action
class ConfirmCorrection(_Correcting):
    """确认更正: the value changes now, all parties are told, the old value stays in the correction."""

    name = "record.confirm"

    class Payload(Given):
        """The number of the correction within its case."""

        correction: int = Field(ge=1)

    def correction(self, subject: CaseSubject, payload: Any) -> Correction:
        """The correction named. Raises Malformed."""
        read = lambda: Correction.objects.filter(case=subject.case, ordinal=payload.correction).first()  # noqa: E731
        found: Correction | None = subject.remember("correction", read)
        if found is None:
            raise Malformed([("correction", "no such correction in this case")])
        return found

    def found(self, subject: CaseSubject, payload: Any) -> Found:
        """The record as it is now."""
        correction = self.correction(subject, payload)
        found: Found = subject.remember("found", lambda: _find(subject, correction.target, correction.field, correction.new))
        return found

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """What the rules ask, with who entered the correction and whether it still waits.

        A word that was said after the correction is another word, also if it is the same: ids grow with the entries of a chain.
        """
        correction = self.correction(subject, payload)
        found = self.found(subject, payload)
        new_document = bool(correction.document_number) and correction.document_number != found.document
        pending = correction.confirmed_at is None and correction.old == found.value and found.record < correction.id
        return {**_act(found, correction, new_document), "pending": pending, "entered_by": str(correction.entered_by)}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Write the new value and tell every party."""
        correction = self.correction(subject, payload)
        handler, rest = handler_of(correction.target)
        assert handler is not None
        facts = {"document_number": correction.document_number, "scan": correction.scan, "entered_by": correction.entered_by}
        handler.change(subject, rest, correction.field, correction.new, facts, context)
        correction.confirmed_by = context.acting.user_id
        correction.confirmed_at = context.recorded_at
        correction.save(update_fields=["confirmed_by", "confirmed_at"])
        units = Party.objects.filter(case=subject.case).values_list("unit_id", flat=True)
        context.tell("record_corrected", units, field=correction.field)
