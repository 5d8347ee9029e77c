"""登记兑现（第五条）: what the department gave, by whatever voucher, to as many townships at once as it likes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from django.db.models import Max
from pydantic import BaseModel, Field, StringConstraints, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import FileDigest, refer, require_files
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.prepared import insert
from dutygate.features.support.acting import DELIVER, OFFICES, SupportAction, SupportSubject, sync_tasks
from dutygate.features.support.models import Commitment, Delivery, Pledge
from dutygate.features.support.queries import commitments_of_pledge, pledge_by_code, public_reference
from dutygate.features.support.schedule import FEN, ITEM

Ref = Annotated[str, StringConstraints(min_length=1, max_length=60)]
FEN_LIMIT = 10**13


class LineGiven(Given):
    """One commitment of the pledge ("150721-B-0001.3") and how much of it was given, in fen; null: all that is still to come."""

    commitment: Ref
    amount_fen: int | None = Field(None, gt=0, le=FEN_LIMIT)


class DeliverGiven(Given):
    """What was given on which day, to whom. ``given``: in words, where it was not money."""

    lines: tuple[LineGiven, ...] = Field(min_length=1, max_length=2000)
    delivered_on: date
    voucher_number: str = Field("", max_length=80)
    given: str = Field("", max_length=2000)
    scan: FileDigest = ""

    @model_validator(mode="after")
    def names_each_once(self) -> Self:
        """No commitment is named twice."""
        if len({line.commitment for line in self.lines}) != len(self.lines):
            raise ValueError("a commitment is named twice")
        return self


@register_action
class Deliver(SupportAction):
    """登记兑现. Subject: the pledge ("150721-B-0001"). Result: {deliveries: references}."""

    name = DELIVER
    Payload: ClassVar[type[BaseModel]] = DeliverGiven

    def load(self, ref: str, payload: Any, door: Door) -> SupportSubject:
        """The pledge, with the commitments that are named. Raises NotFound, Malformed."""
        pledge = pledge_by_code(door.acting, ref)
        rows = {public_reference(row): row for row in commitments_of_pledge(door.acting, pledge)}
        if payload.delivered_on > door.today:
            raise Malformed([("delivered_on", "lies in the future")])
        missing = [line.commitment for line in payload.lines if line.commitment not in rows]
        if missing:
            raise Malformed([("lines", f"not of this pledge: {name}") for name in missing])
        require_files(door.acting, [payload.scan])
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        named = [(rows[line.commitment], line.amount_fen) for line in payload.lines]
        return SupportSubject(ref, directory, door, {"pledge": pledge, "lines": named})

    def relations(self, subject: SupportSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The department that owes it."""
        acting = door.acting
        owes = acting.kind in OFFICES and acting.unit_id == subject.read["pledge"].department_id
        return roles & {"department"} if owes else frozenset()

    def look_up(self, subject: SupportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Which lines are more than is still to come; which measures occur."""
        lines = subject.read["lines"]
        over = [public_reference(row) for row, amount in lines if not 0 < _amount(row, amount) <= _open(row)]
        return {"over": over, "measures": sorted({row.measure for row, _amount in lines})}

    def apply(self, subject: SupportSubject, payload: Any, context: Context) -> None:
        """A delivery for each line; each township is told, and nothing is asked of it by any day."""
        unit = context.acting.unit_id
        assert unit is not None
        lines = [(row, _amount(row, given)) for row, given in subject.read["lines"]]
        counted = Delivery.objects.filter(commitment__in=[row.id for row, _given in lines]).order_by().values_list("commitment")
        last = dict(counted.annotate(last=Max("ordinal")))
        rows = [
            Delivery(
                id=context.new_id(),
                jurisdiction_id=row.jurisdiction_id,
                commitment=row,
                ordinal=last.get(row.id, 0) + 1,
                amount=amount,
                given=payload.given,
                voucher_number=payload.voucher_number,
                delivered_on=payload.delivered_on,
                scan=payload.scan,
                by_unit_id=unit,
                recorded_at=context.recorded_at,
            )
            for row, amount in lines
        ]
        insert(*rows)
        for row, amount in lines:
            row.delivered += amount
        Commitment.objects.bulk_update([row for row, _given in lines], ["delivered"], batch_size=500)
        made = [f"{public_reference(one.commitment)}.{one.ordinal}" for one in rows]
        context.result["deliveries"] = made
        pledge: Pledge = subject.read["pledge"]
        told = {row.township_id for row, _amount in subject.read["lines"]}
        context.tell("support_delivered", told, title=pledge.duty.title, year=pledge.year)

    def attach(self, subject: SupportSubject, payload: Any, context: Context) -> None:
        """A scan belongs to the case that admitted the duty: who may read the case may read it."""
        case = subject.read["pledge"].duty.case
        if payload.scan and case is not None:
            refer(case, [payload.scan], context)

    def project(self, subject: SupportSubject, context: Context) -> None:
        """The department's task stays until everything is given and confirmed."""
        done = (self.name, context.acting.unit_id)
        sync_tasks([subject.read["pledge"]], subject.directory, context.door, context.on, done)


def _open(row: Commitment) -> int:
    return row.promised - row.released - row.delivered


def _amount(row: Commitment, given: int | None) -> int:
    """A thing is given whole; of money what was said, or all that is still to come."""
    if row.measure == ITEM or given is None:
        return _open(row)
    assert row.measure == FEN
    return given
