"""相近: titles that are nearly the same, found without comparing each with each.

Two titles are alike when their pairs of neighbouring characters are (Jaccard, exact): what shares that much shares one of each
title's rarest pairs, so only titles under such a pair are compared (prefix filter).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Final

ALIKE: Final = 0.7
MOST_COMPARED: Final = 60
"""Rows of one pattern (某某村…) share their rare pairs by the thousand; the first ones do."""


def pairs(key: str) -> frozenset[str]:
    """The neighbouring pairs of a key; a key of one character is its own pair."""
    return frozenset(key[i : i + 2] for i in range(len(key) - 1)) or frozenset((key,))


def alike(keys: Sequence[str], known: Iterable[str], threshold: float = ALIKE) -> dict[str, tuple[str, float]]:
    """Key -> the known key, or the earlier one of ``keys``, that is most like it, with how much; only what is alike. Equal is not alike."""
    wanted, others = list(dict.fromkeys(keys)), list(dict.fromkeys(known))
    sets = {key: pairs(key) for key in (*others, *wanted)}
    seen = Counter(pair for found in sets.values() for pair in found)
    under: dict[str, list[str]] = {}
    for key in others:
        _put(key, sets, seen, under, threshold)
    found: dict[str, tuple[str, float]] = {}
    for key in wanted:
        best = _best(key, sets, seen, under, threshold)
        if best is not None:
            found[key] = best
        _put(key, sets, seen, under, threshold)
    return found


def _rarest(key: str, sets: Mapping[str, frozenset[str]], seen: Mapping[str, int], threshold: float) -> list[str]:
    ordered = sorted(sets[key], key=lambda pair: (seen[pair], pair))
    return ordered[: len(ordered) - ceil(threshold * len(ordered)) + 1]


def _put(key: str, sets: Mapping[str, frozenset[str]], seen: Mapping[str, int], under: dict[str, list[str]], threshold: float) -> None:
    for pair in _rarest(key, sets, seen, threshold):
        under.setdefault(pair, []).append(key)


def _best(
    key: str, sets: Mapping[str, frozenset[str]], seen: Mapping[str, int], under: Mapping[str, list[str]], threshold: float
) -> tuple[str, float] | None:
    mine, best, compared = sets[key], None, set()
    for pair in _rarest(key, sets, seen, threshold):
        for other in under.get(pair, ())[:MOST_COMPARED]:
            if other == key or other in compared:
                continue
            compared.add(other)
            theirs = sets[other]
            if min(len(mine), len(theirs)) < threshold * max(len(mine), len(theirs)):
                continue
            both = len(mine & theirs)
            score = both / (len(mine) + len(theirs) - both)
            if score >= threshold and (best is None or score > best[1]):
                best = (other, score)
    return best
