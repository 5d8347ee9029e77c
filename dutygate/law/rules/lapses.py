"""What a change of the text undoes: opinions of townships (4.1) and findings of seats (4.2). Pure; the same for tables and walk."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

# Not items, and yet part of what a township agrees to: for how long, and in whose name.
JUDGED_MARKS: Final = ("track", "ends_on", "mode")
# The legal seat found on the declared class and on emergencies as they were declared then; the track decides what else it finds.
FOUND_ON_MARKS: Final = ("declared_class", "handles_emergency", "track", "ends_on")
FOUND_ON_POINTS: Final = ("content", "legal_basis")
WITHOUT_BURDEN: Final = ("name", "legal_basis")


def opinions_lapse(edition: Edition, changed: Collection[str]) -> bool:
    """Whether an edit of these items (ids) or marks of the case (``JUDGED_MARKS``) undoes the opinions of the townships it concerns."""
    judged = {item.id for item in edition.all_items.values() if item.judged_by_townships}
    return any(name in judged or name in JUDGED_MARKS for name in changed)


def adds_burden(edition: Edition, changed: Collection[str]) -> bool:
    """Whether an adjustment of these items or marks may add to what a township carries, so that it takes its consent (4.5).

    What it is called and what it rests on may change without: the law that changes is no township's to refuse. Of all else nobody but the
    township can say that it is not more.
    """
    return opinions_lapse(edition, [name for name in changed if name not in WITHOUT_BURDEN])


def points_lapsed(edition: Edition, changed: Collection[str]) -> frozenset[str]:
    """The focus points whose findings an edit of these items or marks undoes: the edition's item -> focus map, and for the
    declared class, emergencies, track and end the points on content and legal basis.
    """
    items = edition.all_items
    by_item = {point for name in changed if name in items for point in items[name].focus}
    by_mark = set(FOUND_ON_POINTS) & set(edition.focus_points) if set(changed) & set(FOUND_ON_MARKS) else set()
    return frozenset(by_item | by_mark)
