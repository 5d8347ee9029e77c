"""每个数后面的那些行: for each kind of figure how many rows are behind it, and a page of them (Articles 3-8).

Every reader asks for the very rows that the figure counts, narrowed by what the address says; what it does not know narrows to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import edition_now, label_in, newest_procedure
from dutygate.base.actions.overdue import overdue_page
from dutygate.base.actions.subjects import kind_of, titles_of_subjects
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.register.refusals import count_refusals, refused_by, refused_page
from dutygate.features.application.ages import BANDS, applied_for, in_band
from dutygate.features.board.blocks import Cell
from dutygate.features.board.queries import Asked, overdue_meant, refusals_meant
from dutygate.features.cases.counting import cases_in, closed_between, opened_between, page_of
from dutygate.features.cases.head import line_of as case_line
from dutygate.features.cases.showing import titles_of
from dutygate.features.lists.queries import public_last_day
from dutygate.features.lists.queries.carried import ending_of, page_of_entries, section_of
from dutygate.features.lists.words import SECTIONS
from dutygate.features.review.words import seat_label
from dutygate.features.supervision.counting import OUTCOMES, examined, of_form
from dutygate.features.supervision.queries import here, seen_page
from dutygate.features.supervision.showing import line_of as report_line

Said = Mapping[str, str]
"""What the address says: names and values, all text."""


@dataclass(frozen=True, slots=True)
class Behind:
    """``total`` rows in all, and a page of them, each of as many cells as there are ``columns``.

    ``next``: where the page after it begins, "" for none.
    """

    total: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    next: str

    @property
    def lines(self) -> list[list[tuple[str, Cell]]]:
        """Each row's cells, each under the heading of its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads which board, how many rows at once, from where on, in which language."""

    viewer: ActingPost
    asked: Asked
    said: Said
    limit: int
    lang: str

    @property
    def start(self) -> int | None:
        """A number of an entry or a row; None at the beginning."""
        given = self.said.get("from", "")
        return int(given) if given.isdecimal() and len(given) < 19 else None

    def unit(self, name: str) -> int:
        """The id of a unit named by key; 0 for none."""
        return next((unit.id for unit in self.asked.directory.units.values() if unit.key == self.said.get(name)), 0)

    def only(self, *names: str) -> dict[str, str]:
        """What the address narrows these fields to."""
        return {name: self.said[name] for name in names if self.said.get(name)}


def behind(what: str, reader: Reader) -> Behind:
    """The rows behind a figure. Raises KeyError for what is no kind of figure."""
    return READERS[what](reader)


def _cases(reader: Reader, rows: QuerySet[Any]) -> Behind:
    found = rows.filter(**reader.only("track", "kind"))
    total, page = page_of(reader.viewer, found, reader.limit + 1, reader.start)
    directory, on = reader.asked.directory, reader.asked.today
    lines = [case_line(row, directory, on, reader.lang) for row in page[: reader.limit]]
    return Behind(
        total,
        (_("编号"), _("种类"), _("职责名称"), _("申请单位"), _("状态"), _("立卷")),
        tuple(
            (
                Cell(line["number"], line["href"]),
                *(Cell(str(line[name])) for name in ("kind_label", "title", "initiator", "state_label")),
                Cell(local_day(line["opened_at"]).isoformat()),
            )
            for line in lines
        ),
        str(page[reader.limit - 1].id) if len(page) > reader.limit else "",
    )


def _where(reader: Reader) -> Behind:
    return _cases(reader, cases_in(reader.viewer, reader.asked.place).filter(**reader.only("state")))


def _opened(reader: Reader) -> Behind:
    return _cases(reader, opened_between(reader.viewer, reader.asked.place, reader.asked.since, reader.asked.until))


def _closed(reader: Reader) -> Behind:
    rows = closed_between(reader.viewer, reader.asked.place, reader.asked.since, reader.asked.until)
    return _cases(reader, rows.filter(**reader.only("outcome")))


def _ages(reader: Reader) -> Behind:
    asked = reader.asked
    rows = applied_for(reader.viewer, cases_in(reader.viewer, asked.place))
    named = reader.said.get("band", "")
    if named:
        known = named in {str(place) for place in range(len(BANDS))}
        rows = rows.filter(in_band(asked.directory.calendar(), asked.today, BANDS[int(named)])) if known else rows.none()
    return _cases(reader, rows)


def _late(reader: Reader) -> Behind:
    narrowed: dict[str, Any] = reader.only("action", "seat")
    narrowed |= {"unit_id": reader.unit("unit")} if reader.said.get("unit") else {}
    narrowed |= {"seat": ""} if narrowed and "seat" not in narrowed else {}
    asked = reader.asked
    total, page = overdue_page(reader.viewer, overdue_meant(reader.viewer, asked), narrowed, reader.limit + 1, reader.start)
    procedure, edition, directory = newest_procedure(), edition_now(), asked.directory
    subjects = {task.subject for task in page}
    titles = {**titles_of(reader.viewer, subjects), **titles_of_subjects(reader.viewer, subjects)}
    rows = tuple(
        (
            Cell(task.subject, _page_of(task.subject)),
            Cell(titles.get(task.subject, "")),
            Cell(label_in(procedure.labels.get(task.action), reader.lang, task.action)),
            Cell(directory.name_on(task.unit_id, asked.today) if task.unit_id in directory.units else ""),
            Cell(seat_label(edition, directory, task.seat, asked.today, reader.lang) if task.seat else "—"),
            Cell(task.due_on.isoformat() if task.due_on else ""),
        )
        for task in page[: reader.limit]
    )
    heads = (_("编号"), _("职责名称"), _("步骤"), _("单位"), _("席位"), _("最后一天"))
    return Behind(total, heads, rows, str(page[reader.limit - 1].id) if len(page) > reader.limit else "")


def _page_of(subject: str) -> str:
    """Where a case, a duty or a pledge is read."""
    kind = kind_of(subject)
    return kind.page(subject) if kind is not None else reverse("case", args=[subject])


def _refusals(reader: Reader) -> Behind:
    meant = refusals_meant(reader.viewer, reader.asked)
    if reader.said.get("code"):
        code, provision = reader.said["code"], reader.said.get("provision", "")
        total, page = refused_by(reader.viewer, meant, code, provision, reader.limit + 1, reader.start)
    else:
        total, page = count_refusals(reader.viewer, meant), refused_page(reader.viewer, meant, reader.limit + 1, reader.start)
    procedure = newest_procedure()
    titles = titles_of(reader.viewer, {line.subject for line in page})
    rows = tuple(
        (
            Cell(str(line.seq)),
            Cell(local_day(line.recorded_at).isoformat()),
            Cell(label_in(procedure.labels.get(line.action), reader.lang, line.action)),
            Cell(line.subject, reverse("case_tab", args=[line.subject, "register"]) if line.subject in titles else ""),
            Cell(titles.get(line.subject, "—")),
        )
        for line in page[: reader.limit]
    )
    heads = (_("登记号"), _("日期"), _("要办什么"), _("对象"), _("职责名称"))
    return Behind(total, heads, rows, str(page[reader.limit - 1].seq) if len(page) > reader.limit else "")


def _entries(reader: Reader, rows: QuerySet[Any]) -> Behind:
    total, page = page_of_entries(reader.viewer, rows, reader.limit + 1, reader.start)
    directory, on = reader.asked.directory, reader.asked.on
    shown = []
    for row in page[: reader.limit]:
        last = public_last_day(row["valid_to"])
        shown.append(
            (
                Cell(row["code"], reverse("duty", args=[row["code"]])),
                Cell(row["title"]),
                Cell(directory.name_on(row["township"], on)),
                Cell(_(SECTIONS.get(row["section"], row["section"]))),
                Cell(directory.name_on(row["lead"], on) if row["lead"] in directory.units else "—"),
                Cell(row["valid_from"].isoformat()),
                Cell(last.isoformat() if last else _("长期")),
            )
        )
    heads = (_("事项编号"), _("职责名称"), _("乡镇"), _("部分"), _("主管部门"), _("起"), _("止"))
    return Behind(total, heads, tuple(shown), str(page[reader.limit - 1]["id"]) if len(page) > reader.limit else "")


def _townships(reader: Reader) -> list[int]:
    """The one that the address names, else all of that day."""
    wanted = [reader.unit("township")] if reader.said.get("township") else reader.asked.townships
    return [unit for unit in wanted if unit in reader.asked.townships]


def _duties(reader: Reader) -> Behind:
    return _entries(reader, section_of(reader.viewer, _townships(reader), reader.said.get("section", ""), reader.asked.on))


def _ending(reader: Reader) -> Behind:
    return _entries(reader, ending_of(reader.viewer, _townships(reader), reader.asked.on, reader.asked.soon))


def _reports(reader: Reader) -> Behind:
    """Nothing for who examines none; the same for a report that nobody may know of as for one that is not there."""
    heads = (_("线索"), _("被反映单位"), _("状态"), _("反映日期"))
    if reader.viewer.jurisdiction_id != reader.asked.place:
        return Behind(0, heads, (), "")
    place = here(reader.viewer, reader.asked.today)
    rows = examined(reader.viewer, place, *reader.asked.days)
    form, outcome = reader.said.get("form", ""), reader.said.get("outcome", "")
    rows = rows.filter(of_form(form)) if form else rows
    rows = rows.filter(OUTCOMES.get(outcome, Q(pk=None))) if outcome else rows
    start = reader.said.get("from", "")
    page = seen_page(reader.viewer, place, rows, reader.limit + 1, start)
    lines = [report_line(place, one, reader.lang) for one in page[: reader.limit]]
    shown = tuple(
        (
            Cell(line["title"], reverse("report", args=[line["id"]])),
            Cell((line["body"] or {}).get("name", "")),
            Cell(line["state_label"]),
            Cell(line["reported_on"].isoformat() if line["reported_on"] else ""),
        )
        for line in lines
    )
    return Behind(rows.count(), heads, shown, page[reader.limit - 1].public_id if len(page) > reader.limit else "")


READERS: Final[Mapping[str, Callable[[Reader], Behind]]] = {
    "cases": _where,
    "opened": _opened,
    "closed": _closed,
    "ages": _ages,
    "late": _late,
    "refusals": _refusals,
    "duties": _duties,
    "ending": _ending,
    "reports": _reports,
}
