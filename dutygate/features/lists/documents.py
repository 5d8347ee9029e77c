"""清单的纸面: a township's list, and the lists of a whole banner for filing, as tables to be handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from dutygate.base.documents.tables import Paper, Part
from dutygate.features.lists.words import LISTS, MODES, SECTIONS

NATIONAL_COLUMNS: Final = {
    "basic": (),
    "cooperative": ("upper_department", "upper_duties", "township_duties"),
    "taken_back": ("taken_over_by", "working_method"),
    "admitted": (),
}
"""What the national lists show of each section beside 序号、类别、事项名称."""


def list_paper(name: str, list_name: str, as_of: tuple[str, str], rows: Sequence[Mapping[str, Any]], beside: Sequence[Mapping[str, Any]],
               on: date) -> Paper:  # fmt: skip
    """A township's list as the page shows it, and what stands beside it. ``as_of``: the two days in words."""
    parts = [_part(_("清单上的事项"), rows)]
    if beside:
        parts.append(_part(_("列在清单旁的阶段性任务"), beside))
    lines = (_("哪一天的清单：%(day)s") % {"day": as_of[0]}, _("按哪一天掌握的情况：%(day)s") % {"day": as_of[1]})
    return Paper(f"{name} {_(LISTS[list_name])}", lines, tuple(parts), day=on)


def _part(heading: str, rows: Sequence[Mapping[str, Any]]) -> Part:
    columns = (
        *(_("序号"), _("部分"), _("类别"), _("事项名称"), _("主管部门"), _("对应上级部门"), _("上级部门职责"), _("乡镇配合职责")),
        *(_("承接部门"), _("工作方式"), _("方式和名义"), _("起始日期"), _("终止日期"), _("文号"), _("事项编号")),
    )
    widths = (0.8, 1.1, 1.2, 3.2, 1.8, 1.8, 2.4, 2.4, 1.3, 1.3, 1.1, 2.2, 2.2, 2.0, 2.0)
    return Part(heading, columns, widths, tuple(_cells(row) for row in rows))


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    said = row["columns"]
    return (
        str(row["ordinal"]),
        str(row["section"]),
        str(row["category"]),
        str(row["title"]),
        str(row["lead"]),
        *(str(said.get(name, "")) for name in ("upper_department", "upper_duties", "township_duties", "taken_over_by", "working_method")),
        " ".join(part for part in (str(row["mode"]), str(row["name_used"])) if part),
        row["since"].isoformat(),
        row["until"].isoformat() if row["until"] else _("长期"),
        str(row["document"]),
        str(row["code"]),
    )


def filing_paper(place: str, list_name: str, on: date, lists: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> Paper:
    """报市委编办备案: all townships' lists of a day, a table for each section in its national columns, with the township before them."""
    kept = list(lists)
    parts = []
    for section, more in NATIONAL_COLUMNS.items():
        rows = tuple(
            (
                name,
                str(row["ordinal"]),
                row["category"],
                row["title"],
                *(row["columns"].get(column, "") or _department(column, row) for column in more),
                *([] if more else [_people(row)]),
                row["valid_from"],
                row["last_day"] or _("长期"),
                row["document_number"],
                row["code"],
            )
            for name, found in kept
            for row in found
            if row["section"] == section
        )
        if rows:
            parts.append(
                Part(_(SECTIONS[section]), _filing_columns(more), (2, 0.8, 1.3, 4, *(2.0 for _m in more or (1,)), 2, 2, 2, 2), rows)
            )
    title = _("%(place)s%(list)s（报备）") % {"place": place, "list": _(LISTS[list_name])}
    return Paper(title, (_("哪一天的清单：%(day)s") % {"day": on.isoformat()},), tuple(parts), day=on)


def _filing_columns(more: tuple[str, ...]) -> tuple[str, ...]:
    names = {
        "upper_department": _("对应上级部门"),
        "upper_duties": _("上级部门职责"),
        "township_duties": _("乡镇配合职责"),
        "taken_over_by": _("承接部门"),
        "working_method": _("工作方式"),
    }
    said = tuple(names[name] for name in more) or (_("主管部门"),)
    return (_("乡镇"), _("序号"), _("类别"), _("事项名称"), *said, _("起始日期"), _("终止日期"), _("文号"), _("事项编号"))


def _department(column: str, row: Mapping[str, Any]) -> str:
    return _people(row) if column in ("upper_department", "taken_over_by") else ""


def _people(row: Mapping[str, Any]) -> str:
    mode = _(MODES[row["mode"]]) if row["mode"] in MODES else ""
    people = _("、").join([row["department"], *row["helpers"]]) if row["department"] else ""
    return f"{people} {mode}".strip()
