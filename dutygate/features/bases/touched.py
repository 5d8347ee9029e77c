"""所涉 on a page: the duties that rest on a basis, with their departments and townships, and what happened to the basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.base.organizations.directory import Directory
from dutygate.features.bases.resting import CERTAIN, Resting
from dutygate.features.bases.wording import KINDS, citation

CAUSES: Final = {
    "corrected": gettext_noop("更正"),
    "repealed": gettext_noop("被废止"),
    "voided": gettext_noop("撤销一项登记"),
}
CHANGES: Final = {"amend": gettext_noop("被修改"), "repeal": gettext_noop("被废止")}
FIELDS: Final = {
    "title": gettext_noop("名称"),
    "kind": gettext_noop("种类"),
    "issuer": gettext_noop("制定机关"),
    "document_number": gettext_noop("文号"),
    "article": gettext_noop("条款"),
    "in_force_from": gettext_noop("施行日期"),
    "in_force_to": gettext_noop("失效日期"),
    "repealed_on": gettext_noop("废止日期"),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A basis as a text names it."""

    title: str
    document_number: str
    article: str


def cited_words(basis: Mapping[str, Any]) -> str:
    """《森林防火条例》第五条, of a basis given as plain values."""
    return citation(Cited(*(str(basis.get(name) or "") for name in ("title", "document_number", "article"))))


def touched_shown(found: Iterable[Resting], directory: Directory, on: date) -> dict[str, Any]:
    """{duties: [{code, href, title, lead, townships, possible, cited}], townships, departments: names, certain, possible: counts}."""
    duties = list(found)
    order = {unit: place for place, unit in enumerate(directory.townships(on))}
    townships = sorted({unit for one in duties for unit in one.townships}, key=lambda unit: (order.get(unit, len(order)), unit))
    departments = dict.fromkeys(one.lead_unit_id for one in duties if one.lead_unit_id is not None)
    return {
        "duties": [_duty(one, directory, on, order) for one in duties],
        "townships": [_name(directory, unit, on) for unit in townships],
        "departments": [_name(directory, unit, on) for unit in departments],
        "certain": sum(one.how == CERTAIN for one in duties),
        "possible": sum(one.how != CERTAIN for one in duties),
    }


def _duty(one: Resting, directory: Directory, on: date, order: Mapping[int, int]) -> dict[str, Any]:
    townships = sorted(one.townships, key=lambda unit: (order.get(unit, len(order)), unit))
    return {
        "code": one.code,
        "href": reverse("duty", args=[one.code]),
        "title": one.title,
        "lead": "" if one.lead_unit_id is None else _name(directory, one.lead_unit_id, on),
        "townships": [_name(directory, unit, on) for unit in townships],
        "everybody": len(order) > 1 and set(order) <= set(one.townships),
        "possible": one.how != CERTAIN,
        "cited": cited_words(one.cited),
    }


def _name(directory: Directory, unit_id: int, on: date) -> str:
    return directory.name_on(unit_id, on) if unit_id in directory.units else ""


def change_shown(change: Any) -> dict[str, Any]:
    """One amendment or repeal: {id, kind, repeal, article, on, document, issuer, successor, replacements, duties, note, recorded_at, …}."""
    return {
        "id": str(change.id),
        "kind": _(CHANGES[change.kind]),
        "repeal": change.kind == "repeal",
        "article": change.article,
        "on": change.on,
        "document": citation(Cited(change.document, change.document_number, "")),
        "issuer": change.issuer,
        "successor": None
        if change.successor is None
        else {"cited": citation(change.successor), "href": reverse("basis", args=[change.successor_id])},
        "replacements": [{"before": before, "after": after} for before, after in change.replacements],
        "duties": [{"code": code, "href": reverse("duty", args=[code])} for code in change.duties],
        "note": change.note,
        "recorded_at": change.recorded_at,
        "voided_at": change.voided_at,
        "voided_reason": change.voided_reason,
    }


def reading_shown(reading: Any, after: Mapping[str, Any], directory: Directory, on: date) -> dict[str, Any]:
    """How it read before, where that differs from what came after: {cause, reason, until, unit, fields: [{label, old, new}]}."""
    before = reading.details
    return {
        "cause": _(CAUSES.get(reading.cause, reading.cause)),
        "reason": reading.reason,
        "until": reading.recorded_to,
        "unit": "" if reading.unit_id is None else _name(directory, reading.unit_id, on),
        "fields": [
            {"label": _(label), "old": _value(name, before.get(name)), "new": _value(name, after.get(name))}
            for name, label in FIELDS.items()
            if (before.get(name) or "") != (after.get(name) or "")
        ],
    }


def _value(name: str, value: Any) -> str:
    if not value:
        return _("没有写明")
    return _(KINDS[value]) if name == "kind" and value in KINDS else str(value)
