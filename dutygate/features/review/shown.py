"""审核 as its tab, its sheet and its forms show it: seats x five points, with words for every finding (Articles 3, 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dutygate.base.actions.days import local_day
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.cases.duties import in_own_cause
from dutygate.features.cases.sections import Reading
from dutygate.features.review import words
from dutygate.features.review.queries import reads_review, substitutions_of
from dutygate.features.review.section import review_section
from dutygate.law.regulation.edition import Edition


@dataclass(frozen=True, slots=True)
class Cell:
    """审核重点: what was found on one point; ``finding`` is "" where nothing was, ``lapsed`` where it no longer holds."""

    point: str
    label: str
    finding: str = ""
    word: Any = ""
    text: str = ""
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """认定: necessity, excluded powers, emergency, still temporary; ``good``: nothing in it speaks against admission."""

    name: str
    word: Any
    good: bool
    cites: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SeatLine:
    """席位: who sits there, and what that unit found; ``at`` is None where it has not assessed.

    ``own_cause``: the applicant sits there and must be replaced. ``instead``: whom the unit replaces, and ``why``.
    """

    seat: str
    label: str
    unit: str
    short: str = ""
    own_cause: bool = False
    instead: str = ""
    why: str = ""
    at: datetime | None = None
    entered_by: str = ""
    document_number: str = ""
    scan: str = ""
    cells: tuple[Cell, ...] = ()
    found: tuple[Found, ...] = ()
    recommends: str = ""
    recommendation: Any = ""
    text: str = ""

    @property
    def whole(self) -> bool:
        """It was assessed on every point, and nothing of it has lapsed."""
        return self.at is not None and all(cell.finding and not cell.lapsed for cell in self.cells)

    @property
    def written(self) -> bool:
        """There is more to read than the marks."""
        return bool(
            self.text
            or self.document_number
            or self.scan
            or any(cell.text for cell in self.cells)
            or any(found.reason for found in self.found)
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole review. ``open``: whether the reader may read findings, comments and hearings now; all else is what the section has."""

    open: bool
    points: tuple[tuple[str, str], ...]
    seats: tuple[SeatLine, ...]
    earlier: tuple[SeatLine, ...]
    comments: tuple[Mapping[str, Any], ...]
    hearings: tuple[Mapping[str, Any], ...]
    returns: tuple[Mapping[str, Any], ...]
    conclusion: Mapping[str, Any] | None
    refusal: Mapping[str, Any] | None

    @property
    def by_point(self) -> list[dict[str, Any]]:
        """The same the other way round, for a narrow page: [{label, cells}], a cell for each seat."""
        return [{"label": label, "cells": [line.cells[n] for line in self.seats]} for n, (_name, label) in enumerate(self.points)]

    @property
    def span(self) -> int:
        """How many columns stand beside a seat: the points, what else was found, the recommendation."""
        return len(self.points) + 2

    def against(self, outcome: str) -> tuple[SeatLine, ...]:
        """不同意见: the seats whose recommendation is another than this outcome, as the conclusion will name them."""
        return tuple(line for line in self.seats if line.at is not None and line.recommends != outcome)


def review_shown(reading: Reading, lang: str) -> Shown:
    """Everything of the review that the reader may see, in words; a fixed number of queries."""
    case, edition = reading.case, edition_by_digest(reading.case.edition_digest)
    plain = review_section(reading.viewer, reading)
    points = tuple((name, point.label.in_language(lang)) for name, point in edition.focus_points.items())
    lines = _Lines(reading, edition, points, lang)
    sitting = {(seat["seat"], _key(seat["unit"])) for seat in plain["seats"]}
    current = {(a["seat"], _key(a["unit"])): a for a in plain["assessments"] if not a["superseded"]}
    past = [a for a in plain["assessments"] if a["superseded"] or (a["seat"], _key(a["unit"])) not in sitting]
    return Shown(
        open=reads_review(reading.viewer, case, reading.directory, reading.on),
        points=points,
        seats=tuple(lines.of_seat(seat, current.get((seat["seat"], _key(seat["unit"])))) for seat in plain["seats"]),
        earlier=tuple(lines.of_assessment(a) for a in past),
        comments=tuple(_comment(line) for line in plain["comments"]),
        hearings=tuple(plain["hearings"]),
        returns=tuple({**line, "gaps": _gaps(line["gaps"], edition, lang)} for line in plain["returns"]),
        conclusion=_conclusion(plain["conclusion"], lines),
        refusal=plain["refusal"],
    )


def _key(unit: Mapping[str, str] | None) -> str:
    return unit["key"] if unit else ""


class _Lines:
    """Puts seats and assessments into words."""

    def __init__(self, reading: Reading, edition: Edition, points: Iterable[tuple[str, str]], lang: str) -> None:
        self.reading, self.edition, self.points, self.lang = reading, edition, tuple(points), lang
        self.substituted = {line.seat: line for line in substitutions_of(reading.viewer, reading.case)}
        apart = in_own_cause(reading.case, reading.on)
        self.apart = {_key(reading.unit(unit)) for unit in apart}

    def label(self, seat: str) -> str:
        return words.seat_label(self.edition, self.reading.directory, seat, self.reading.on, self.lang)

    def short(self, unit: Mapping[str, str] | None) -> str:
        return self.reading.directory.short_name_on(self.reading.directory.by_key(unit["key"]).id, self.reading.on) if unit else ""

    def of_seat(self, seat: Mapping[str, Any], made: Mapping[str, Any] | None) -> SeatLine:
        replaced = self.substituted.get(seat["seat"])
        former = self.reading.unit(replaced.former_id) if replaced else None
        return SeatLine(
            seat=seat["seat"],
            label=self.label(seat["seat"]),
            unit=seat["unit"]["name"] if seat["unit"] else "",
            short=self.short(seat["unit"]),
            own_cause=bool(seat["unit"]) and _key(seat["unit"]) in self.apart,
            instead=former["name"] if former else "",
            why=replaced.reason if replaced else "",
            **(self._made(made) if made else {"cells": tuple(Cell(name, label) for name, label in self.points)}),
        )

    def of_assessment(self, made: Mapping[str, Any]) -> SeatLine:
        return SeatLine(made["seat"], self.label(made["seat"]), made["unit"]["name"], **self._made(made))

    def _made(self, made: Mapping[str, Any]) -> dict[str, Any]:
        there = {p["point"]: p for p in made["points"]}
        return {
            "at": made["assessed_at"],
            "entered_by": made["entered_by"]["name"] if made["entered_by"] else "",
            "document_number": made["document_number"],
            "scan": made["scan"],
            "cells": tuple(_cell(name, label, there.get(name)) for name, label in self.points),
            "found": tuple(_found(made)),
            "recommends": made["recommends"],
            "recommendation": words.recommends_in(self.reading.case.kind).get(made["recommends"], made["recommends"]),
            "text": made["text"],
        }


def _cell(point: str, label: str, there: Mapping[str, Any] | None) -> Cell:
    if there is None:
        return Cell(point, label)
    finding = there["finding"]
    return Cell(point, label, finding, words.POINT.get(finding, finding), there["text"], there["lapsed"])


def _found(made: Mapping[str, Any]) -> Iterable[Found]:
    if made["necessity"]:
        yield Found("necessity", words.NECESSITY[made["necessity"]], made["necessity"] == "necessary", "1")
    if made["excluded_power"]:
        none = made["excluded_power"] == "none"
        yield Found("excluded_power", words.EXCLUDED[made["excluded_power"]], none, "1", made["excluded_power_reason"])
    if made["emergency"]:
        yield Found("emergency", words.EMERGENCY[made["emergency"]], made["emergency"] == "none", "7", made["emergency_reason"])
    if made["still_temporary"] is not None:
        yield Found("still_temporary", words.TEMPORARY["yes" if made["still_temporary"] else "no"], made["still_temporary"], "4.4")


def _comment(line: Mapping[str, Any]) -> dict[str, Any]:
    late = line["answered_at"] is not None and line["reply_by"] is not None and local_day(line["answered_at"]) > line["reply_by"]
    return {**line, "word": words.COMMENT[line["status"]], "late": late}


def _gaps(gaps: Iterable[Mapping[str, str]], edition: Edition, lang: str) -> list[dict[str, str]]:
    """The gaps of one notice, each with the name of its item ("" for the application as a whole)."""
    items = edition.all_items
    return [{"item": items[g["item"]].label.in_language(lang) if g["item"] in items else g["item"], "text": g["text"]} for g in gaps]


def _conclusion(conclusion: Mapping[str, Any] | None, lines: _Lines) -> dict[str, Any] | None:
    if conclusion is None:
        return None
    units = {unit.key: unit for unit in lines.reading.directory.units.values()}
    dissent = [
        {
            "label": lines.label(one["seat"]),
            "unit": lines.reading.directory.name_on(units[one["unit"]].id, lines.reading.on) if one["unit"] in units else one["unit"],
            "text": one["text"],
        }
        for one in conclusion["dissent"]
    ]
    return {
        **conclusion,
        "word": words.recommends_in(lines.reading.case.kind).get(conclusion["outcome"], conclusion["outcome"]),
        "dissent": dissent,
    }
