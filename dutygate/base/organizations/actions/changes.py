"""机构合并、拆分、职能划转（第一条、第三条、第四条（五））: recorded with document, day and successor; they take effect on their day.

What is recorded here is the plan: successor links, the end of the former units, the founding of new ones, all dated. Everything
else (seats, posts, open cases, duties) passes on when the change takes effect (``effect``), on its day or at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from django.db.models import Max
from pydantic import Field, StringConstraints, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.actions.units import NINE_DIGITS, unit_here
from dutygate.base.organizations.changing import Heir, Plan, change_ref, units_named
from dutygate.base.organizations.models import Unit, UnitCode, UnitName, UnitSuccession
from dutygate.base.organizations.terms import OPEN_END
from dutygate.law.rules import Finding

Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Ref = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class NewUnitGiven(Given):
    """A unit founded by the change: key within the jurisdiction, name, nine-digit code for a township."""

    slug: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    name: str = Field(min_length=1, max_length=200)
    short_name: str = Field(default="", max_length=60)
    code: str | None = Field(default=None, pattern=NINE_DIGITS)


class TakesGiven(Given):
    """What is named for one successor: codes of duties, numbers of open cases."""

    duties: tuple[Ref, ...] = Field((), max_length=5000)
    cases: tuple[Ref, ...] = Field((), max_length=5000)

    def named(self) -> dict[str, tuple[str, ...]]:
        """{duties, cases}, without what is empty."""
        return {kind: refs for kind, refs in (("duties", self.duties), ("cases", self.cases)) if refs}


class SuccessorGiven(Given):
    """One successor: a unit that exists, by key, or a new one; what it takes, in words and by name."""

    unit: str = Field("", max_length=80)
    new: NewUnitGiven | None = None
    what: str = Field("", max_length=2000)
    takes: TakesGiven = TakesGiven()

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        """Existing or new, not both and not neither."""
        if bool(self.unit) == (self.new is not None):
            raise ValueError("name an existing unit, or describe a new one")
        return self


class _ChangeUnits(OfficeAction[Plan]):
    """What the three kinds of change share."""

    bumps_reference = True

    def look_up(self, subject: Plan, payload: Any, door: Door) -> Mapping[str, Any]:
        """Kinds, days, seats and codes of the units concerned."""
        return subject.looked_up(door)

    def apply(self, subject: Plan, payload: Any, context: Context) -> None:
        """Links, ends and new units, all from the day on. Whose day has come takes effect at once, as an entry of its own."""
        number = 1 + (UnitSuccession.objects.filter(jurisdiction_id=subject.jurisdiction_id).aggregate(last=Max("change"))["last"] or 0)
        units = [(heir, heir.unit.id if heir.unit else _found_unit(heir, subject, payload, context)) for heir in subject.heirs]
        rows = [
            _link(subject, number, former.id, heir, unit_id, payload, context)
            for former in subject.former
            for heir, unit_id in units
            if former.id != unit_id
        ]
        UnitSuccession.objects.bulk_create(rows)
        if subject.ends:
            former = [unit.id for unit in subject.former]
            Unit.objects.filter(id__in=former).update(valid_to=subject.day)
            UnitCode.objects.filter(unit_id__in=former, valid_to=OPEN_END, valid_from__lt=subject.day).update(valid_to=subject.day)
        ref = change_ref(context.door.chain, number)
        context.result |= {"change": ref, "successors": [heir.key for heir in subject.heirs]}
        if subject.day <= context.door.today:
            context.follow("unit.take_effect", ref)

    def subject_key(self, subject: Plan) -> str:
        """The former unit's key; of several the successor's."""
        return subject.former[0].key


def _link(plan: Plan, number: int, former: int, heir: Heir, unit_id: int, payload: Any, context: Context) -> UnitSuccession:
    return UnitSuccession(
        id=context.new_id(),
        jurisdiction_id=plan.jurisdiction_id,
        change=number,
        kind=plan.kind,
        from_unit_id=former,
        to_unit_id=unit_id,
        main=heir.main,
        ends=plan.ends,
        founds=heir.unit is None,
        takes={kind: list(refs) for kind, refs in heir.takes.items()},
        what=heir.what,
        document=payload.document,
        valid_from=plan.day,
        valid_to=OPEN_END,
    )


def _found_unit(heir: Heir, plan: Plan, payload: Any, context: Context) -> int:
    """The new unit from the day on. One of that key that was taken back before its day comes to life again. Raises Conflict."""
    there = Unit.objects.filter(key=heir.key).first()
    if there is not None and (there.valid_to > there.valid_from or there.kind != plan.former[0].kind):
        raise Conflict([Finding("name_taken", "3", {})])
    if there is None:
        there = Unit(id=context.new_id(), jurisdiction_id=plan.jurisdiction_id, key=heir.key, kind=plan.former[0].kind)
    there.valid_from, there.valid_to = plan.day, OPEN_END
    there.save()
    period = {"jurisdiction_id": plan.jurisdiction_id, "unit_id": there.id, "valid_from": plan.day, "valid_to": OPEN_END}
    named = {"name": heir.new.name, "short_name": heir.new.short_name or heir.new.name, "document": payload.document}
    UnitName.objects.create(id=context.new_id(), **period, **named)
    if heir.new.code:
        UnitCode.objects.create(id=context.new_id(), **period, code=heir.new.code)
    return there.id


@register_action
class MergeUnits(_ChangeUnits):
    """机构合并. Subject: the jurisdiction's code, or the successor's key. Result: {change, successors}."""

    name = "unit.merge"

    class Payload(Given):
        """``units``: keys of the units that are dissolved. ``into``: the key of an existing unit, or ``new``: one to be founded."""

        units: tuple[Key, ...] = Field(min_length=1, max_length=50)
        into: str = Field("", max_length=80)
        new: NewUnitGiven | None = None
        valid_from: date | None = None
        document: str = Field(min_length=1, max_length=200)
        what: str = Field("", max_length=2000)

        @model_validator(mode="after")
        def whole(self) -> Self:
            """Into one successor; into a new one at least two (one alone is renamed); nothing into itself, nothing twice."""
            if bool(self.into) == (self.new is not None):
                raise ValueError("name the unit into which they go, or describe a new one")
            if self.new is not None and len(self.units) < 2:
                raise ValueError("one unit alone is renamed, not merged")
            if len({*self.units, self.into}) != len(self.units) + 1:
                raise ValueError("a unit is named twice")
            return self

    def load(self, ref: str, payload: Any, door: Door) -> Plan:
        """Raises Malformed for a unit that is not of this jurisdiction."""
        key = payload.into or f"{door.chain}.{payload.new.slug}"
        if ref not in (door.chain, key):
            raise Malformed([("subject", "the code of the jurisdiction, or the key of the successor")])
        known = _units_here([*payload.units, *filter(None, [payload.into])], door)
        heir = Heir(key, known.get(payload.into), payload.new, main=True, what=payload.what)
        former = tuple(known[unit] for unit in payload.units)
        return Plan("merge", door.jurisdiction_id, payload.valid_from or door.on, former, (heir,), ends=True)

    def subject_key(self, subject: Plan) -> str:
        """The successor's key."""
        return subject.heirs[0].key


@register_action
class SplitUnit(_ChangeUnits):
    """机构拆分. Subject: the unit's key. The first successor takes what falls to no other by name. Result: {change, successors}.

    Of a township that is split every successor takes on every duty and every open case, each for its part, unless they are
    named for some of them; of a department each duty and each case goes to one.
    """

    name = "unit.split"

    class Payload(Given):
        """``continues``: the unit stays, and keeps what is named for no successor; else it is dissolved."""

        successors: tuple[SuccessorGiven, ...] = Field(min_length=1, max_length=20)
        continues: bool = False
        valid_from: date | None = None
        document: str = Field(min_length=1, max_length=200)

        @model_validator(mode="after")
        def whole(self) -> Self:
            """One unit alone is no split; nothing twice."""
            if len(self.successors) + self.continues < 2:
                raise ValueError("one successor alone: rename the unit, or merge it into that one")
            named = [successor.unit or (successor.new.slug if successor.new else "") for successor in self.successors]
            if len(set(named)) != len(named):
                raise ValueError("a successor is named twice")
            return self

    def load(self, ref: str, payload: Any, door: Door) -> Plan:
        """Raises NotFound, or Malformed for a successor that is not of this jurisdiction or is the unit itself."""
        former = unit_here(ref, door)
        known = _units_here([successor.unit for successor in payload.successors if successor.unit], door)
        heirs = [_heir(successor, known, door) for successor in payload.successors]
        if any(heir.key == former.key for heir in heirs):
            raise Malformed([("successors", "the unit itself stays with continues, not as a successor")])
        if payload.continues:
            heirs = [Heir(former.key, former, main=True), *heirs]
        else:
            heirs[0] = Heir(heirs[0].key, heirs[0].unit, heirs[0].new, True, heirs[0].takes, heirs[0].what)
        return Plan("split", door.jurisdiction_id, payload.valid_from or door.on, (former,), tuple(heirs), ends=not payload.continues)


@register_action
class TransferFunction(_ChangeUnits):
    """职能划转. Subject: the key of the department that hands the function over; it stays. Result: {change, successors}."""

    name = "unit.transfer_function"

    class Payload(Given):
        """``to``: the key of the department that takes the function over; ``takes``: which duties it leads from then on, which cases."""

        to: Key
        what: str = Field(min_length=1, max_length=2000)
        takes: TakesGiven = TakesGiven()
        valid_from: date | None = None
        document: str = Field(min_length=1, max_length=200)

    def load(self, ref: str, payload: Any, door: Door) -> Plan:
        """Raises NotFound, or Malformed for a unit that is not of this jurisdiction or is the department itself."""
        former = unit_here(ref, door)
        if payload.to == former.key:
            raise Malformed([("to", "the department itself")])
        known = _units_here([payload.to], door)
        heir = Heir(payload.to, known[payload.to], None, False, payload.takes.named(), payload.what)
        return Plan("transfer", door.jurisdiction_id, payload.valid_from or door.on, (former,), (heir,), ends=False)


def _heir(given: SuccessorGiven, known: Mapping[str, Any], door: Door) -> Heir:
    key = given.unit or f"{door.chain}.{given.new.slug if given.new else ''}"
    return Heir(key, known.get(given.unit), given.new, False, given.takes.named(), given.what)


def _units_here(keys: list[str], door: Door) -> Mapping[str, Any]:
    known = units_named(keys, door.jurisdiction_id)
    if missing := [key for key in keys if key not in known]:
        raise Malformed([("units", f"no unit of this jurisdiction: {', '.join(missing)}")])
    return known
