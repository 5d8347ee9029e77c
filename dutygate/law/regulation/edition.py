"""法规版本：one version of the regulation as a value, known by its digest (preamble, Articles 10 and 11).

An edition is read from a folder of YAML files in the package, or back from the bytes of `Edition.canonical()`
that a database keeps. Two editions are equal when their digests are; a corrected YAML is a new digest.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from .canonical import canonical, digest_of_bytes
from .exclusions import Exclusions, Form, Hint, PowerClass, Wording
from .handing_down import BodyAbove, HandingDown, TaskForm
from .parts import (
    ALL,
    ChangeReason,
    FocusPoint,
    Item,
    Parameter,
    Principle,
    Provision,
    Seat,
    Text,
    Track,
    Value,
)
from .plain import edition_fields, plain_edition
from .reading import EditionError, Plain, parse_yaml

__all__ = [
    "ALL",
    "BodyAbove",
    "ChangeReason",
    "Edition",
    "EditionError",
    "Exclusions",
    "FocusPoint",
    "Form",
    "HandingDown",
    "Hint",
    "Item",
    "NoEditionInForce",
    "Parameter",
    "PowerClass",
    "Principle",
    "Provision",
    "Seat",
    "TaskForm",
    "Text",
    "Track",
    "UnknownParameter",
    "Value",
    "Wording",
    "edition_text",
    "in_force",
    "load_edition",
    "may_open_under",
    "package_editions",
    "read_edition",
    "repealed_on",
]

FILES = ("edition", "parameters", "exclusions", "procedure")


class UnknownParameter(LookupError):
    """The edition has no such parameter, or no value of it for that track."""


class NoEditionInForce(LookupError):
    """On that day no edition is in force, or more than one."""


@dataclass(frozen=True, eq=False)
class Edition:
    """One version of the regulation. Mappings are by id, in the order of the text; treat them as read-only."""

    id: str
    title: Text
    document_number: str
    issuer: Text
    issued_on: date
    in_force_from: date
    in_force_to: date | None
    """First day on which it is no longer in force; None while open."""
    repeals: tuple[str, ...]
    """Ids of editions that it repeals."""
    repealed_by: str | None
    interpreter: Text | None
    """Who interprets it, by name (Article 10); None if that is not known."""
    content_published: bool
    """False if only its name, number and dates are known: nothing can be opened under it."""
    note: Text | None
    provisions: Mapping[str, Provision]
    principles: Mapping[str, Principle]
    items: Mapping[str, Item]
    focus_points: Mapping[str, FocusPoint]
    seats: Mapping[str, Seat]
    tracks: Mapping[str, Track]
    exclusions: Exclusions
    parameters: Mapping[str, Parameter]
    procedure: Mapping[str, Any]
    """procedure.yaml as it stands, {} if there is none. The canonical form keeps the order of its lists and of the
    keys of its sections (the states, the roles), not of mappings further in."""
    exit_items: Mapping[str, Item] = field(default_factory=dict)
    """What an application to end a duty must say (Article 4, item 4); {} in editions that were kept before there were any."""
    change_reasons: Mapping[str, ChangeReason] = field(default_factory=dict)
    """The coded reasons of exits and adjustments, in the order in which they are offered."""
    handing_down: HandingDown = field(default_factory=HandingDown)
    """Forms of handing a task down that Article 7 forbids, and bodies above the banner, by their wording."""

    @functools.cached_property
    def digest(self) -> str:
        """SM3 of `canonical()`, 64 hex digits: what cases and entries point to."""
        return digest_of_bytes(self.canonical())

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Edition) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def parameter(self, name: str, track: str = ALL) -> Value:
        """The value in use for a track id (default: for all tracks). Raises UnknownParameter.

        None means that no limit holds; whether it was set by the conference is `parameters[name].status`.
        """
        try:
            return self.parameters[name].value(track)
        except KeyError:
            raise UnknownParameter(f"{self.id} has no parameter {name!r} for {track!r}") from None

    def deciding_bodies(self, track: str) -> tuple[str, ...]:
        """Authorities whose outcome the track needs, in order (Articles 1 and 4.3).

        Article 1 names the government's review and the city's decision for regular matters; whether the
        committee decides too or is informed is the parameter `regular_committee`. KeyError for an unknown track.
        """
        bodies = self.tracks[track].bodies
        informed = "regular_committee" in self.parameters and self.parameter("regular_committee", track) == "informed"
        if track == "regular" and informed:
            return tuple(body for body in bodies if body != "banner_committee")
        return bodies

    @functools.cached_property
    def all_items(self) -> Mapping[str, Item]:
        """Items of every kind of application by id; an id means one thing in all of them."""
        return {**self.exit_items, **self.items}

    def items_of(self, kind: str) -> Mapping[str, Item]:
        """What a written application of this kind must say: an exit its own short list, all else the eleven items."""
        return self.exit_items if kind == "exit" and self.exit_items else self.items

    def canonical(self) -> bytes:
        """The edition as RFC 8785 JSON, UTF-8; `from_canonical` reads it back with the same digest."""
        return canonical(plain_edition(self))

    @classmethod
    def from_canonical(cls, data: bytes) -> Edition:
        """The edition whose `canonical()` these bytes are. Raises EditionError if they are not one."""
        try:
            plain = json.loads(data)
        except ValueError as error:
            raise EditionError(f"canonical edition: {error}") from error
        root = Plain(plain, "canonical edition")
        return cls(**edition_fields({name: root.get(name) for name in (*FILES, "procedure_order")}))


def load_edition(path: Traversable) -> Edition:
    """The edition in a folder (`Path` or package resource) that holds edition.yaml and, where they exist,
    parameters.yaml, exclusions.yaml and procedure.yaml. Raises EditionError naming file and key.
    """
    parts: dict[str, Plain] = {}
    for name in FILES:
        file = path / f"{name}.yaml"
        where = f"{path.name}/{name}.yaml"
        if file.is_file():
            parts[name] = Plain(parse_yaml(file.read_text(encoding="utf-8"), where) or {}, where)
        elif name == "edition":
            raise EditionError(f"{where} is missing")
    edition = Edition(**edition_fields(parts))
    if edition.id != path.name:
        raise EditionError(f"{path.name}/edition.yaml: id is {edition.id!r}; it must be the name of the folder")
    try:
        edition.canonical()
    except TypeError as error:  # a value in procedure.yaml that has no canonical form
        raise EditionError(f"{path.name}: {error}") from error
    return edition


def read_edition(text: str, where: str) -> Edition:
    """The edition in one YAML or JSON text with the parts "edition", "parameters", "exclusions" and "procedure" in it.

    Raises EditionError naming part and key. ``edition_text`` writes such a text.
    """
    root = Plain(parse_yaml(text, where) or {}, where).only(*FILES, "procedure_order")
    parts = {name: Plain(root.value[name], name) for name in (*FILES, "procedure_order") if root.has(name)}
    if "edition" not in parts:
        raise EditionError(f"{where}: edition is missing")
    edition = Edition(**edition_fields(parts))
    try:
        edition.canonical()
    except TypeError as error:
        raise EditionError(f"{where}: {error}") from error
    return edition


def edition_text(edition: Edition) -> str:
    """The edition as one YAML text, for people to change; ``read_edition`` reads it back with the same digest."""
    plain = plain_edition(edition)
    del plain["procedure_order"]  # the order in which its sections stand
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=160)


@functools.cache
def package_editions() -> Mapping[str, Edition]:
    """Every edition that ships, by id, oldest first; read once."""
    folders = [path for path in (files("dutygate.law") / "editions").iterdir() if (path / "edition.yaml").is_file()]
    editions = sorted((load_edition(path) for path in folders), key=lambda edition: edition.in_force_from)
    found = {edition.id: edition for edition in editions}
    for edition in editions:
        for other in (*edition.repeals, *([edition.repealed_by] if edition.repealed_by else [])):
            if other not in found:
                raise EditionError(f"{edition.id}/edition.yaml: no edition {other!r} is known")
    return found


def _covers(edition: Edition, day: date) -> bool:
    return edition.in_force_from <= day and (edition.in_force_to is None or day < edition.in_force_to)


def repealed_on(editions: Iterable[Edition], edition_id: str) -> date | None:
    """The first day on which an edition no longer holds because another of these repeals it; None if none does.

    The text of an edition is not changed by its successor, which may be drafted years later: the successor says what it repeals.
    """
    return min((other.in_force_from for other in editions if edition_id in other.repeals), default=None)


def in_force(editions: Mapping[str, Edition] | Iterable[Edition], day: date) -> Edition:
    """The one edition in force on `day` (Article 11): what another edition repeals ends on the day on which that one begins.

    Raises NoEditionInForce if there is none or more than one.
    """
    known: list[Edition] = list(editions.values() if isinstance(editions, Mapping) else editions)
    repealed = {old for edition in known if edition.in_force_from <= day for old in edition.repeals}
    found = [edition for edition in known if _covers(edition, day) and edition.id not in repealed]
    if len(found) != 1:
        names = ", ".join(edition.id for edition in found) or "none"
        raise NoEditionInForce(f"editions in force on {day.isoformat()}: {names}; exactly one is needed")
    return found[0]


def may_open_under(edition: Edition, day: date) -> bool:
    """Whether a case may be opened under the edition on `day`: in force, and its content known (Article 11)."""
    return edition.content_published and _covers(edition, day)
