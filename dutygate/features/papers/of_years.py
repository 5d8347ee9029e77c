"""年度报告成文（第三条、第六条）: the figures of a year as a paper of the lead to the banner's bodies and the city, one for each.

The figures are those of the lead's own board. Reports of matters handed down are in none of it: they are confidential (decision 34).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import override

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.official.paper import Annex, Block, day_zh
from dutygate.base.documents.official.template import Value, filled
from dutygate.base.organizations.directory import Directory
from dutygate.features.board.blocks import texts
from dutygate.features.board.queries import Asked, Board, board_of, years_of
from dutygate.features.board.shown import NOTHING, Shown
from dutygate.features.papers.case_words import ARTICLES, BANNER, CITY, Given, body_of
from dutygate.features.papers.documents import Drafted
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.queries import InForce
from dutygate.features.support.shown import total
from dutygate.features.support.words import yuan_said
from dutygate.law.regulation.edition import Edition

RULES: Final = ("规则", "条款", "次数")
MONEY: Final = 3
"""The last columns of what townships carry: due, received, not received; a table of their own on paper."""


def drafted_year(
    viewer: ActingPost, kind: Kind, template: InForce, directory: Directory, edition: Edition, year: int, given: Given, signed: str
) -> list[Drafted]:
    """A paper for each body that is told of the year; [] for a year of which there is nothing, and one that has not begun."""
    if year not in years_of(viewer, directory.jurisdiction.id, given.dated_on):
        return []
    last = min(date(year, 12, 31), given.dated_on)
    with override("zh-hans"):
        board = board_of(viewer, Asked(directory.jurisdiction.id, year, last, given.dated_on))
        common: dict[str, Value] = {
            **dict.fromkeys(kind.known, ""),
            **{word: edition.provisions[provision].label.zh for word, provision in ARTICLES.items()},
            "办法": f"《{edition.title.zh}》（{edition.document_number}）",
            "单位": signed,
            "旗": directory.jurisdiction.name,
            "年度": str(year),
            "截止日期": day_zh(last),
            "说明": given.remark,
            **_figures(board, edition),
        }
        return [
            Drafted(filled(template.lines, {**common, "主送": name}, signed, given.dated_on), (key,))
            for key, name in told_of_year(directory, given.dated_on)
        ]


def told_of_year(directory: Directory, on: date) -> list[tuple[str, str]]:
    """(key of its office, name) of 旗委, 旗政府 and 市政府, as far as these seats are held."""
    seats = directory.seats(on)
    found = [seats[seat] for seat in (*BANNER, CITY) if seat in seats]
    return [(directory.unit(unit).key, body_of(directory.name_on(unit, on))) for unit in found]


def _figures(board: Board, edition: Edition) -> dict[str, Value]:
    """What stands for each placeholder: the numbers, the sentences that name some of them, the tables behind the text."""
    shown = Shown(board, "zh")
    where, load, kept = shown.where(), shown.load(), shown.kept()
    final = {name for name, state in shown.procedure.states.items() if state.final}
    under_way = [n for (state, _track, _kind), n in board.where.items() if state not in final]
    ended = {shown.procedure.states[name].label.zh for name in final}
    standing = [row for row in where.rows if not row.whole and row.cells[-1].said != "0" and row.name not in ended]
    rules = [row for row in shown.refusals().rows if not row.whole]
    by_article = Counter[str]()
    for _code, provision, n in board.refusals:
        by_article[_label(edition, provision)] += n
    many = len(load.columns) - MONEY
    closed = {name: sum(n for (outcome, _t, _k), n in board.closed.items() if outcome == name) for name in shown.procedure.outcomes}
    fen = total(sums.get("fen", NOTHING) for sums in board.kept.values())
    return {
        "立卷数": str(board.opened),
        "办结数": str(sum(board.closed.values())),
        "准予数": str(closed["approved"]),
        "不予数": str(closed["refused"]),
        "撤回数": str(closed["withdrawn"]),
        "在办数": str(sum(under_way)),
        "在办情况": _listed("其中", (f"{row.name}{row.cells[-1].said}件" for row in standing)),
        "不成次数": str(board.refused),
        "不成情况": _listed("其中不合", (f"{label}的{n}次" for label, n in by_article.most_common())),
        "逾期情况": _late(shown),
        "乡镇数": str(len(board.load)),
        "事项总数": str(sum(sum(line.sections.values()) for line in board.load)),
        "临时总数": str(sum(line.sections["temporary"] for line in board.load)),
        "承诺经费": yuan_said(fen.due),
        "兑现经费": yuan_said(fen.delivered),
        "确认经费": yuan_said(fen.confirmed),
        "异议经费": yuan_said(fen.disputed),
        "办件表": _annex("办件在哪一步", _table(where.columns, texts(where.rows))),
        "规则表": _annex(
            "不合规定的办理", _table(RULES, [(row.name, _label(edition, row.cites), row.cells[0].said) for row in rules], (90, 30, 20))
        ),
        "清单表": _annex(
            "各乡镇承担的事项和经费",
            _table(load.columns[:many], [line[:many] for line in texts(load.rows)]),
            _table((load.columns[0], *load.columns[many:]), [(line[0], *line[many:]) for line in texts(load.rows)]),
        ),
        "保障表": _annex("各部门保障兑现情况", _table(kept.columns, texts(kept.rows))),
    }


def _late(shown: Shown) -> str:
    """Steps with the units that owe them; no township is among them."""
    lines = [f"{row.cells[0].said}“{row.name}”{row.cells[2].said}件" for row in shown.late().rows if not row.whole]
    return _listed("现在逾期没有办的步骤：", lines) if lines else "现在没有逾期的步骤。"


def _listed(begins: str, parts: Iterable[str]) -> str:
    said = "，".join(parts)
    return f"{begins}{said}。" if said else ""


def _label(edition: Edition, provision: str) -> str:
    """第四条（一）; what it is called where the edition has no such provision."""
    return edition.provisions[provision].label.zh if provision in edition.provisions else provision


def _table(columns: Sequence[str], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...] = ()) -> Block:
    """A table; the names stand in the first column, the widest."""
    each = max(14, 110 // max(1, len(columns) - 1))
    return Block(kind="table", columns=tuple(columns), widths=widths or (50, *(each for _name in columns[1:])), rows=tuple(rows))


def _annex(title: str, *tables: Block) -> tuple[Annex, ...]:
    """Tables on pages of their own; none where there is nothing in them."""
    return (Annex(title=title, blocks=tables),) if any(table.rows for table in tables) else ()
