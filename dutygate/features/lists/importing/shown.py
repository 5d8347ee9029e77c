"""预览 as pages and reports show it: states, faults and changes in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.documents.tables import Paper, Part
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.features.lists.words import FAULTS, FIELD_NAMES, SECTIONS, STATES


def fault_shown(fault: Sequence[Any]) -> str:
    """事项名称：和第 4 行重复。"""
    code, field, params = fault
    said = _(FAULTS[code]) % params if code in FAULTS else code
    name = _(FIELD_NAMES[field]) if field in FIELD_NAMES else ""
    return _("%(field)s：%(what)s") % {"field": name, "what": said} if name else said


def changes_shown(changes: Mapping[str, Sequence[Any]], directory: Directory, on: date) -> list[dict[str, str]]:
    """{field, before, after} of each field that differs."""
    return [
        {
            "field": _(FIELD_NAMES[name]) if name in FIELD_NAMES else name,
            "before": value_shown(name, pair[0], directory, on),
            "after": value_shown(name, pair[1], directory, on),
        }
        for name, pair in changes.items()
    ]


def value_shown(name: str, value: Any, directory: Directory, on: date) -> str:
    """A value of a field: names for keys, 长期 for an open end."""
    if isinstance(value, list | tuple):
        return _("、").join(_unit(directory, str(key), on) for key in value)
    if name == "lead":
        return _unit(directory, str(value), on) if value else ""
    if name == "section":
        return _(SECTIONS[value]) if value in SECTIONS else str(value)
    if name == "valid_to" and value:
        end = value if isinstance(value, date) else date.fromisoformat(str(value))
        return _("长期") if end.year == 9999 else date.fromordinal(end.toordinal() - 1).isoformat()
    return "" if value is None else str(value)


def _unit(directory: Directory, key: str, on: date) -> str:
    try:
        return directory.name_on(directory.by_key(key).id, on)
    except UnknownUnit:
        return key


def line_shown(line: Any, directory: Directory, on: date, everybody: int) -> dict[str, Any]:
    """One row of a preview."""
    keys = list(line.townships)
    return {
        "number": line.number,
        "state": line.state,
        "state_label": _(STATES[line.state]),
        "section": _(SECTIONS[line.section]) if line.section in SECTIONS else "",
        "title": line.title,
        "townships": "" if len(keys) == everybody and everybody > 1 else _("、").join(_unit(directory, key, on) for key in keys),
        "everybody": len(keys) == everybody and everybody > 1,
        "code": line.code,
        "href": reverse("duty", args=[line.code]) if line.code else "",
        "faults": [fault_shown(fault) for fault in line.faults],
        "notes": [fault_shown(note) for note in line.notes],
        "changes": changes_shown(line.changes, directory, on),
    }


def report(name: str, lines: Iterable[Mapping[str, Any]], counts: Mapping[str, int], day: date) -> Paper:
    """The whole preview as a paper to be handed out: one row for each row of the file."""
    columns = (_("行"), _("状态"), _("部分"), _("事项名称"), _("乡镇（苏木、街道）"), _("错在哪里"), _("请核对"), _("变动"))
    rows = tuple(
        (
            str(line["number"]),
            str(line["state_label"]),
            str(line["section"]),
            str(line["title"]),
            _("全部乡镇") if line["everybody"] else str(line["townships"]),
            "\n".join(line["faults"]),
            "\n".join(line["notes"]),
            "\n".join(f"{one['field']}: {one['before']} → {one['after']}" for one in line["changes"]),
        )
        for line in lines
    )
    said = _("、").join(f"{_(STATES[state])} {counts.get(state, 0)}" for state in STATES)
    return Paper(_("导入预览报告"), (name, said), (Part("", columns, (1, 1, 1.5, 5, 3, 4, 4, 4), rows),), day=day)
