"""What the API answers about the conference (Article 3)."""

from __future__ import annotations

from datetime import date, datetime

from dutygate.config.api.schemas import Shape, UnitOut


class MeetingLine(Shape):
    """One meeting or written round (``form``: meeting, written). ``day``: of the meeting, or the last day of the round."""

    number: str
    title: str
    form: str
    status: str
    day: date
    place: str
    items: int
    concluded: int


class MeetingsOut(Shape):
    """A page of meetings, newest first."""

    items: list[MeetingLine]
    next: str | None


class CameOut(Shape):
    """How a unit took part: "" (not recorded yet), present, absent, sits_in."""

    unit: UnitOut | None
    called: bool
    how: str
    person: str
    note: str


class ItemOut(Shape):
    """One case of the agenda. ``outcome``: "", admit, not_admit, next_time; ``revision``: the text that was dealt with."""

    case: str
    title: str
    initiator: UnitOut | None
    removed: bool
    removed_reason: str
    outcome: str
    text: str
    revision: int
    concluded_at: datetime | None


class AdoptedOut(Shape):
    """A parameter that was set on these minutes. ``values`` by track, or for "all"."""

    parameter: str
    edition: str
    values: dict[str, bool | int | str | None]
    effective_from: date
    source: str
    guided_by: str


class MeetingOut(MeetingLine):
    """The whole meeting. ``minutes`` is "" for whoever may not read them yet; ``expected`` is what the next action is based on."""

    note: str
    called_on: date
    chair: str
    recorder: str
    minutes: str
    minutes_number: str
    minutes_on: date | None
    attendance: list[CameOut]
    agenda: list[ItemOut]
    adopted: list[AdoptedOut]
    expected: dict[str, int]
