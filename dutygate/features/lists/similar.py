"""相似事项 on the lists: duties in force, and those that were on a list before: an earlier term is seen when it is asked for again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.similar import SOURCES, Matter, Source
from dutygate.features.lists.queries.finding import days_of, revisions_visible

_REVISION: Final = ("id", "duty_id", "duty__code", "duty__title", "duty__lead_unit_id")


def _revisions(viewer: ActingPost, jurisdiction: int, rows: Collection[int]) -> dict[int, Any]:
    """Revisions of duties; every one stands for its duty, which is shown by its last title."""
    found = revisions_visible(viewer).filter(pk__in=rows, jurisdiction=jurisdiction)
    return {row[0]: row for row in found.values_list(*_REVISION)}


def _as_matters(viewer: ActingPost, revisions: Mapping[int, Any], on: date) -> dict[int, Matter]:
    """A duty of which no entry is known any more is none."""
    days = days_of(viewer, {row[1] for row in revisions.values()}, on)
    found = {}
    for revision, duty, code, title, unit in revisions.values():
        if duty in days:
            found[revision] = Matter(f"duty {duty}", title, reverse("duty", args=[code]), unit, *days[duty])
    return found


SOURCES.append(Source(_revisions, _as_matters))
