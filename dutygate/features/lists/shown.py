"""清单 as pages show it: lines with names, days and words in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.month_days import month_day
from dutygate.base.organizations.directory import Directory, UnitInfo, UnknownUnit
from dutygate.features.bases.wording import KINDS, citation
from dutygate.features.lists.queries import Handed, ListLine, public_last_day
from dutygate.features.lists.words import COLUMNS, MODES, NATIONAL, ORIGINS, SAFEGUARDS, SECTIONS, TEMPORARY

T = TypeVar("T")


def unit_of(directory: Directory, unit_id: int | None, on: date) -> dict[str, str]:
    """{key, name} of a unit on a day; "" for one that is not there."""
    unit = None if unit_id is None else directory.units.get(unit_id)
    return {"key": unit.key, "name": directory.name_on(unit.id, on)} if unit else {"key": "", "name": ""}


def in_code_order(directory: Directory, on: date, found: Iterable[T]) -> list[T]:
    """Townships, by id or with a ``township_id``, in the order of their codes on a day; those that are not there come last."""
    order = {unit: place for place, unit in enumerate(directory.townships(on))}

    def place(one: Any) -> tuple[int, int]:
        unit = one if isinstance(one, int) else one.township_id
        return order.get(unit, len(order)), unit

    return sorted(found, key=place)


def line_shown(line: ListLine, directory: Directory, on: date, kept: str) -> dict[str, Any]:
    """One line of a township's list. ``kept``: what the link to the department keeps of the address."""
    lead = unit_of(directory, line.lead_unit_id, on)
    return {
        "code": line.code,
        "href": reverse("duty", args=[line.code]),
        "title": line.title,
        "section": _(SECTIONS[line.section]) if line.section in SECTIONS else line.section,
        "lead": lead["name"],
        "lead_href": f"{reverse('list_department', args=[lead['key']])}{kept}" if lead["key"] else "",
        "mode": _(MODES[line.mode]) if line.mode in MODES else line.mode,
        "name_used": line.acts_in_name_of,
        "since": line.valid_from,
        "until": line.last_day,
        "document": line.document_number,
        "ordinal": line.ordinal,
        "category": line.category,
        "columns": line.columns,
        "said": [{"label": _(COLUMNS[name]), "text": line.columns[name]} for name in COLUMNS if line.columns.get(name)],
        "helps": [directory.name_on(unit.id, on) for key in line.co_leads if (unit := _by_key(directory, key)) is not None],
        "origin": _(ORIGINS[line.origin]) if line.origin in ORIGINS else line.origin,
    }


def _by_key(directory: Directory, key: str) -> UnitInfo | None:
    try:
        return directory.by_key(key)
    except UnknownUnit:
        return None


def handed_shown(handed: Handed, directory: Directory, on: date) -> dict[str, Any]:
    """One duty that a department has handed over. ``everybody``: all townships of that day have it."""
    everybody, townships = set(directory.townships(on)), in_code_order(directory, on, handed.townships)
    return {
        "code": handed.code,
        "href": reverse("duty", args=[handed.code]),
        "title": handed.title,
        "helps": handed.helps,
        "temporary": handed.track == "temporary",
        "mode": _(MODES[handed.mode]) if handed.mode in MODES else handed.mode,
        "name_used": handed.acts_in_name_of,
        "everybody": len(everybody) > 1 and everybody <= set(townships),
        "townships": [directory.name_on(unit, on) for unit in townships if unit in directory.units],
        "count": len(townships),
        "since": handed.valid_from,
        "until": handed.last_day,
        "document": handed.document_number,
        "section": _(SECTIONS[handed.section]) if handed.section in NATIONAL else "",
    }


def spans_shown(entries: Iterable[Any], directory: Directory, today: date) -> list[dict[str, Any]]:
    """哪些乡镇、从哪天到哪天: townships with the same section and days stand together, in the order in which they come.

    {townships: [{name, href}], section, since, until, holds}; ``holds`` now, not_yet or no_longer today.
    """
    found: dict[tuple[str, date, date], list[dict[str, str]]] = {}
    for entry in entries:
        unit = unit_of(directory, entry.township_id, today)
        township = {"name": unit["name"], "href": reverse("list_township", args=[unit["key"]]) if unit["key"] else ""}
        found.setdefault((entry.section, entry.valid_from, entry.valid_to), []).append(township)
    return [
        {
            "townships": townships,
            "section": _(SECTIONS[section]) if section in SECTIONS else section,
            "since": first,
            "until": public_last_day(end),
            "holds": "not_yet" if today < first else "no_longer" if end <= today else "now",
        }
        for (section, first, end), townships in sorted(found.items(), key=lambda pair: pair[0][1:])
    ]


def section_counts(counts: Mapping[tuple[str, str], int], list_name: str) -> list[dict[str, Any]]:
    """每一部分有几项: {label, count, imported}; of the national sections nothing is known before they are imported."""
    found = {section: count for (name, section), count in counts.items() if name == list_name}
    shown = [name for name in SECTIONS if name != TEMPORARY and (list_name == "duties" or name not in NATIONAL)]
    return [{"label": _(SECTIONS[name]), "count": found.get(name, 0), "imported": name not in NATIONAL or name in found} for name in shown]


@dataclass(frozen=True, slots=True)
class _Basis:
    title: str
    document_number: str
    article: str


def basis_shown(basis: Mapping[str, Any], on: date, known: Any) -> dict[str, Any]:
    """法定依据 as the application gave it: {cited, href, kind, issuer, from, to, repealed, holds}; ``holds`` now, not_yet or no_longer
    on that day, unknown where nobody says from when. ``to`` is the last day on which it is in force. ``known`` is what the registry
    says of it: the days are those, and ``href`` leads there where it has a page.
    """
    start, end = known.in_force_from, known.ends_on
    kind = str(basis.get("kind", ""))
    return {
        "cited": citation(_Basis(*(str(basis.get(name) or "") for name in ("title", "document_number", "article")))),
        "href": reverse("basis", args=[known.id]) if known.id else "",
        "kind": _(KINDS[kind]) if kind in KINDS else kind,
        "issuer": basis.get("issuer", ""),
        "repealed": end is not None and end == known.repealed_on,
        "from": start,
        "to": end and date.fromordinal(end.toordinal() - 1),
        "holds": "not_yet" if start and on < start else "no_longer" if end and end <= on else "now" if start else "unknown",
    }


def support_shown(promised: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """保障承诺 (Article 5): {kind, township, needed, amount_fen, due, note}; township "" = each of them."""
    return [
        {
            "kind": _(SAFEGUARDS[one["kind"]]) if one["kind"] in SAFEGUARDS else one["kind"],
            "township": names.get(one["township"], one["township"]) if one.get("township") else "",
            "needed": one["needed"],
            "amount_fen": one.get("amount_fen"),
            "due": month_day(one.get("due", "")),
            "note": one.get("note", ""),
        }
        for one in promised
    ]
