"""公布联系方式（第四条（五））: how everybody may reach an office, after the disclosure check; kept by the lead."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import F
from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.lists.actions.office import ListAction, ListsSubject
from dutygate.features.publicity.models import OPEN_END, PublicContact


class ContactGiven(Given):
    """``unit`` by key. From ``valid_from`` on it is reached so; all three empty: it is no longer said how. ``checked_by``: who checked."""

    unit: str = Field(min_length=1, max_length=80)
    telephone: str = Field("", max_length=60)
    address: str = Field("", max_length=200)
    hours: str = Field("", max_length=100)
    valid_from: date
    checked: bool = False
    checked_by: str = Field("", max_length=100)


@register_action
class PublishContact(ListAction):
    """公布联系方式. Subject: the jurisdiction's code. Result: {unit}."""

    name = "unit.publish_contact"
    Payload: ClassVar[type[BaseModel]] = ContactGiven

    def load(self, ref: str, payload: Any, door: Door) -> ListsSubject:
        """The unit must be one of the directory. Raises Malformed."""
        subject: ListsSubject = super().load(ref, payload, door)
        try:
            subject.read["unit"] = subject.directory.by_key(payload.unit).id
        except UnknownUnit:
            raise Malformed([("unit", f"unknown unit: {payload.unit}")]) from None
        return subject

    def apply(self, subject: ListsSubject, payload: Any, context: Context) -> None:
        """End what holds on that day, take back what would begin later, add the new one."""
        unit = subject.read["unit"]
        rows = PublicContact.objects.filter(unit=unit)
        rows.filter(valid_from__gte=payload.valid_from).update(valid_to=F("valid_from"))
        rows.filter(valid_from__lt=payload.valid_from, valid_to__gt=payload.valid_from).update(valid_to=payload.valid_from)
        said = {name: getattr(payload, name) for name in ("telephone", "address", "hours")}
        empty = not any(said.values())
        PublicContact.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            unit_id=unit,
            **said,
            checked_by=payload.checked_by,
            valid_from=payload.valid_from,
            valid_to=payload.valid_from if empty else OPEN_END,
            recorded_at=context.recorded_at,
        )
        context.result["unit"] = payload.unit
        context.tell("contact_published", [unit])
