"""One attempt of a random walk, and what a whole run has seen (all articles)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 200


@dataclass(frozen=True)
class Attempt:
    """Somebody tries something. ``malformed``: its very form is wrong. ``days_ago``: it was done on paper some days before.

    ``how``: "program"; "page", based on what the page showed; "stale" or "bare", on too old a page or on none; "twice", with a key
    and sent again; "set", by one document for several cases.
    """

    who: str
    action: str
    payload: Mapping[str, Any]
    malformed: bool = False
    how: str = "program"
    days_ago: int = 0

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.payload.items())
        short = said if len(said) <= LONGEST else f"{said[:LONGEST]} ..."
        return f"{self.who}: {self.action}({short}) {self.how}" + (f", {self.days_ago} days ago" if self.days_ago else "")


@dataclass
class Seen:
    """What a whole run has seen: (action, what became of it), and states. ``scans``: the page that each person brought."""

    attempts: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    scans: dict[str, str] = field(default_factory=dict)
