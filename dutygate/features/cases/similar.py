"""相似事项: what is on the lists, under way or was refused and is like a matter that somebody is about to apply for (4.1, 4.2).

A hint, for the department before it applies and for the lead before it accepts; nothing is stopped by it. The features say what of theirs
a viewer may see, through the scoped reads they have anyway; the likeness is that of ``base.search.likeness``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.base.actions.days import local_day
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.search.likeness import Asked
from dutygate.features.cases.sections import readable_cases

SHOWN: Final = 6
REVISIONS: Final = 4
"""So many rows of one duty may be found before they are shown as one."""
LEVELS: Final = ((0.85, gettext_noop("几乎一样")), (0.6, gettext_noop("很像")), (0.0, gettext_noop("有些像")))
STANDINGS: Final = {
    "in_force": gettext_noop("在清单上"),
    "not_yet": gettext_noop("已批准列入，还没到日子"),
    "ended": gettext_noop("曾在清单上"),
    "approved": gettext_noop("已批准，正在告知"),
    "open": gettext_noop("正在办理"),
    "refused": gettext_noop("不予准入"),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as it is shown. ``matter`` is the same for all rows that stand for one; ``standing`` one of STANDINGS, ``until`` its day."""

    matter: str
    title: str
    href: str
    unit_id: int | None
    standing: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of a feature. ``visible``: (viewer, jurisdiction id, ids) -> those that the viewer may see, with what is read of each in one
    statement; ``matters``: (viewer, the few of them that are alike, day) -> how they are shown.
    """

    visible: Callable[[ActingPost, int, Collection[int]], dict[int, Any]]
    matters: Callable[[ActingPost, Mapping[int, Any], date], dict[int, Matter]]


SOURCES: Final[list[Source]] = []
"""The features say what they have: cases here, duties in ``lists``."""


def similar_matters(
    viewer: ActingPost, directory: Directory, name: str, content: str, on: date, *, case_id: int = 0
) -> list[dict[str, Any]]:
    """[{title, href, unit, standing, standing_label, until, level, words, more_words}], most alike first; ``case_id``: not this one.

    A fixed number of statements, however many matters there are; none while nothing is typed.
    """
    asked = Asked(name, content)
    rows = [row for row in asked.candidates() if row != case_id]
    if not rows:
        return []
    visible = [source.visible(viewer, directory.jurisdiction.id, rows) for source in SOURCES]
    alike = asked.alike((row for row in rows if any(row in there for there in visible)), SHOWN * REVISIONS)
    matters: dict[int, Matter] = {}
    for source, there in zip(SOURCES, visible, strict=True):
        matters |= source.matters(viewer, {one.id: there[one.id] for one in alike if one.id in there}, on)
    best: dict[str, dict[str, Any]] = {}
    for one in alike:
        if (matter := matters.get(one.id)) is not None:
            best.setdefault(matter.matter, {**_shown(matter, directory, on), **_why(one)})
    return list(best.values())[:SHOWN]


def _shown(matter: Matter, directory: Directory, on: date) -> dict[str, Any]:
    known = matter.unit_id is not None and matter.unit_id in directory.units
    return {
        "title": matter.title,
        "href": matter.href,
        "unit": directory.name_on(matter.unit_id, on) if known and matter.unit_id is not None else "",
        "standing": matter.standing,
        "standing_label": _(STANDINGS[matter.standing]),
        "until": matter.until,
    }


def _why(one: Any) -> dict[str, Any]:
    level = next(label for least, label in LEVELS if one.score >= least)
    return {
        "level": _(level),
        "words": _quoted(one.in_name),
        "more_words": _quoted(word for word in one.in_content if word not in one.in_name),
    }


def _quoted(found: Iterable[str]) -> str:
    return "".join(f"“{word}”" for word in found)


_CASE: Final = ("id", "number", "title", "initiator_id", "outcome", "closed_at")


def _cases(viewer: ActingPost, jurisdiction: int, rows: Collection[int]) -> dict[int, Any]:
    """Cases under way and refused ones. What was admitted is shown as the duty that it has become, what was withdrawn is not shown."""
    cases = readable_cases(viewer).filter(pk__in=rows, jurisdiction=jurisdiction)
    cases = cases.exclude(state="withdrawn").exclude(state="done", outcome="approved")
    return {row[0]: row for row in cases.values_list(*_CASE)}


def _as_matters(viewer: ActingPost, cases: Mapping[int, Any], on: date) -> dict[int, Matter]:
    found = {}
    for case, number, title, unit, outcome, closed_at in cases.values():
        standing = outcome if outcome in ("refused", "approved") else "open"
        until = local_day(closed_at) if closed_at and standing == "refused" else None
        found[case] = Matter(f"case {case}", title, reverse("case", args=[number]), unit, standing, until)
    return found


SOURCES.append(Source(_cases, _as_matters))
