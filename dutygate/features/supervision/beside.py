"""线索旁边的: what features above add to the page of a report, each within what the viewer's side may know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.supervision.queries import Here, Seen

Beside = Callable[[ActingPost, Here, Seen], dict[str, Any] | None]
BESIDE: Final[list[tuple[str, Beside]]] = []
"""(template, what it shows); None = nothing for this viewer."""


def stands_beside(template: str) -> Callable[[Beside], Beside]:
    """Register what is shown on the page of a report, by a template of its own that finds it as ``beside``."""

    def register(shows: Beside) -> Beside:
        BESIDE.append((template, shows))
        return shows

    return register


def beside(viewer: ActingPost, place: Here, seen: Seen) -> list[dict[str, Any]]:
    """{template, shown} for each that has something to show."""
    found = [(template, shows(viewer, place, seen)) for template, shows in BESIDE]
    return [{"template": template, "shown": shown} for template, shown in found if shown]
