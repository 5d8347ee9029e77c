"""设立机构、机构更名."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations import facts
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.facts import UnitSubject
from dutygate.base.organizations.models import Unit, UnitCode, UnitName
from dutygate.base.organizations.terms import OPEN_END, UnitKind
from dutygate.law.rules import Finding

NINE_DIGITS = r"^\d{9}$"


@dataclass(frozen=True, slots=True)
class NewUnit:
    """机构 that is to be."""

    key: str
    jurisdiction_id: int


@register_action
class CreateUnit(OfficeAction[NewUnit]):
    """设立机构（第一条、第三条）. Subject: the jurisdiction's code ("150721"), or the new unit's key ("150721.naji")."""

    name = "unit.create"
    bumps_reference = True

    class Payload(Given):
        """``slug``: the key within the jurisdiction. ``code``: nine digits. ``valid_from``: the day of the act, if not given."""

        slug: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
        kind: UnitKind
        name: str = Field(min_length=1, max_length=200)
        short_name: str = Field(default="", max_length=60)
        code: str | None = Field(default=None, pattern=NINE_DIGITS)
        valid_from: date | None = None
        document: str = Field(default="", max_length=200)

    def load(self, ref: str, payload: Any, door: Door) -> NewUnit:
        """Raises Malformed when the subject is another key than the payload's."""
        key = f"{door.chain}.{payload.slug}"
        if ref not in (door.chain, key):
            raise Malformed([("subject", "the code of the jurisdiction, or the key that the slug makes")])
        return NewUnit(key, door.jurisdiction_id)

    def look_up(self, subject: NewUnit, payload: Any, door: Door) -> Mapping[str, Any]:
        """Who has the code already."""
        start = payload.valid_from or door.on
        return {"code_held_by": facts.code_holder(payload.code, start, None) if payload.code else ""}

    def apply(self, subject: NewUnit, payload: Any, context: Context) -> None:
        """The unit, its first name, its code if it has one. Raises Conflict when the key is taken."""
        if Unit.objects.filter(key=subject.key).exists():
            raise Conflict([Finding("name_taken", "3", {})])
        place, start = subject.jurisdiction_id, payload.valid_from or context.on
        unit = Unit.objects.create(id=context.new_id(), jurisdiction_id=place, key=subject.key, kind=payload.kind, valid_from=start)
        _name(unit.id, place, payload, start, context)
        _number(unit.id, place, payload, start, context)
        context.result |= {"id": str(unit.id), "key": unit.key}

    def subject_key(self, subject: NewUnit) -> str:
        """The unit's key."""
        return subject.key


@register_action
class RenameUnit(OfficeAction[UnitSubject]):
    """机构更名、换码. Subject: the unit's key. Old lists and papers keep the name of their day (第四条（五）)."""

    name = "unit.rename"
    bumps_reference = True

    class Payload(Given):
        """The name from ``valid_from`` on, with the document that gives it; a new code if it changes too."""

        name: str = Field(min_length=1, max_length=200)
        short_name: str = Field(default="", max_length=60)
        code: str | None = Field(default=None, pattern=NINE_DIGITS)
        valid_from: date | None = None
        document: str = Field(min_length=1, max_length=200)

    def load(self, ref: str, payload: Any, door: Door) -> UnitSubject:
        """Raises NotFound."""
        return unit_here(ref, door)

    def look_up(self, subject: UnitSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """The unit's days, when its present name began, who has the code."""
        start = payload.valid_from or door.on
        return {
            "valid_from": start,
            "unit": subject.key,
            "unit_from": subject.valid_from,
            "unit_to": subject.valid_to,
            "named_from": facts.named_from(subject.id, door.today),
            "code_held_by": facts.code_holder(payload.code, start, subject.id) if payload.code else "",
        }

    def apply(self, subject: UnitSubject, payload: Any, context: Context) -> None:
        """End what holds on that day, take back what would begin later, add the new name and code."""
        start = payload.valid_from or context.on
        _make_room(UnitName, subject.id, start)
        _name(subject.id, subject.jurisdiction_id, payload, start, context)
        if payload.code:
            _make_room(UnitCode, subject.id, start)
            _number(subject.id, subject.jurisdiction_id, payload, start, context)

    def subject_key(self, subject: UnitSubject) -> str:
        """The unit's key."""
        return subject.key


def unit_here(ref: str, door: Door) -> UnitSubject:
    """The unit of that key in the chain's jurisdiction. Raises NotFound."""
    unit = facts.unit_subject(ref)
    if unit is None or unit.jurisdiction_id != door.jurisdiction_id:
        raise NotFound
    return unit


def _make_room(model: type[UnitName] | type[UnitCode], unit_id: int, start: date) -> None:
    rows = model._default_manager.filter(unit_id=unit_id)
    rows.filter(valid_from__gte=start).update(valid_to=F("valid_from"))
    rows.filter(valid_from__lt=start, valid_to__gt=start).update(valid_to=start)


def _name(unit_id: int, place: int, payload: Any, start: date, context: Context) -> None:
    UnitName.objects.create(
        id=context.new_id(),
        jurisdiction_id=place,
        unit_id=unit_id,
        name=payload.name,
        short_name=payload.short_name or payload.name,
        document=payload.document,
        valid_from=start,
        valid_to=OPEN_END,
    )


def _number(unit_id: int, place: int, payload: Any, start: date, context: Context) -> None:
    if payload.code:
        UnitCode.objects.create(
            id=context.new_id(), jurisdiction_id=place, unit_id=unit_id, code=payload.code, valid_from=start, valid_to=OPEN_END
        )
