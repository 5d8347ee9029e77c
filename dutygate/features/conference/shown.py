"""会议 as its pages show it: one meeting with its agenda and attendance in words, and the sheet of one of its cases (Articles 3, 4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.naming import directory_for, edition_now, named
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.application.queries import sees_all_opinions
from dutygate.features.application.section import opinions_section
from dutygate.features.cases.acts import CaseScene, case_scene
from dutygate.features.cases.head import waiting_line
from dutygate.features.cases.sections import readable_cases
from dutygate.features.conference.queries import adopted_on_minutes, attendances_of, items_of, leads, minutes_of
from dutygate.features.conference.words import FORMS, IN_MINUTES, STATUS, came_in, outcomes_in
from dutygate.features.review.beside import ANSWERS
from dutygate.features.review.shown import Shown, review_shown


@dataclass(frozen=True, slots=True)
class Shelved:
    """One meeting in words. ``items`` are those on the agenda, ``removed`` those that were taken off; ``groups`` who took part, by how."""

    row: Any
    form: Any
    status: Any
    items: list[dict[str, Any]]
    removed: list[dict[str, Any]]
    attendances: list[dict[str, Any]]
    minutes: str
    adopted: list[dict[str, Any]]
    leads: bool

    @property
    def groups(self) -> list[dict[str, Any]]:
        """[{label, people}] of those who were there, were absent, sat in, as minutes name them; empty groups left out."""
        found = [(how, [one for one in self.attendances if one["how"] == how]) for how in ("present", "absent", "sits_in")]
        return [{"how": how, "label": IN_MINUTES[how], "people": people} for how, people in found if people]


def line_of(row: Any) -> dict[str, Any]:
    """One meeting in a list."""
    return {
        "row": row,
        "href": reverse("meeting", args=[row.number]),
        "form": FORMS[row.form],
        "status": STATUS[row.status],
    }


def shelved(viewer: ActingPost, row: Any, today: date, lang: str) -> Shelved:
    """Everything of a meeting that the viewer may read; a fixed number of queries."""
    directory = directory_for(row.jurisdiction_id)
    items = items_of(viewer, row)
    seen = set(readable_cases(viewer).filter(pk__in=[item.case_id for item in items]).values_list("pk", flat=True))
    lines = [item_line(item, directory, today, item.case_id in seen) for item in items]
    return Shelved(
        row=row,
        form=FORMS[row.form],
        status=STATUS[row.status],
        items=[line for line in lines if not line["item"].removed],
        removed=[line for line in lines if line["item"].removed],
        attendances=[_came(one, directory, row) for one in attendances_of(viewer, row)],
        minutes=minutes_of(viewer, row, today),
        adopted=adopted_lines(adopted_on_minutes(viewer, [row]), lang),
        leads=leads(viewer, today) and row.jurisdiction_id == viewer.jurisdiction_id,
    )


def item_line(item: Any, directory: Directory, on: date, seen: bool = True) -> dict[str, Any]:
    """An item with its case and what was settled, in words. ``seen``: the reader may open the case."""
    case = item.case
    initiator = named(directory, case.initiator_id, on)
    return {
        "item": item,
        "number": case.number,
        "title": case.title,
        "initiator": initiator["name"] if initiator else "",
        "outcome": outcomes_in(case.kind).get(item.outcome, "") if item.outcome else "",
        "text": item.text,
        "href": reverse("case", args=[case.number]) if seen else "",
    }


def _came(row: Any, directory: Directory, meeting: Any) -> dict[str, Any]:
    unit = directory.units.get(row.unit_id)
    return {
        "unit": directory.name_on(row.unit_id, meeting.day) if unit else "",
        "short": directory.short_name_on(row.unit_id, meeting.day) if unit else "",
        "key": unit.key if unit else "",
        "id": row.unit_id,
        "called": row.called,
        "how": row.how,
        "word": came_in(meeting.form)[row.how],
        "person": row.person,
        "note": row.note,
    }


def adopted_lines(rows: Iterable[Any], lang: str) -> list[dict[str, Any]]:
    """What was set, in words: {label, values, since, source}."""
    parameters = edition_now().parameters
    return [
        {
            "label": parameters[row.parameter].label.in_language(lang) if row.parameter in parameters else row.parameter,
            "cites": parameters[row.parameter].cites if row.parameter in parameters else "3",
            "values": [(_track(track), _value(value)) for track, value in sorted(row.values.items())],
            "since": row.effective_from,
            "guided_by": row.guided_by,
        }
        for row in rows
    ]


def _track(track: str) -> str:
    names = {"regular": _("常态化"), "temporary": _("阶段性、临时性")}
    return str(names.get(track, ""))


def _value(value: Any) -> str:
    if value is None:
        return str(_("不设"))
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    return str(value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """审议表 of one case: the review, what every township said round by round, and what is still missing."""

    found: CaseScene
    review: Shown
    rounds: list[dict[str, Any]]
    townships: list[dict[str, Any]]
    all_in: bool
    missing: list[dict[str, Any]]


def sheet_of(viewer: ActingPost, number: str, moment: datetime, lang: str) -> Sheet:
    """The sheet of a case that the viewer may see. Raises NotFound."""
    found = case_scene(viewer, number, moment, lang)
    reading = found.reading
    opinions = opinions_section(viewer, reading)
    procedure = found.now.procedure
    return Sheet(
        found=found,
        review=review_shown(reading, lang),
        rounds=opinions["rounds"],
        townships=[_township(row, opinions["rounds"]) for row in opinions["townships"] if row["unit"]],
        all_in=sees_all_opinions(viewer, found.case),
        missing=[waiting_line(task, found, procedure) for task in found.waiting.tasks],
    )


def _township(row: dict[str, Any], rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """One township: its last answer in each round, and what it asked for."""
    said = []
    for one in rounds:
        answers = [answer for answer in row["answers"] if answer["round"] == one["number"]]
        last = answers[-1] if answers else None
        said.append(
            {
                "round": one["number"],
                "word": ANSWERS.get(last["answer"], last["answer"]) if last else ("" if row["round"] != one["number"] else ANSWERS[""]),
                "reason": last["reason"] if last else "",
                "conditions": [condition["text"] for condition in last["conditions"]] if last else [],
            }
        )
    return {"unit": row["unit"], "in_scope": row["in_scope"], "said": said, "lapsed": row["lapsed"]}
