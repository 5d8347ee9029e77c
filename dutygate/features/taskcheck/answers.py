"""两个答复（第七条）: where a task stands, and whether its form is one in which nothing may be handed down. Reads only; nothing is kept.

Both are hints that a person settles. A fixed number of statements, however long the lists are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.search.likeness import Likeness
from dutygate.base.search.noticed import Noticed, core_of, title_of
from dutygate.features.lists.queries.finding import HeldOn, OfDuty, days_of, held_on, revisions_known, revisions_of_township
from dutygate.features.taskcheck.models import Deployment
from dutygate.features.taskcheck.numbers import numbers_in
from dutygate.features.taskcheck.queries import deployments_holding
from dutygate.law.regulation.edition import BodyAbove, Edition, Hint

SURE: Final = 0.85
"""So much alike counts as the same matter; below it the entry is one of those that are like it."""
SHOWN: Final = 6
COMPARED: Final = 40
ADMITTED: Final = ("on_list", "temporary", "deployed")
"""Standings under which a task has come to the township by a road that Article 7 knows."""
STANDINGS: Final = (*ADMITTED, "taken_back", "emergency", "above", "similar", "not_on_list")


@dataclass(frozen=True, slots=True)
class Asked:
    """A task as it was brought: its text, the date of the paper, who sent it ("" unknown), and whose list (unit id; None: any)."""

    text: str
    paper_on: date
    sender: str = ""
    township: int | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry like the task. ``held``: as it stands on that day on the asked township's list, else on another's; None = not that day.

    ``here``: it is the asked township's (or no township was asked); ``standing`` and ``last_day`` as in ``days_of``.
    """

    duty_id: int
    code: str
    title: str
    lead_unit_id: int | None
    score: float
    words: tuple[str, ...]
    held: HeldOn | None
    here: bool
    townships: tuple[int, ...]
    standing: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class FormFound:
    """A form of Article 7 with the places that show it. ``excused``: it is none for what is admitted or deployed, as this is.
    ``always``: it is one for every matter, whether it is on a list or not.
    """

    form: str
    hints: tuple[Hint, ...]
    excused: bool
    always: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Both answers. ``standing`` is the first of STANDINGS that holds; the rest of what was found stands beside it."""

    asked: Asked
    title: str
    standing: str
    entry: Alike | None
    alike: tuple[Alike, ...]
    deployment: Deployment | None
    above: tuple[BodyAbove, str] | None
    emergency: tuple[Hint, ...]
    forms: tuple[FormFound, ...]
    sender_key: str = ""
    """The key of the department that sent it, by its name; "" where nothing names one."""

    @property
    def subject(self) -> str:
        """What the title is about, without the words of a notice around it."""
        return core_of(self.title)

    @property
    def forbidden(self) -> bool:
        """Whether a form is left that is not excused."""
        return any(not found.excused for found in self.forms)


def answer(viewer: ActingPost, directory: Directory, edition: Edition, asked: Asked) -> Answer:
    """Both answers to a task, on the day of its paper, within what the viewer may read."""
    noticed = Noticed(asked.text)
    rows = noticed.candidates()
    place = directory.jurisdiction.id
    deployments = deployments_holding(viewer, place, asked.paper_on, numbers_in(asked.text), rows)
    alike, likenesses = _alike(viewer, place, noticed, rows, deployments, asked)
    entry = next((one for one in alike if one.here and one.score >= SURE), None)
    deployment = _deployed(deployments, likenesses, asked)
    above = edition.handing_down.level_above(asked.text, asked.sender)
    emergency = tuple(edition.exclusions.wording["emergency"].hints(asked.text)) if "emergency" in edition.exclusions.wording else ()
    standing = _standing(entry, deployment, above, emergency, alike)
    return Answer(
        asked,
        title_of(asked.text),
        standing,
        entry,
        tuple(one for one in alike if one is not entry)[:SHOWN],
        deployment,
        above,
        emergency,
        _forms(directory, edition, asked, standing),
        _sender(directory, asked),
    )


def _alike(
    viewer: ActingPost, place: int, noticed: Noticed, rows: Sequence[int], deployments: dict[int, Deployment], asked: Asked
) -> tuple[list[Alike], dict[int, Likeness]]:
    duties = revisions_known(viewer, place, rows)
    mine = revisions_of_township(viewer, asked.township, list(duties), asked.paper_on) if asked.township is not None else set()
    order = {row: number for number, row in enumerate(rows)}
    # One's own list first: where many townships have the same entry, theirs must not crowd it out.
    chosen = sorted((row for row in rows if row in duties or row in deployments), key=lambda row: (row not in mine, order[row]))
    likenesses = {one.id: one for one in noticed.alike(chosen, COMPARED)}
    best: dict[int, tuple[OfDuty, Likeness]] = {}
    for row, one in likenesses.items():
        if row in duties:
            best.setdefault(duties[row].id, (duties[row], one))
    held, days = held_on(viewer, best, asked.paper_on), days_of(viewer, best, asked.paper_on)
    found = [_one(duty, one, held.get(key, []), days[key], asked.township) for key, (duty, one) in best.items() if key in days]
    return sorted(found, key=lambda one: (-round(one.score, 3), not one.here, one.standing != "in_force", one.code)), likenesses


def _one(duty: OfDuty, one: Likeness, held: list[HeldOn], day: tuple[str, date | None], township: int | None) -> Alike:
    own = next((line for line in held if township is None or line.township_id == township), None)
    shown = own or (held[0] if held else None)
    townships = tuple(dict.fromkeys(line.township_id for line in held))
    return Alike(
        duty.id,
        duty.code,
        shown.title if shown else duty.title,
        shown.lead_unit_id if shown else duty.lead_unit_id,
        one.score,
        one.in_name,
        shown,
        own is not None,
        townships,
        day[0],
        shown.last_day if shown else day[1],
    )


def _deployed(deployments: dict[int, Deployment], likenesses: dict[int, Likeness], asked: Asked) -> Deployment | None:
    """The one whose number stands in the text, else the one whose title it is."""
    keys = numbers_in(asked.text)
    named = [row for row in deployments.values() if row.number_key in keys]
    titled = [row for key, row in deployments.items() if key in likenesses and likenesses[key].score >= SURE]
    return next(iter(sorted(named or titled, key=lambda row: -row.id)), None)


def _standing(
    entry: Alike | None,
    deployment: Deployment | None,
    above: tuple[BodyAbove, str] | None,
    emergency: Sequence[Hint],
    alike: Sequence[Alike],
) -> str:
    if entry is not None and entry.held is not None:
        return {"temporary": "temporary", "taken_back": "taken_back"}.get(entry.held.section, "on_list")
    if deployment is not None:
        return "deployed"
    if emergency:
        return "emergency"
    if above is not None:
        return "above"
    return "similar" if alike else "not_on_list"


def _forms(directory: Directory, edition: Edition, asked: Asked, standing: str) -> tuple[FormFound, ...]:
    """By form, in the order of the edition. What comes by a known road is handed over by nobody without admission."""
    tasks = edition.handing_down
    hints = tasks.hints(asked.text, department_names(directory, asked.paper_on))
    found = []
    for form in tasks.forms.values():
        mine = tuple(hint for hint in hints if hint.wording == form.id)
        if mine:
            known_road = standing in ADMITTED or standing in ("above", "emergency")
            found.append(FormFound(form.id, mine, form.excused and known_road, not form.excused))
    return tuple(found)


def _sender(directory: Directory, asked: Asked) -> str:
    """By what was said of the sender, else by a department's full name at the head or the foot of the text."""
    on = asked.paper_on
    lines = [line.strip() for line in asked.text.splitlines() if line.strip()]
    said = (asked.sender, *lines[:4], *lines[4:][-4:])
    named = [
        (directory.name_on(unit, on), directory.short_name_on(unit, on), directory.unit(unit).key)
        for unit in directory.of_kind("department", on)
    ]
    for line in said:
        for full, short, key in named:
            if line and (line.startswith(full) or line == short):
                return key
    return ""


def department_names(directory: Directory, on: date) -> list[str]:
    """Full and short names of the departments of that day; not of the banner committee and government, who may deploy."""
    banner = {unit for seat, unit in directory.seats(on).items() if seat in ("banner_committee", "banner_government")}
    found: list[str] = []
    for unit in directory.of_kind("department", on):
        if unit not in banner:
            found += [directory.name_on(unit, on), directory.short_name_on(unit, on)]
    return list(dict.fromkeys(name for name in found if len(name) >= 3))
