"""What the case itself has for a reader: parties, who did what when, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.base.register.queries import EntryLine, entries_about
from dutygate.features.cases.queries import corrections_of, parties_of
from dutygate.features.cases.sections import Reading, section
from dutygate.features.cases.succession import own_units, successions_in

if TYPE_CHECKING:
    from dutygate.features.cases.models import Correction


@section("parties")
def parties_section(viewer: ActingPost, reading: Reading) -> list[dict[str, Any]]:
    """当事单位: [{unit, role}]."""
    return [{"unit": reading.unit(unit), "role": role} for unit, role in parties_of(viewer, reading.case)]


@section("successions")
def successions_section(viewer: ActingPost, reading: Reading) -> list[dict[str, Any]]:
    """承继: [{former, unit, main, on, document}], who stands in whose place since when; [] where nobody does."""
    return [
        {
            "former": reading.unit(row.from_unit_id),
            "unit": reading.unit(row.to_unit_id),
            "main": row.main,
            "on": row.on,
            "document": row.document,
        }
        for row in successions_in(reading.case)
    ]


@section("corrections")
def corrections_section(viewer: ActingPost, reading: Reading) -> list[dict[str, Any]]:
    """更正 with the old value and the new, and whether a second person has confirmed it."""
    return [
        {
            "correction": c.ordinal,
            "target": c.target,
            "field": c.field,
            "old": c.old,
            "new": c.new,
            "reason": c.reason,
            "document_number": c.document_number,
            "scan": c.scan,
            "unit": reading.unit(c.unit_id),
            "entered_at": c.entered_at,
            "confirmed_at": c.confirmed_at,
        }
        for c in corrections_shown(viewer, reading)
    ]


def corrections_shown(viewer: ActingPost, reading: Reading) -> list[Correction]:
    """更正 that the viewer may read: a township none of another township's words, whoever entered them."""
    rows = corrections_of(viewer, reading.case)
    return [c for c in rows if not any(of_another_township(viewer, reading, unit) for unit in (c.unit_id, _about(c, reading)))]


def _about(correction: Correction, reading: Reading) -> int | None:
    """The unit that the target of a correction names, or None: "opinion:150721.naji" is about 那吉镇."""
    try:
        return reading.directory.resolve(correction.target.partition(":")[2]).id
    except UnknownUnit:
        return None


@section("register")
def register_section(viewer: ActingPost, reading: Reading) -> list[dict[str, Any]]:
    """登记: who did what when, refused tries too. A township is not shown what other townships did."""
    lines = entries_about(viewer, reading.case.number, reading.directory.jurisdiction.code)
    return [_entry(line, reading) for line in lines if not entry_is_hidden(line, viewer, reading)]


def _entry(line: EntryLine, reading: Reading) -> dict[str, Any]:
    return {
        "entry": f"{reading.directory.jurisdiction.code}/{line.seq}",
        "action": line.action,
        "outcome": line.outcome,
        "unit": reading.unit(line.unit_id),
        "entered_for": reading.unit(line.entered_for),
        "via": line.via,
        "at": line.at,
        "recorded_at": line.recorded_at,
        "hash": line.hash,
    }


def entry_is_hidden(line: EntryLine, viewer: ActingPost, reading: Reading) -> bool:
    """Whether a reader of the case is not shown an entry about it: what another township did, or what was entered for one."""
    return of_another_township(viewer, reading, line.unit_id) or of_another_township(viewer, reading, line.entered_for)


def of_another_township(viewer: ActingPost, reading: Reading, unit_id: int | None) -> bool:
    """Whether a unit is a township, and the viewer acts for another one."""
    if viewer.unit_kind != "township" or unit_id is None or unit_id in own_units(viewer, reading.case):
        return False
    unit = reading.directory.units.get(unit_id)
    return unit is None or unit.kind == "township"
