"""Citing a provision: its label, and the order of the text."""

from __future__ import annotations

from .edition import Edition
from .parts import Provision


class UnknownProvision(LookupError):
    """The edition has no provision of that id."""


def resolve(edition: Edition, id: str) -> Provision:
    """The provision with the id, like "4.1" or "preamble". Raises UnknownProvision."""
    try:
        return edition.provisions[id]
    except KeyError:
        known = ", ".join(edition.provisions) or "none"
        raise UnknownProvision(f"{edition.id} has no provision {id!r}; it has {known}") from None


def label(edition: Edition, id: str, lang: str = "zh") -> str:
    """How people cite it: 第四条（一）, or "Article 4, item 1" for lang "en". Raises UnknownProvision."""
    return resolve(edition, id).label.in_language(lang)


def sort_key(id: str) -> tuple[int, int]:
    """Sorts ids in the order of the text: preamble, 1, …, 4, 4.1, …, 10. ValueError if it is no such id."""
    if id == "preamble":
        return 0, 0
    article, _, item = id.partition(".")
    return int(article), int(item) if item else 0
