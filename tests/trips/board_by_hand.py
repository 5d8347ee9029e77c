"""看板: every figure counted again by SQL that somebody wrote down, and every row behind it fetched (issue: must show).

Nothing here asks the program's own queries, but for the units' ids and the calendar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from django.db import connection

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.board.blocks import Block, Cell
from dutygate.features.board.queries import Asked, Board
from dutygate.features.board.rows import Reader, behind
from dutygate.features.board.shown import Shown
from dutygate.features.support.queries import Sums, Wanted, sums
from dutygate.features.support.words import yuan_said
from dutygate.law.workdays.calendar import national_calendar

ZONE = ZoneInfo("Asia/Shanghai")
ALL = "1 = 1"
SENT_UP = "(c.submissions > 0 OR EXISTS (SELECT 1 FROM cases_party p WHERE p.case_id = c.id AND p.unit_id = {unit}))"
"""What the offices of the banner's bodies may read."""
AGE = ((0, 5), (6, 15), (16, 25), (26, 10_000))


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [tuple(row) for row in cursor.fetchall()]


def counted(sql: str, *values: Any) -> dict[Any, int]:
    """Key columns -> the last column."""
    return {row[:-1] if len(row) > 2 else row[0]: row[-1] for row in ask(sql, *values)}


def check_figures(board: Board, scope: str, *, whole: bool, reports: bool) -> None:
    """Every figure of the board equals its count by hand. ``whole``: all refusals of the register are the reader's."""
    asked = board.asked
    place, since, until = asked.place, f"{asked.year - 1}-12-31 16:00:00", f"{asked.year}-12-31 16:00:00"  # in UTC
    seen = f"cases_case c WHERE c.jurisdiction_id = %s AND {scope}"
    assert board.where == counted(f"SELECT c.state, c.track, c.kind, COUNT(*) FROM {seen} GROUP BY 1, 2, 3", place)
    during = f"{seen} AND c.{{}} >= %s AND c.{{}} < %s"
    closed = during.format("closed_at", "closed_at")
    assert board.closed == counted(f"SELECT c.outcome, c.track, c.kind, COUNT(*) FROM {closed} GROUP BY 1, 2, 3", place, since, until)
    assert [(board.opened,)] == ask(f"SELECT COUNT(*) FROM {during.format('opened_at', 'opened_at')}", place, since, until)
    assert list(board.ages) == _ages(seen, place, asked.today)
    late = ask(
        f"""SELECT t.action, t.unit_id, t.seat, COUNT(*) FROM actions_opentask t JOIN organizations_unit u ON u.id = t.unit_id
        WHERE (t.subject_id IN (SELECT c.id FROM {seen}) OR t.subject LIKE '150721-B-%%' OR t.subject LIKE '150721-D-%%')
        AND t.due_on < %s AND t.paused_on IS NULL AND u.kind <> 'township'
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
        place,
        asked.today.isoformat(),
    )
    assert board.late == late
    _refusals(board, "" if whole else f"AND e.subject IN (SELECT c.number FROM {seen})", () if whole else (place,), since, until)
    _load(board)
    _kept(board)
    assert (board.reports is not None) == reports
    if reports:
        _reports(board)


def _ages(seen: str, place: int, today: date) -> list[int]:
    """Day by day from each application to today."""
    calendar, ages = national_calendar(), Counter[int]()
    first = ask(
        f"""SELECT MIN(w.submitted_at) FROM application_writtenapplication w
        WHERE w.taken_back_at IS NULL AND w.case_id IN (SELECT c.id FROM {seen} AND c.closed_at IS NULL) GROUP BY w.case_id""",
        place,
    )
    for (moment,) in first:
        day = _moment(moment)
        days = sum(calendar.is_workday(day + timedelta(days=n)) for n in range(1, (today - day).days + 1))
        ages[next(band for band, (least, most) in enumerate(AGE) if least <= days <= most)] += 1
    return [ages[band] for band in range(len(AGE))]


def _moment(value: Any) -> date:
    from dutygate.base.register.append import aware

    moment = aware(value)
    assert moment is not None
    return moment.astimezone(ZONE).date()


def _refusals(board: Board, about: str, whose: tuple[Any, ...], since: str, until: str) -> None:
    """A finding stands in a refusal as {"code":…,"params":…,"provision":…}."""
    where = f"""FROM register_entry e JOIN register_chain ch ON ch.id = e.chain_id
        WHERE ch.key = '150721' AND e.outcome = 'refused' {about} AND e.recorded_at >= %s AND e.recorded_at < %s"""
    assert [(board.refused,)] == ask(f"SELECT COUNT(*) {where}", *whose, since, until)
    for code, provision, n in board.refusals:
        texts = (f'%"code":"{code}"%', f'%"provision":"{provision}"%')
        assert [(n,)] == ask(f"SELECT COUNT(*) {where} AND e.sealed LIKE %s AND e.sealed LIKE %s", *whose, since, until, *texts)
    known = " ".join("AND e.sealed NOT LIKE %s" for _ in board.refusals)
    codes = [f'%"code":"{code}"%' for code, _provision, _n in board.refusals]
    assert ask(f"SELECT COUNT(*) {where} {known}", *whose, since, until, *codes) == [(0,)], "a rule is missing from the board"


def _load(board: Board) -> None:
    asked = board.asked
    held = "l.recorded_to > '9999-01-01' AND l.valid_from <= %s AND l.valid_to > %s AND l.jurisdiction_id = %s"
    on = (asked.on.isoformat(), asked.on.isoformat(), asked.place)
    by_section = counted(f"SELECT l.township_id, l.section, COUNT(*) FROM lists_listentry l WHERE {held} GROUP BY 1, 2", *on)
    end = (asked.soon + timedelta(days=1)).isoformat()
    ending = counted(
        f"SELECT l.township_id, COUNT(*) FROM lists_listentry l WHERE {held} AND l.section = 'temporary' AND l.valid_to <= %s GROUP BY 1",
        *on,
        end,
    )
    money = {
        township: fen
        for township, *fen in ask(
            """SELECT township_id, SUM(promised - released), SUM(confirmed) FROM support_commitment
            WHERE year = %s AND measure = 'fen' AND jurisdiction_id = %s GROUP BY 1""",
            asked.year,
            asked.place,
        )
    }
    codes = ask(
        """SELECT u.id FROM organizations_unit u WHERE u.kind = 'township' AND u.jurisdiction_id = %s
        ORDER BY (SELECT MAX(n.code) FROM organizations_unitcode n WHERE n.unit_id = u.id)""",
        asked.place,
    )
    assert [(line.township,) for line in board.load] == codes, "townships stand in the order of their codes"
    for line in board.load:
        sections = {name: by_section.get((line.township, name), 0) for name in ("basic", "cooperative", "admitted", "temporary")}
        assert line.sections == sections
        assert line.ending == ending.get(line.township, 0)
        assert [line.money.due, line.money.confirmed] == money.get(line.township, [0, 0])


def _kept(board: Board) -> None:
    rows = ask(
        """SELECT department_id, measure, SUM(promised - released), SUM(delivered), SUM(confirmed), SUM(disputed)
        FROM support_commitment WHERE year = %s AND jurisdiction_id = %s GROUP BY 1, 2""",
        board.asked.year,
        board.asked.place,
    )
    found = {
        (unit, measure): (one.due, one.delivered, one.confirmed, one.disputed)
        for unit, by_measure in board.kept.items()
        for measure, one in by_measure.items()
    }
    assert found == {(unit, measure): tuple(rest) for unit, measure, *rest in rows}


def _reports(board: Board) -> None:
    """The lead's: neither about its office nor from it."""
    rows = ask(
        """SELECT r.state, r.finding, r.forms, r.finding_forms, r.ended_on FROM supervision_handoverreport r
        JOIN organizations_unit b ON b.id = r.body_id JOIN organizations_unit f ON f.id = r.reporter_unit_id
        WHERE r.jurisdiction_id = %s AND r.reported_on >= %s AND r.reported_on < %s
        AND b.key <> '150721.lead_office' AND f.key <> '150721.lead_office'""",
        board.asked.place,
        f"{board.asked.year}-01-01",
        f"{board.asked.year + 1}-01-01",
    )
    found: Counter[tuple[str, str]] = Counter()
    for state, finding, forms, found_forms, ended in rows:
        came = "under_way" if ended is None else state
        came = ("handed_down" if finding == "handed_down" else "not_handed_down") if came == "closed" else came
        named = found_forms if finding == "handed_down" else forms
        found.update([("", came), *((form, came) for form in _list(named))])
    assert board.reports is not None
    assert {key: n for key, n in board.reports.items() if n} == dict(found)


def _list(value: Any) -> list[str]:
    import json

    return json.loads(value) if isinstance(value, str) else list(value)


def check_rows(viewer: ActingPost, board: Board) -> Counter[str]:
    """Behind every figure that leads somewhere there are as many rows as it says, no row twice; which kinds of rows there were."""
    met: Counter[str] = Counter()
    for block in Shown(board, "zh").blocks():
        for cell in _cells(block):
            if not cell.href:
                assert cell.said in ("0", "—") or cell.said.startswith("0.") or not cell.said[:1].isdecimal(), (block.key, cell)
                continue
            address = urlsplit(cell.href)
            said = dict(parse_qsl(address.query))
            if address.path == "/support/":
                _check_ledger(viewer, board.asked, said, cell)
                met["support"] += 1
                continue
            what = address.path.strip("/").split("/")[-1]
            rows = list(_all_rows(what, viewer, board.asked, said, int(cell.said)))
            assert len(rows) == len(set(rows)) == int(cell.said), (cell.href, cell.said)
            met[what] += 1
    return met


def _cells(block: Block) -> Iterable[Cell]:
    yield from block.lead
    for row in block.rows:
        yield from row.cells


def _all_rows(what: str, viewer: ActingPost, asked: Asked, said: dict[str, str], total: int) -> Iterator[Any]:
    """Page after page, few at a time."""
    start = ""
    while True:
        page = behind(what, Reader(viewer, asked, {**said, "from": start}, 4, "zh"))
        assert page.total == total
        for row in page.rows:
            assert len(row) == len(page.columns)
            yield row
        if not page.next:
            return
        start = page.next


def _check_ledger(viewer: ActingPost, asked: Asked, said: dict[str, str], cell: Cell) -> None:
    """The sum of the ledger that the figure opens is the figure."""
    units = {unit.key: unit.id for unit in asked.directory.units.values()}
    wanted = Wanted(department=units.get(said.get("department", "")), township=units.get(said.get("township", "")), year=int(said["year"]))
    found = sums(viewer, wanted, asked.today)
    fen, item = found.get("fen", Sums()), found.get("item", Sums())
    shown = {yuan_said(value) for value in (fen.due, fen.delivered, fen.confirmed, fen.disputed, fen.due - fen.confirmed)}
    assert cell.said in shown | {f"{item.due} / {item.delivered} / {item.confirmed}"}
