"""Names for whoever reads an answer: units, states, actions, lights; from the edition and the directory that hold now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory, public_jurisdiction
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.law_here import law_of_this_place
from dutygate.law.procedure.table import Label, Procedure, procedure_of
from dutygate.law.regulation.edition import Edition, NoEditionInForce, package_editions


def edition_now() -> Edition:
    """The edition in force today where the reader acts; when there is none, the newest whose content is known."""
    today, law = local_day(clock.now()), law_of_this_place()
    known = [edition for edition in law.editions if edition.content_published]
    try:
        found = law.edition_on(today)
    except NoEditionInForce:
        return known[-1]
    return found if found.content_published else known[-1]


def newest_procedure() -> Procedure:
    """The procedure table of the newest edition whose content is known."""
    return procedure_of([edition for edition in package_editions().values() if edition.content_published][-1])


def directory_for(jurisdiction_id: int) -> Directory:
    """The directory of a jurisdiction as it stands."""
    return public_directory(jurisdiction_id, reference_version_of(jurisdiction_id))


def unit_name(key: str) -> str:
    """The name of a unit by its key. Raises LookupError for what is no unit's key."""
    return unit_namer()(key)


def unit_namer() -> Callable[[str], str]:
    """The same for many keys: each jurisdiction is looked up once."""
    places: dict[str, Directory] = {}

    def name(key: str) -> str:
        code = key.partition(".")[0]
        if code not in places:
            place = public_jurisdiction(code)
            if place is None:
                raise LookupError(key)
            places[code] = directory_for(place.id)
        return places[code].by_key(key).name

    return name


def named(directory: Directory, unit_id: int | None, on: date) -> dict[str, str] | None:
    """{key, name} of a unit on a day, or None."""
    if unit_id is None or unit_id not in directory.units:
        return None
    return {"key": directory.units[unit_id].key, "name": directory.name_on(unit_id, on)}


def label_in(label: Label | None, lang: str, fallback: str) -> str:
    """A label in the language asked for."""
    if label is None:
        return fallback
    return label.en if lang == "en" else label.zh


class Timed(Protocol):
    """What a light is made from: an open task."""

    @property
    def opened_on(self) -> date: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def warn_on(self) -> date | None: ...
    @property
    def paused_on(self) -> date | None: ...


def light_of(directory: Directory, task: Timed, today: date) -> dict[str, Any]:
    """红黄绿灯 of an open task: {opened_on, due_on, provisional, paused_on, light, days_left}; the last two null where the edition sets
    no limit. ``light`` is "paused" while the time of the task stands still: then no last day is known, and no days are left to count.
    Days are working days, negative when late.
    """
    known = {"opened_on": task.opened_on, "due_on": task.due_on, "provisional": task.provisional, "paused_on": task.paused_on}
    if task.due_on is None:
        return {**known, "light": None, "days_left": None}
    if task.paused_on is not None:
        return {**known, "due_on": None, "provisional": False, "light": "paused", "days_left": None}
    calendar, warn = directory.calendar(), task.warn_on
    if warn is None:  # a row of an earlier release
        light: str = calendar.light(task.opened_on, task.due_on, today)
    else:
        light = "red" if today > task.due_on else "yellow" if today >= warn else "green"
    return {**known, "light": light, "days_left": calendar.working_days_between(today, task.due_on)}
