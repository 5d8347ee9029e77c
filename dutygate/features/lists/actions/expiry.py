"""到期（第四条（四））: a temporary duty ends on its day; every party is reminded before, told in writing afterwards, and acknowledges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest, refer, require_files
from dutygate.features.lists.duty_action import DutyAction, DutySubject
from dutygate.features.lists.expiring import days_left, ends_by_time
from dutygate.features.lists.models import Duty, Expiry, ExpiryReceipt, ExpiryWarning
from dutygate.features.lists.parties import parties_of_duty


class TermGiven(Given):
    """The last day of the term that is meant, included."""

    last_day: date


class _TermAction(DutyAction):
    """Of the system: no person asks for it."""

    internal = True
    Payload: ClassVar[type[BaseModel]] = TermGiven

    def load(self, ref: str, payload: Any, door: Door) -> DutySubject:
        """The duty with this end. Raises Conflict when it has another one by now, or left before."""
        subject = super().load(ref, payload, door)
        if subject.duty.ends_on != payload.last_day or not ends_by_time(subject.duty.id, payload.last_day).exists():
            raise Conflict(detail=f"{ref} does not end on {payload.last_day}")
        return subject


@register_action
class Expire(_TermAction):
    """到期: the term is over; the list has not shown the duty as in force since. The lead owes every party a notice in writing."""

    name = "duty.expire"

    def load(self, ref: str, payload: Any, door: Door) -> DutySubject:
        """Once for each end."""
        subject = super().load(ref, payload, door)
        if Expiry.objects.filter(duty=subject.duty, last_day=payload.last_day).exists():
            raise Conflict(detail=f"{ref} has expired already")
        return subject

    def apply(self, subject: DutySubject, payload: Any, context: Context) -> None:
        """The end is on record, and every party is told in the system at once."""
        duty = subject.duty
        Expiry.objects.create(
            id=context.new_id(), jurisdiction_id=duty.jurisdiction_id, duty=duty, last_day=payload.last_day, ended_on=context.on
        )
        units = parties_of_duty(subject, context.on)
        context.tell("duty_expired", units, duty=duty.code, title=duty.title, last_day=payload.last_day.isoformat())
        context.result["told"] = len(units)


@register_action
class Warn(_TermAction):
    """到期提醒: a temporary duty is about to end; whoever still needs it must ask again in time, for nothing is renewed by itself."""

    name = "duty.warn"

    class Payload(TermGiven):
        """``days``: the point of reminder, in working days before the end."""

        days: int = Field(ge=1, le=366)

    def load(self, ref: str, payload: Any, door: Door) -> DutySubject:
        """Once for each end and point."""
        subject = super().load(ref, payload, door)
        if ExpiryWarning.objects.filter(duty=subject.duty, last_day=payload.last_day, days=payload.days).exists():
            raise Conflict(detail=f"{ref} was reminded of already")
        return subject

    def look_up(self, subject: DutySubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """How many working days are left."""
        return {"days_left": days_left(subject.directory.calendar(), door.today, payload.last_day)}

    def apply(self, subject: DutySubject, payload: Any, context: Context) -> None:
        """The reminder is on record, and every party is told."""
        duty = subject.duty
        ExpiryWarning.objects.create(
            id=context.new_id(),
            jurisdiction_id=duty.jurisdiction_id,
            duty=duty,
            last_day=payload.last_day,
            days=payload.days,
            warned_on=context.on,
        )
        units = parties_of_duty(subject, context.on)
        context.tell("duty_ends_soon", units, duty=duty.code, title=duty.title, last_day=payload.last_day.isoformat())


def _end_of(duty: Duty) -> Expiry:
    """The latest end of a duty. Raises Conflict while it has none."""
    found = Expiry.objects.filter(duty=duty).order_by("-last_day").first()
    if found is None:
        raise Conflict(detail=f"{duty.code} has not expired")
    return found


@register_action
class NotifyEnd(DutyAction):
    """到期告知: the lead tells every party in writing that the term is over. Result: {told: how many}."""

    name = "duty.notify_end"

    class Payload(Given):
        """Number, date and text of the notice."""

        document_number: str = Field(min_length=1, max_length=80)
        dated_on: date | None = None
        text: str = Field("", max_length=20_000)
        scan: FileDigest = ""

    def look_up(self, subject: DutySubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """The end that is meant, and whether it was told. Raises Malformed for a day to come."""
        if payload.dated_on is not None and payload.dated_on > door.today:
            raise Malformed([("dated_on", "lies in the future")])
        if payload.scan:
            require_files(door.acting, [payload.scan])
        end = _end_of(subject.duty)
        return {"last_day": end.last_day.isoformat(), "told": end.issued_on is not None}

    def apply(self, subject: DutySubject, payload: Any, context: Context) -> None:
        """The notice, and a receipt for each party but the lead, who tells."""
        end, duty = _end_of(subject.duty), subject.duty
        end.document_number, end.text, end.scan = payload.document_number, payload.text, payload.scan
        end.issued_on = payload.dated_on or context.on
        end.save(update_fields=["document_number", "text", "scan", "issued_on"])
        units = [unit for unit in parties_of_duty(subject, context.on) if unit != context.acting.unit_id]
        ExpiryReceipt.objects.bulk_create(
            ExpiryReceipt(id=context.new_id(), jurisdiction_id=duty.jurisdiction_id, expiry=end, unit_id=unit) for unit in units
        )
        context.tell("duty_end_notified", units, duty=duty.code, title=duty.title, document_number=payload.document_number)
        context.result["told"] = len(units)

    def attach(self, subject: DutySubject, payload: Any, context: Context) -> None:
        """A scan belongs from now on to the case that admitted the duty: who may read the case may read it."""
        if payload.scan and subject.duty.case is not None:
            refer(subject.duty.case, [payload.scan], context)


@register_action
class AcknowledgeEnd(DutyAction):
    """签收到期告知: a unit has the notice in hand."""

    name = "duty.acknowledge_end"

    def look_up(self, subject: DutySubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether the acting unit still owes its receipt."""
        return {"receipt_open": self._open(subject, door.acting.unit_id).exists()}

    def _open(self, subject: DutySubject, unit_id: int | None) -> Any:
        return ExpiryReceipt.objects.filter(expiry__duty=subject.duty.id, unit=unit_id, acknowledged_at=None, passed_to=None)

    def apply(self, subject: DutySubject, payload: Any, context: Context) -> None:
        """The receipt is in."""
        self._open(subject, context.acting.unit_id).update(acknowledged_at=context.at, acknowledged_by=context.acting.user_id)
