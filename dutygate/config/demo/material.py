"""What the demo is made of, read from ``demo/<place>/*.yaml``. The headers of these files say what each key means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from dutygate.law.regulation.reading import parse_yaml

PLACE: Final = "arun"
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Material:
    """Organizations, matters and story, as plain values; days are ISO text. ``matters`` by key; ``bases`` are laws with their days."""

    organizations: Plain
    matters: Mapping[str, Plain]
    story: Plain
    bases: tuple[Plain, ...] = ()

    @property
    def banner(self) -> str:
        """The division code of the jurisdiction in which the story plays."""
        return str(self.organizations["banner"]["code"])

    @property
    def cases(self) -> list[Plain]:
        """The cases of the story, each with its steps, the state it ends in and what it shows."""
        return list(self.story["cases"])

    @property
    def people(self) -> list[Plain]:
        """Everybody, townships first."""
        return list(self.organizations["people"])

    def code_of(self, unit: Plain) -> str:
        """The jurisdiction of a unit of ``organizations``: townships have no level, they are the banner's."""
        return str(self.organizations[unit.get("level", "banner")]["code"])

    def units(self) -> dict[str, Plain]:
        """Bodies and townships by their own key, in the order of the file."""
        return {unit["key"]: unit for part in ("units", "townships") for unit in self.organizations[part]}

    def full_key(self, unit: str) -> str:
        """A unit's key as the system knows it: "naji" is 150721.naji."""
        return f"{self.code_of(self.units()[unit])}.{unit}"

    def handler_of(self, unit: str) -> str:
        """The user name of the first 经办人 of a unit. Raises LookupError when the demo has nobody there."""
        for person in self.people:
            if person["unit"] == unit and "handler" in person["posts"]:
                return str(person["username"])
        raise LookupError(f"nobody in the demo is a handler of {unit}")


@lru_cache(maxsize=1)
def material(place: str = PLACE) -> Material:
    """The demo's material. Raises EditionError (a ValueError) when a file is not what it should be."""
    read = {name: _read(place, name) for name in ("organizations", "matters", "story", "bases")}
    matters = {matter["key"]: matter for matter in read["matters"]["matters"]}
    return Material(read["organizations"], matters, read["story"], tuple(read["bases"]["bases"]))


def _read(place: str, name: str) -> Any:
    path = files("dutygate.config.demo") / place / f"{name}.yaml"
    return parse_yaml(path.read_text(encoding="utf-8"), f"demo/{place}/{name}.yaml")
