"""消息 in words: the names behind the parameters of messages, from the directories and the edition that hold now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop

from dutygate.base.actions.naming import directory_for, edition_now, label_in, newest_procedure
from dutygate.base.actions.subjects import kind_of, titles_of_subjects
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.queries import MessageLine
from dutygate.base.notices.telling import sentence
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.base.organizations.queries import colleagues, public_jurisdictions
from dutygate.base.ui.templatetags.dutygate import day
from dutygate.features.cases.showing import titles_of

OF_A_MEETING: Final = ("conference_called", "round_called", "agenda_changed", "minutes_finished")
"""Kinds that are told to the members of the conference alone: each may open the meeting."""
ON_ONE_PAGE: Final = {
    "parameters_adopted": "law_parameters",
    "law_asked": "law_questions",
    "law_interpreted": "law_questions",
    "letterhead_set": "paper_letterheads",
    "edition_began": "editions",
    "edition_published": "editions",
}
"""Kinds of messages about the law or the office as a whole, and where it stands."""
SETTLEMENTS: Final = {
    "accept": gettext_noop("接受回应，条件了结"),
    "withdraw": gettext_noop("撤回条件"),
    "keep": gettext_noop("仍坚持条件"),
}
OUTCOMES: Final = {
    "for": gettext_noop("同意"),
    "against": gettext_noop("不同意"),
    "return": gettext_noop("退回"),
    "admit": gettext_noop("同意"),
    "not_admit": gettext_noop("不予同意"),
}


class Naming:
    """How the values of parameters are called. Directories are read once for each jurisdiction that a page speaks of."""

    def __init__(self, viewer: ActingPost, lang: str, on: date) -> None:
        self.viewer, self.lang, self.on = viewer, lang, on
        self.edition, self.procedure = edition_now(), newest_procedure()
        self.directories: dict[str, Directory | None] = {}
        self.people: dict[str, str] | None = None

    def names(self, params: Mapping[str, Any]) -> dict[str, str]:
        """Every parameter as it is called."""
        return {name: self._named(name, value) for name, value in params.items() if isinstance(value, str | int | bool)}

    def _named(self, name: str, value: Any) -> str:
        told: dict[str, Callable[[str], str]] = {
            "township": self._unit,
            "unit": self._unit,
            "seat": self._seat,
            "body": self._seat,
            "task": lambda action: label_in(self.procedure.labels.get(action), self.lang, action),
            "user": self._person,
            "settlement": lambda v: gettext(SETTLEMENTS.get(v, v)),
            "outcome": lambda v: gettext(OUTCOMES.get(v, v)),
            "valid_from": day,
            "last_day": day,
            "day": day,
            "provision": self._provision,
            "valid_to": day,
            "reply_by": lambda v: day(v) or gettext("没有规定期限"),
        }
        return told.get(name, str)(str(value))

    def _unit(self, key: str) -> str:
        code = key.partition(".")[0]
        if code not in self.directories:
            place = next((p.id for p in public_jurisdictions() if p.code == code), None)
            self.directories[code] = None if place is None else directory_for(place)
        directory = self.directories[code]
        try:
            return directory.name_on(directory.by_key(key).id, self.on) if directory is not None else key
        except UnknownUnit:
            return key

    def _seat(self, seat: str) -> str:
        kind, _, unit = seat.partition(":")
        found = self.edition.seats.get(kind)
        label = found.label.in_language(self.lang) if found else seat
        return f"{label} {self._unit(unit)}" if unit else label

    def _provision(self, name: str) -> str:
        found = self.edition.provisions.get(name)
        return found.label.in_language(self.lang) if found else name

    def _person(self, username: str) -> str:
        if self.people is None:
            self.people = {one.username: one.name for one in colleagues(self.viewer, self.on)}
        return self.people.get(username, username)


def in_words(viewer: ActingPost, lines: Iterable[MessageLine], lang: str, on: date) -> list[dict[str, Any]]:
    """Messages as a page shows them: {text, number, title, href, recorded_at, unread}; no number where it is only the banner's code."""
    shown = list(lines)
    cases = titles_of(viewer, (line.subject for line in shown))
    titles = {**titles_of_subjects(viewer, {line.subject for line in shown}), **cases}
    naming = Naming(viewer, lang, on)
    return [
        {
            "text": sentence(line.kind, naming.names(line.params)),
            "number": line.subject if "-" in line.subject else "",
            "title": titles.get(line.subject, ""),
            "href": reverse("case", args=[line.subject]) if line.subject in cases else _elsewhere(line, titles),
            "recorded_at": line.recorded_at,
            "unread": line.read_at is None,
        }
        for line in shown
    ]


def _elsewhere(line: MessageLine, titles: Mapping[str, str]) -> str:
    """A duty, a promise, a paper and a meeting have pages of their own; what the viewer cannot open is not linked."""
    if line.kind in OF_A_MEETING:
        return reverse("meeting", args=[line.subject])
    if line.kind in ON_ONE_PAGE:
        return reverse(ON_ONE_PAGE[line.kind])
    if line.subject in titles and (kind := kind_of(line.subject)) is not None:
        return kind.page(line.subject)
    named = next((name for name in ("duty", "paper") if name in line.params), "")
    if not named:
        return ""
    try:
        return reverse(named, args=[line.params[named]])
    except NoReverseMatch:
        return ""
