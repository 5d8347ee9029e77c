"""送达与异议（第四条（四））: the notice by hand or by post; a unit objects to a receipt that the lead entered for it from paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest
from dutygate.base.notices import receipts
from dutygate.base.organizations.directory import UnitInfo
from dutygate.features.cases.case_action import CaseAction, resolve_unit
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.decision.days import not_to_come
from dutygate.features.decision.facts import notice_standing
from dutygate.features.review.facts import sitting_in

Ref = Annotated[str, StringConstraints(min_length=1, max_length=80)]


@register_action
class Deliver(CaseAction):
    """登记送达: handed over or sent by post to units that have not acknowledged yet; what they owe stays as it is."""

    name = "notice.deliver"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """``units`` by key or name. ``to_whom`` took it, ``parcel`` is the number of the post."""

        units: tuple[Ref, ...] = Field(min_length=1, max_length=1000)
        how: Literal["hand", "post"]
        delivered_on: date
        to_whom: str = Field("", max_length=80)
        parcel: str = Field("", max_length=80)
        scan: FileDigest = ""

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing of the case's content: whoever acknowledged meanwhile is named by the rule."""
        return {}

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The units by key. Raises Malformed for a day to come."""
        not_to_come(subject, delivered_on=payload.delivered_on)
        return {**payload.model_dump(), "units": self._keys(subject, payload)}

    def _keys(self, subject: CaseSubject, payload: Any) -> list[str]:
        return list(dict.fromkeys(resolve_unit(subject.directory, ref, "units").key for ref in payload.units))

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One delivery for each receipt; the units are told."""
        units = [subject.directory.by_key(key).id for key in self._keys(subject, payload)]
        said = {name: getattr(payload, name) for name in ("how", "delivered_on", "to_whom", "parcel", "scan")}
        receipts.deliver(context, subject.case.id, units, **said)
        context.touched = set()
        context.tell("notice_delivered", units, day=payload.delivered_on.isoformat())
        context.result["delivered"] = len(units)


@register_action
class ContestReceipt(CaseAction):
    """对代录的签收提出异议: the receipt is owed again, until the unit gives it or the lead enters it anew from the original.

    A case that is done does not open again for it: the lists have changed with the notice, not with the receipt. There the receipt is
    marked, and the lead has to show the original.
    """

    name = "notice.contest"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """What is wrong with the entry."""

        reason: str = Field(min_length=1, max_length=2000)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Whether a receipt stands that somebody else entered."""
        return {"paper": int(subject.door.acting.unit_id in notice_standing(subject).on_paper)}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Whoever leads the case is told."""
        unit_id = context.acting.unit_id
        assert unit_id is not None
        lead = sitting_in(subject, "lead")
        told = [lead] if lead else []
        if context.to == "done":
            receipts.dispute(context, subject.case.id, unit_id, payload.reason)
            context.tell("receipt_disputed", told, unit=subject.key(unit_id))
        else:
            receipts.contest(context, subject.case.id, unit_id, payload.reason)
            context.tell("receipt_contested", told, unit=subject.key(unit_id))
        context.touched = {unit_id}


@register_action
class ShowOriginal(CaseAction):
    """出示签收原件: to the unit that objected after the case was done, by somebody else than who entered its receipt."""

    name = "notice.show_original"
    bumps: ClassVar[bool] = False

    class Payload(Given):
        """``unit`` by key or name, on which day it was shown, a scan of it and a line where there is something to say."""

        unit: Ref
        shown_on: date
        scan: FileDigest = ""
        note: str = Field("", max_length=500)

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing of the case's content: the rule names what is no longer contested."""
        return {}

    def _unit(self, subject: CaseSubject, payload: Any) -> UnitInfo:
        found: UnitInfo = subject.remember("shown to", lambda: resolve_unit(subject.directory, payload.unit, "unit"))
        return found

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """The unit by key, and who entered its receipt. Raises Malformed for a day to come."""
        not_to_come(subject, shown_on=payload.shown_on)
        unit = self._unit(subject, payload)
        person = receipts.entered_by(subject.case.id, unit.id)
        return {**payload.model_dump(), "unit": unit.key, "entered_by": "" if person is None else str(person)}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """The unit is told."""
        unit = self._unit(subject, payload)
        receipts.show_original(context, subject.case.id, unit.id, shown_on=payload.shown_on, scan=payload.scan, note=payload.note)
        context.touched = set()
        context.tell("receipt_original_shown", [unit.id], day=payload.shown_on.isoformat())
