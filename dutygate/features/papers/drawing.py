"""拟文: papers drawn up for whoever would issue them: which cases, from which template, to whom. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dutygate.base.actions.naming import edition_now
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.cases.queries import cases_visible
from dutygate.features.cases.sections import Reading, directory_now
from dutygate.features.papers.case_words import Given, body_of
from dutygate.features.papers.documents import Drafted, drafted
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.of_lists import drafted_lists
from dutygate.features.papers.of_meetings import drafted_minutes
from dutygate.features.papers.of_tasks import OfTask, drafted_reply
from dutygate.features.papers.of_years import drafted_year
from dutygate.features.papers.queries import public_template

MOST: Final = 100
READY_FOR: Final = {
    "request_banner": ("concluded", "banner_decision"),
    "request_city": ("banner_decision", "city_decision"),
}
"""Kinds that may be about several cases -> the states of those that are offered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which papers are wanted: cases by number, townships (keys) and the day of their lists, a meeting by number, the task answered, or
    the year reported on.
    """

    cases: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    as_of: date | None = None
    meeting: str = ""
    task: OfTask | None = None
    year: int | None = None


def draw(viewer: ActingPost, kind: Kind, asked: Asked, given: Given) -> list[Drafted]:
    """The papers as they stand today, in the name of the viewer's unit; [] while there is nothing to write.

    Cases and townships that the viewer does not see are left out.
    """
    directory = directory_now(viewer)
    template = public_template(viewer.jurisdiction_id, kind)
    assert viewer.unit_id is not None
    signed = directory.name_on(viewer.unit_id, given.dated_on)
    if kind.about == "meeting":
        return drafted_minutes(viewer, kind, template, directory, edition_now(), asked.meeting, given, signed)
    if kind.about == "task":
        return drafted_reply(kind, template, directory, edition_now(), asked.task, given, signed) if asked.task else []
    if kind.about == "year":
        year = asked.year or given.dated_on.year
        return drafted_year(viewer, kind, template, directory, edition_now(), year, given, signed)
    if kind.about == "list":
        known = {directory.unit(unit).key: unit for unit in directory.townships(asked.as_of or given.dated_on)}
        wanted = [known[key] for key in asked.townships if key in known]
        return drafted_lists(kind, template, directory, edition_now(), wanted, asked.as_of or given.dated_on, given, signed)
    signed = body_of(signed) if kind.by == "banner_government" else signed
    readings = readings_of(viewer, directory, asked.cases, given.dated_on)
    return drafted(kind, template, readings, given, signed) if readings else []


def readings_of(viewer: ActingPost, directory: Directory, numbers: Sequence[str], on: date) -> list[Reading]:
    """These cases of the viewer's own jurisdiction, in the order asked for."""
    rows = cases_visible(viewer, directory).filter(number__in=numbers, jurisdiction=viewer.jurisdiction_id)
    found = {case.number: case for case in rows}
    return [Reading(viewer, found[number], directory, on) for number in numbers if number in found]


def offered_cases(viewer: ActingPost, kind: Kind) -> list[tuple[str, str]]:
    """(number, title) of the cases that one paper of this kind may be about together, the oldest first."""
    rows = cases_visible(viewer, directory_now(viewer)).filter(jurisdiction=viewer.jurisdiction_id, state__in=READY_FOR.get(kind.name, ()))
    return [(number, f"{title}（{number}）") for number, title in rows.order_by("id").values_list("number", "title")[:MOST]]
