"""所涉事项: which duties rest on a text or an article of it (Article 4.5). The lists, which lie above, say what each duty rests on.

A duty names its bases as its application did, with the registry's basis where one was picked or recognised; older ones without it are
recognised by the normal form of title, number and article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from dutygate.features.bases.recognition import BasisKey, basis_key, meeting, same_text

CERTAIN: Final = "certain"
POSSIBLE: Final = "possible"


@dataclass(frozen=True, slots=True)
class Citing:
    """A duty as one of its revisions says it, and the bases that this names: {title, document_number, article, in_force_from, …, basis}.

    ``lead_unit_id`` is None where no department leads it.
    """

    revision_id: int
    code: str
    title: str
    track: str
    lead_unit_id: int | None
    bases: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Resting:
    """A duty that a change touches. ``how`` is certain or possible, ``cited`` its basis as it is written there."""

    code: str
    title: str
    track: str
    lead_unit_id: int | None
    townships: tuple[int, ...]
    how: str
    cited: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A basis of the registry as it reads now."""

    key: BasisKey
    article: str
    in_force_from: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What is changed: one text, one article of it as cited ("" = all of it), from a day on.

    ``version``: only what held just before that day is meant, and not an earlier or later version of the text.
    """

    key: BasisKey
    article: str
    on: date
    version: bool = True


CitingOf = Callable[[int, date], Sequence[Citing]]
HoldingOf = Callable[[Iterable[int], date], Mapping[int, Iterable[int]]]
KnownOf = Callable[[Iterable[int]], Mapping[int, Known]]
_sources: Final[list[tuple[CitingOf, HoldingOf]]] = []


def duties_rest_on_bases(citing: CitingOf, holding: HoldingOf) -> None:
    """Register who knows the duties: ``citing(jurisdiction id, day)`` what holds on that day or later and names a basis, and
    ``holding(revision ids, day)`` the townships (unit ids) on whose lists each stands then or later. One query each.
    """
    _sources.append((citing, holding))


def duties_touched(jurisdiction_id: int, scope: Scope, known: KnownOf) -> list[Resting]:
    """The duties that rest on what is changed, by code. ``known`` finds bases of the registry by id. Three queries, however many."""
    found: dict[str, Resting] = {}
    for citing, holding in _sources:
        duties = citing(jurisdiction_id, scope.on)
        registry = known({_id(basis) for duty in duties for basis in duty.bases} - {0})
        touched = [(duty, hit) for duty in duties if (hit := _hit(duty, scope, registry))]
        townships = holding([duty.revision_id for duty, _ in touched], scope.on) if touched else {}
        for duty, (how, cited) in touched:
            one = Resting(duty.code, duty.title, duty.track, duty.lead_unit_id, tuple(townships.get(duty.revision_id, ())), how, cited)
            found[duty.code] = _both(found[duty.code], one) if duty.code in found else one
    return [found[code] for code in sorted(found)]


def _both(one: Resting, other: Resting) -> Resting:
    """A duty that reads differently in some townships: touched as surely as the surer of its readings, there and there."""
    surer = other if other.how == CERTAIN != one.how else one
    return replace(surer, townships=tuple(dict.fromkeys((*one.townships, *other.townships))))


def _hit(duty: Citing, scope: Scope, registry: Mapping[int, Known]) -> tuple[str, Mapping[str, Any]] | None:
    """How a duty is touched and by which of its bases; the surest of them."""
    hits = [(how, basis) for basis in duty.bases if (how := _how(basis, scope, registry))]
    return min(hits, key=lambda hit: hit[0] != CERTAIN) if hits else None


def _how(basis: Mapping[str, Any], scope: Scope, registry: Mapping[int, Known]) -> str:
    one = registry.get(_id(basis)) or _as_given(basis)
    if not same_text(one.key, scope.key):
        return ""
    other_version = (one.in_force_from and scope.on <= one.in_force_from) or (one.ends_on and one.ends_on <= scope.on)
    if scope.version and other_version:
        return ""
    return meeting(one.article, scope.article)


def _as_given(basis: Mapping[str, Any]) -> Known:
    title, number, article = (str(basis.get(name) or "") for name in ("title", "document_number", "article"))
    key = basis_key(title, number, article)
    first, end = (date.fromisoformat(basis[name]) if basis.get(name) else None for name in ("in_force_from", "in_force_to"))
    return Known(key, key.article, first, end)


def _id(basis: Mapping[str, Any]) -> int:
    text = str(basis.get("basis") or "")
    return int(text) if text.isdecimal() else 0
