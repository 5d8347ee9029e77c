"""The small values an edition is made of: provisions, items, focus points, seats, tracks, parameters.

All are frozen and compare by value. Ids are the identifiers of the glossary and never change within an edition;
labels are for people, in Chinese and in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Value = int | str | bool | None
"""What a parameter may hold; None reads "no limit of its own, elapsed days are shown"."""

ALL: Final = "all"
"""The key of a parameter's value that holds for every track not named beside it."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people, in Chinese and English; neither is empty."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """The English text for "en" and its variants ("en-GB"), else the Chinese one."""
        return self.en if lang.lower().split("-")[0] == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Provision:
    """条款：what every rule, action and refusal cites. `summary` is ours; the official wording is loaded apart."""

    id: str
    article: int
    """Number of the article it belongs to; 0 for the preamble."""
    label: Text
    summary: Text


@dataclass(frozen=True, slots=True)
class Principle:
    """One of the five principles (Article 2), which a rule may say it serves."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Item:
    """One of the eleven items of a written application (Article 4, item 1)."""

    id: str
    label: Text
    judged_by_townships: bool
    """Whether townships answer on it, so that changing it lapses their opinions. Not so for the negotiated opinion."""
    focus: tuple[str, ...]
    """Focus points whose finding lapses when this item changes; ids of `FocusPoint`."""


@dataclass(frozen=True, slots=True)
class ChangeReason:
    """退出、调整的理由 as it is coded (Article 4, items 4 and 5)."""

    id: str
    label: Text
    kinds: tuple[str, ...]
    """Of which kinds of case it may be the reason: exit, adjustment."""
    in_words: bool = False
    """Whether the code alone says too little, so that words must stand beside it."""


@dataclass(frozen=True, slots=True)
class FocusPoint:
    """One of the five points a review looks at first (Article 4, item 2)."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Seat:
    """Who takes part by office: a seat of the joint conference (Article 3) or an authority (Articles 1 and 4.3)."""

    id: str
    label: Text
    kind: Literal["seat", "authority"]


@dataclass(frozen=True, slots=True)
class Track:
    """常态化 or 阶段性、临时性: decides who approves (Articles 1 and 4.3)."""

    id: str
    label: Text
    bodies: tuple[str, ...]
    """Authorities whose outcome is recorded, in the order they are asked; see `Edition.deciding_bodies`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What the conference sets where the text is silent (Article 3), or the default used until it does."""

    name: str
    label: Text
    unit: str
    """working_days, calendar_days, years, count, month, flag, choice or codes (ids with spaces between)."""
    values: Mapping[str, Value]
    """By track id, with "all" for the tracks not named."""
    status: Literal["set", "not_set"]
    """not_set: the conference has set nothing; a value given is the default in use, from `source`."""
    source: Text
    effective_from: date | None
    cites: str
    choices: tuple[str, ...] = ()
    """For the unit "choice": the values it may take."""

    @property
    def is_default(self) -> bool:
        """Whether a value is in use although the conference has set none."""
        return self.status == "not_set" and any(value is not None for value in self.values.values())

    def value(self, track: str = ALL) -> Value:
        """The value for a track id, else the one for all; KeyError if it holds for neither."""
        return self.values[track] if track in self.values else self.values[ALL]
