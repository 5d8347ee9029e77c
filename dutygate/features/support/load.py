"""现有负担 (4.1, 4.2, 5): what a township carries, for who consents or assesses: duties in force, what ends, money of this year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.lists.queries import counts_of_townships
from dutygate.features.lists.queries.held import temporary_ends
from dutygate.features.lists.words import SECTIONS
from dutygate.features.support.shown import load_shown

CARRIED: Final = ("basic", "cooperative", "admitted", "temporary")
"""The sections that a township has to do; what was taken back it does no longer."""


def load_lines(viewer: ActingPost, directory: Directory, townships: Sequence[int], on: date) -> list[dict[str, Any]]:
    """A line for each of these townships: {name, sections: [{label, count}], duties, ends, more, owed, received, open, year}.

    Three queries, however many townships. A township reads its own line alone.
    """
    if viewer.unit_kind == "township":
        townships = [unit for unit in townships if unit == viewer.unit_id]
    counts = counts_of_townships(viewer, townships, on)
    ends, money = temporary_ends(viewer, townships, on), load_shown(viewer, directory.jurisdiction.id, townships, on.year)
    lines = []
    for unit in townships:
        by_section = {name: sum(n for (_list, section), n in counts.get(unit, {}).items() if section == name) for name in CARRIED}
        temporary = [{"title": title, "last_day": day} for title, day in ends.get(unit, [])]
        lines.append(
            {
                "name": directory.name_on(unit, on),
                "sections": [{"label": _(SECTIONS[name]), "count": by_section[name]} for name in CARRIED],
                "duties": sum(by_section.values()),
                "ends": temporary[:3],
                "more": max(0, len(temporary) - 3),
                "year": on.year,
                **money[unit],
            }
        )
    return lines
