"""台账的纸面: the sums and the lines of the ledger as tables to be handed out (Article 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dutygate.base.documents.tables import Paper, Part


def ledger_paper(title: str, said: Sequence[str], sums: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], on: date) -> Paper:
    """The ledger as the page shows it to the same reader: sums with a last line of all, then every commitment. Money in yuan."""
    heads = (
        _("合计"),
        _("承诺（元）"),
        _("已兑现（元）"),
        _("已确认（元）"),
        _("有异议（元）"),
        _("还差（元）"),
        _("其他保障（项）"),
        _("已确认（项）"),
    )
    cells = [_sum_cells(line) for line in sums]
    lines = (
        *(_("编号"), _("年度"), _("部门"), _("乡镇"), _("事项编号"), _("职责名称"), _("种类"), _("应兑现日期"), _("承诺")),
        *(_("已兑现"), _("已确认"), _("有异议"), _("还差"), _("状态"), _("说明")),
    )
    widths = (1.6, 0.7, 2.0, 1.4, 1.6, 3.0, 1.0, 1.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.2, 2.4)
    parts = (
        Part(_("合计"), heads, (3.0, 1.4, 1.4, 1.4, 1.4, 1.4, 1.2, 1.2), tuple(cells)),
        Part(_("保障承诺"), lines, widths, tuple(_line_cells(row) for row in rows)),
    )
    return Paper(title, tuple(said), parts, day=on)


def _sum_cells(line: Mapping[str, Any]) -> tuple[str, ...]:
    fen, item = line["fen"], line["item"]
    money = tuple(str(fen[name]) for name in ("owed", "delivered", "confirmed", "disputed", "open"))
    return (str(line["name"]), *money, str(item["owed"]), str(item["confirmed"]))


def _line_cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        *(str(row[name]) for name in ("ref", "year", "department", "township", "duty", "title", "kind")),
        row["due_on"].isoformat(),
        *(str(row[name]) for name in ("owed", "delivered", "confirmed", "disputed", "to_come", "light_word", "note")),
    )
