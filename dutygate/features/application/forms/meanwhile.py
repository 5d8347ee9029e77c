"""别人这时改了什么: what changed in the text between the opening of a page and now, field by field.

A form carries a short digest of what each field held when it was opened. So it can tell apart what its writer typed, what somebody
else has changed since, and where both happened: there the present text is shown beside the typed one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that changed meanwhile. ``taken``: the writer had not touched it, and now it holds the present text."""

    name: str
    now: Any
    typed: Any
    taken: bool


def plain(value: Any) -> str:
    """A value of a field as one compares it: lines as the browser does not send them, lists in order."""
    if isinstance(value, list | tuple):
        return "\n".join(sorted(str(part) for part in value))
    return "\n".join(line.rstrip() for line in str("" if value is None else value).replace("\r\n", "\n").strip().split("\n"))


def digest(value: Any) -> str:
    """A few digits that tell two texts apart."""
    return blake2s(plain(value).encode(), digest_size=6).hexdigest()


def base_of(held: Mapping[str, Any]) -> str:
    """What the form carries: {field: digest of what it held}, the empty ones left out."""
    return json.dumps({name: digest(value) for name, value in held.items() if plain(value)}, separators=(",", ":"))


def differences(base: str, held: Mapping[str, Any], typed: Mapping[str, Any]) -> list[Difference]:
    """Where ``held`` (now) is no longer what it was at ``base``. [] where nobody changed anything, or both wrote the same."""
    try:
        was = json.loads(base)
    except ValueError:
        return []
    if not isinstance(was, dict):
        return []
    found, nothing = [], digest("")
    for name in dict.fromkeys((*held, *was)):
        now, mine = held.get(name, ""), typed.get(name, "")
        before = was.get(name, nothing)
        if digest(now) == before or plain(now) == plain(mine):
            continue
        found.append(Difference(name, now, mine, digest(mine) == before))
    return found
