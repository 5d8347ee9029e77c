"""引用一条: what the tag of an article says. The feature that keeps the editions tells more than the text that ships (Articles 9-11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dutygate.law.regulation.edition import Edition, package_editions


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision as it is cited. ``gives_way``: in words, by what it is overridden, or ""; ``interpreted``: how many interpretations."""

    id: str
    label: str
    summary: str
    gives_way: str = ""
    interpreted: int = 0


Citer = Callable[[str, str], Cited | None]
_citers: Final[list[Citer]] = []


def cites_by(citer: Citer) -> Citer:
    """Register who knows the provisions that hold where the reader acts: (provision, language) -> how it is cited, or None."""
    _citers[:] = [citer]
    return citer


def cited(provision: str, lang: str) -> Cited | None:
    """How a provision is cited, or None for what is none."""
    if _citers:
        return _citers[0](provision, lang)
    known = _newest().provisions.get(provision)
    return Cited(known.id, known.label.in_language(lang), known.summary.in_language(lang)) if known else None


@lru_cache(maxsize=1)
def _newest() -> Edition:
    return [edition for edition in package_editions().values() if edition.content_published][-1]
