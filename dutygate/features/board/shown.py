"""看板 as the page and the files show it: the figures in words, each with the way to the rows behind it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.naming import edition_now, label_in, newest_procedure
from dutygate.features.board.blocks import Bar, Block, Cell, Row, bars_of, behind, figure, length
from dutygate.features.board.queries import CARRIED, Board, Load
from dutygate.features.board.words import REPORTS, TRACKS, band_said, refusal_said
from dutygate.features.cases.kinds import KINDS, kind_label, outcome_in
from dutygate.features.lists.words import SECTIONS
from dutygate.features.review.words import seat_label
from dutygate.features.supervision.counting import OUTCOMES
from dutygate.features.supervision.words import FORMS
from dutygate.features.support.queries import Sums
from dutygate.features.support.shown import total
from dutygate.features.support.words import yuan_said

NOTHING: Final = Sums()


class Shown:
    """A board in one language. ``alone``: the ledger that its reader sees is that of this banner and of no other."""

    def __init__(self, board: Board, lang: str, *, alone: bool = True) -> None:
        self.board, self.asked, self.lang, self.alone = board, board.asked, lang, alone
        self.procedure = newest_procedure()
        place = self.asked.directory.jurisdiction.code
        self.base = {"place": place, "year": self.asked.year, "on": self.asked.on.isoformat()}

    def blocks(self) -> list[Block]:
        """Every part, in the order in which it is read."""
        found = [self.where(), self.ages(), self.late(), self.closed(), self.refusals(), self.load(), self.kept()]
        return found if self.board.reports is None else [*found, self.reports(self.board.reports)]

    def _columns(self, counted: Any) -> list[tuple[str, str, str]]:
        """(kind, track, label) of the columns: those of an admission always, the others where there is such a case."""
        there = {(kind, track) for _where, track, kind in counted}
        pairs = [(kind, track) for kind in KINDS for track in TRACKS if kind == "admission" or (kind, track) in there]
        return [(kind, track, f"{kind_label(self.procedure, kind, self.lang)}·{_(TRACKS[track])}") for kind, track in pairs]

    def _crossed(self, what: str, by: str, counted: Any, names: list[tuple[str, str]]) -> tuple[tuple[str, ...], list[Row]]:
        """A table of names by kinds and tracks, with what they add up to on both sides."""
        columns = self._columns(counted)
        rows = []
        for key, name in [*names, ("", _("合计"))]:
            cells = []
            for kind, track, _label in columns:
                count = sum(n for (where, t, k), n in counted.items() if (t, k) == (track, kind) and key in ("", where))
                cells.append(figure(count, behind(what, self.base, **{by: key}, track=track, kind=kind)))
            count = sum(n for (where, _track, _kind), n in counted.items() if key in ("", where))
            rows.append(Row(name, (*cells, figure(count, behind(what, self.base, **{by: key}))), whole=not key))
        return (*(label for _kind, _track, label in columns), _("合计")), rows

    def where(self) -> Block:
        """How many cases where."""
        names = [(name, label_in(state.label, self.lang, name)) for name, state in self.procedure.states.items()]
        columns, rows = self._crossed("cases", "state", self.board.where, names)
        return Block(
            "where",
            _("办件在哪一步"),
            "4",
            _("您的岗位可以看到的全部办件，现在的状态。"),
            (_("状态"), *columns),
            tuple(rows),
            bars_of((row.name, int(row.cells[-1].said)) for row in rows if not row.whole and row.cells[-1].said != "0"),
            _("还没有办件。"),
        )

    def ages(self) -> Block:
        """How long since they were applied for."""
        found = self.board.ages
        rows = [Row(band_said(place), (figure(n, behind("ages", self.base, band=place)),)) for place, n in enumerate(found)]
        rows.append(Row(_("合计"), (figure(sum(found), behind("ages", self.base)),), whole=True))
        return Block(
            "ages",
            _("申请以后多久了"),
            "4.2",
            _("提交了书面申请、还没有办结的办件，从第一次提交的次日起数到今天的工作日。"),
            (_("工作日"), _("办件")),
            tuple(rows),
            bars_of((band_said(place), n) for place, n in enumerate(found)),
            _("没有提交以后还没办结的办件。"),
        )

    def late(self) -> Block:
        """What is overdue, by step and unit; townships are never named."""
        directory, on, edition = self.asked.directory, self.asked.today, edition_now()
        rows, steps = [], dict[str, int]()
        for action, unit, seat, n in self.board.late:
            step = label_in(self.procedure.labels.get(action), self.lang, action)
            who = directory.name_on(unit, on) if unit in directory.units else ""
            sits = seat_label(edition, directory, seat, on, self.lang) if seat else "—"
            steps[step] = steps.get(step, 0) + n
            href = behind("late", self.base, action=action, unit=directory.unit(unit).key if unit in directory.units else "", seat=seat)
            cites = self.procedure.cites(action) if action in self.procedure.labels else ""
            rows.append(Row(step, (Cell(who), Cell(sits), figure(n, href)), cites=cites))
        if rows:
            rows.append(Row(_("合计"), (Cell("—"), Cell("—"), figure(sum(steps.values()), behind("late", self.base))), whole=True))
        return Block(
            "late",
            _("哪些步骤逾期"),
            "3",
            _("部门、席位和机关过了最后一天还没有办的：办件的步骤、到期的告知、保障的兑现。暂停的不算；乡镇不点名，也不计入。"),
            (_("步骤"), _("单位"), _("席位"), _("逾期")),
            tuple(rows),
            bars_of(steps.items()),
            _("现在没有逾期的步骤。"),
            words=2,
        )

    def closed(self) -> Block:
        """What became of the cases that ended in the year."""
        names = [(name, outcome_in(self.procedure, name, "admission", self.lang)) for name in self.procedure.outcomes]
        columns, rows = self._crossed("closed", "outcome", self.board.closed, names)
        opened = figure(self.board.opened, behind("opened", self.base))
        return Block(
            "closed",
            _("本年办结"),
            "4.3",
            _("这一年里办结的办件，按结果；退出、调整的结果列在同一行。本年立卷的办件："),
            (_("结果"), *columns),
            tuple(rows),
            bars_of((row.name, int(row.cells[-1].said)) for row in rows if not row.whole),
            _("这一年还没有办结的办件。"),
            lead=(opened,),
        )

    def refusals(self) -> Block:
        """Which rules refused how often."""
        rows = [
            Row(refusal_said(code, self.lang), (figure(n, behind("refusals", self.base, code=code, provision=provision)),), cites=provision)
            for code, provision, n in self.board.refusals
        ]
        if rows:
            rows.append(Row(_("被拒的办理（次）"), (figure(self.board.refused, behind("refusals", self.base)),), whole=True))
        return Block(
            "refusals",
            _("哪些规则拒绝了办理"),
            "4.2",
            _("这一年里办不成的办理，按拒绝它的规则。一次办理可能同时不合几条，所以各条相加会多于次数。"),
            (_("规则"), _("次数")),
            tuple(rows),
            bars_of((row.name, int(row.cells[0].said)) for row in rows[:8] if not row.whole),
            _("这一年没有被拒的办理。"),
        )

    def load(self) -> Block:
        """What each township carries, in the order of their codes: no ranking."""
        lines = self.board.load
        rows = [self._load_row(line) for line in lines]
        sections = [sum(line.sections[name] for line in lines) for name in CARRIED]
        money = total(line.money for line in lines)
        counts = [figure(n, behind("duties", self.base, section=name)) for name, n in zip(CARRIED, sections, strict=True)]
        counts.append(figure(sum(sections), behind("duties", self.base)))
        ending = figure(sum(line.ending for line in lines), behind("ending", self.base))
        fen = (money.due, money.confirmed, money.due - money.confirmed)
        whole = (*counts, ending, *(Cell(yuan_said(value), self._ledger()) for value in fen))
        names = (*(_(SECTIONS[name]) for name in CARRIED), _("合计"), _("快要到期"))
        return Block(
            "load",
            _("各乡镇承担多少"),
            "4.5",
            _("这一天清单上的事项，按部分；快要到期的临时任务；这一年应到、已确认收到的经费。按代码顺序排列，不排名。"),
            (_("乡镇"), *names, _("应到（元）"), _("已收到（元）"), _("还没有收到（元）")),
            (*rows, Row(_("合计"), whole, whole=True)) if rows else (),
            bars_of((row.name, sum(line.sections.values())) for row, line in zip(rows, lines, strict=True)),
            _("这一天没有乡镇。"),
        )

    def _ledger(self, **narrowed: str) -> str:
        """The way to the commitments of the year; "" where the ledger would show those of other banners too."""
        return f"{reverse('support')}?{urlencode({'year': self.asked.year, **narrowed})}" if narrowed or self.alone else ""

    def _load_row(self, line: Load) -> Row:
        directory = self.asked.directory
        key, name = directory.unit(line.township).key, directory.name_on(line.township, self.asked.on)
        cells = [figure(line.sections[part], behind("duties", self.base, township=key, section=part)) for part in CARRIED]
        cells.append(figure(sum(line.sections.values()), behind("duties", self.base, township=key)))
        cells.append(figure(line.ending, behind("ending", self.base, township=key)))
        ledger = self._ledger(township=key) if line.money.lines else ""
        money = (line.money.due, line.money.confirmed, line.money.due - line.money.confirmed)
        return Row(name, (*cells, *(Cell(yuan_said(fen), ledger) for fen in money)))

    def kept(self) -> Block:
        """Promised, delivered, confirmed, by department."""
        directory, asked = self.asked.directory, self.asked
        rows, bars = [], []
        most = max((sums.get("fen", NOTHING).due for sums in self.board.kept.values()), default=0)
        for unit, sums in self.board.kept.items():
            name, fen = directory.name_on(unit, asked.today), sums.get("fen", NOTHING)
            href = self._ledger(department=directory.unit(unit).key)
            rows.append(self._kept_row(name, sums, href))
            said = f"{yuan_said(fen.confirmed)} / {yuan_said(fen.due)}"
            bars.append(Bar(name, said, length(fen.confirmed, most), length(fen.due, most)))
        if rows:
            every = {measure: total(sums.get(measure, NOTHING) for sums in self.board.kept.values()) for measure in ("fen", "item")}
            rows.append(self._kept_row(_("合计"), every, self._ledger(), whole=True))
        heads = (_("承诺（元）"), _("已兑现（元）"), _("已确认（元）"), _("有异议（元）"), _("其他保障：承诺、兑现、确认（项）"))
        return Block(
            "kept",
            _("保障兑现"),
            "5",
            _("这一年各部门承诺、兑现、由乡镇确认的保障。部门登记了、乡镇没有确认的，算部门的。"),
            (_("部门"), *heads),
            tuple(rows),
            tuple(bars),
            _("这一年没有承诺过保障。"),
            legend=_("深色：乡镇已确认；浅色：承诺"),
        )

    def _kept_row(self, name: str, sums: dict[str, Sums], href: str, *, whole: bool = False) -> Row:
        fen, item = sums.get("fen", NOTHING), sums.get("item", NOTHING)
        money = tuple(Cell(yuan_said(value), href) for value in (fen.due, fen.delivered, fen.confirmed, fen.disputed))
        return Row(name, (*money, Cell(f"{item.due} / {item.delivered} / {item.confirmed}", href)), whole=whole)

    def reports(self, found: dict[tuple[str, str], int]) -> Block:
        """Reports by form and outcome: only those that the viewer's unit examines, on the page alone."""
        rows = []
        for form, name in [*((one, _(word)) for one, word in FORMS.items()), ("", _("线索（件）"))]:
            cells = [figure(found[form, outcome], behind("reports", self.base, form=form, outcome=outcome)) for outcome in OUTCOMES]
            cells.append(figure(sum(found[form, outcome] for outcome in OUTCOMES), behind("reports", self.base, form=form)))
            rows.append(Row(name, tuple(cells), whole=not form))
        return Block(
            "reports",
            _("线索"),
            "8",
            _("由本单位查处的线索，按方式和结果。保密：只在这一页上，不进导出的文件，也不进年度报告。一条线索可能有几种方式。"),
            (_("方式"), *(_(REPORTS[name]) for name in OUTCOMES), _("合计")),
            tuple(rows),
            bars_of((_(REPORTS[name]), found["", name]) for name in OUTCOMES),
            _("这一年没有由本单位查处的线索。"),
            apart=True,
        )
