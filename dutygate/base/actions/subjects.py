"""What an open task or a message is about, beside cases: how it is called, and where its pages are. Features register their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from dutygate.base.catalogue.action import ActingPost


@dataclass(frozen=True, slots=True)
class Subjects:
    """One kind of subject. ``fits`` tells it by its name (150721-D-0001), ``titles`` calls those that the viewer may read,
    ``page`` is where one is read, ``act`` where an action on it is done.
    """

    fits: Callable[[str], bool]
    titles: Callable[[ActingPost, Collection[str]], Mapping[str, str]]
    page: Callable[[str], str]
    act: Callable[[str, str], str]


_kinds: Final[list[Subjects]] = []


def shows_subjects(kind: Subjects) -> Subjects:
    """Make a kind of subject known."""
    _kinds.append(kind)
    return kind


def kind_of(subject: str) -> Subjects | None:
    """The kind of a subject, or None: a case, or nothing with a page."""
    return next((kind for kind in _kinds if kind.fits(subject)), None)


def titles_of_subjects(viewer: ActingPost, subjects: Collection[str]) -> dict[str, str]:
    """Subject -> what it is called, for those of a registered kind that the viewer may read."""
    found: dict[str, str] = {}
    for kind in _kinds:
        if own := [subject for subject in subjects if kind.fits(subject)]:
            found.update(kind.titles(viewer, own))
    return found
