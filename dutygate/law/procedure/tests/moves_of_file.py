"""The moves as the raw procedure.yaml has them, expanded here by hand: not a line of the program under test is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def moves_of_file(raw: Mapping[str, Any]) -> set[tuple[str, str, str, str]]:
    """(source, action, question or "", target) of every line of the file."""
    states = list(raw["states"])
    still_open = [name for name in states if not raw["states"][name].get("final")]
    found = set()
    for line in raw["actions"]:
        sources = {"any": states, "open": still_open}.get(line["from"][0], line["from"])
        forks = [["", line["to"]]] if isinstance(line["to"], str) else line["to"]
        for source in sources:
            for question, target in forks:
                found.add((source, line["action"], question, source if target == "same" else target))
    return found
