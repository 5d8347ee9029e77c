"""相似: which rows are like a name and a content that somebody types, and by which words. Only a hint: nothing is decided here.

Two texts are alike as far as they share pairs of characters, and a pair counts the more the fewer rows have it: 燃气 says what a matter is
about, 工作 says nothing. So a word left out, a word put in and another order change little; another word for the same thing (秸秆, 稻草)
is not recognised, and no hint does not mean that there is nothing like it.

How much: of names, half how far the two cover each other (Dice), half how far the one that weighs less is covered, for a long name often is
a short one with more words. Of contents, how far the one that weighs less is covered. The best of the two, and of both together, is the
likeness, 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log
from typing import Any, Final

from django.db import connections

from dutygate.base.register.alias import current_alias
from dutygate.base.search.models import SearchText
from dutygate.base.search.text import folded

MOST: Final = 1000
MOST_BY_CONTENT: Final = 300
"""Of a pair that more rows have (of a pair of the content: more than 300) not all are looked at, and it counts next to nothing."""
FEW: Final = 100
"""In a smaller collection a pair is judged as if there were so many rows: among five rows nothing is rare."""
LOOKED_UP: Final = 60
"""Of a long content so many different pairs are looked up, spread over all of them."""
CANDIDATES: Final = 400
COMPARED: Final = 150
READ: Final = 1000
"""So much of a content is compared, in characters."""
ALIKE: Final = 0.4
"""Below it nothing is shown."""
CONTENT: Final = 0.85
"""The same content under quite another name is so much alike; the rest is up to the names."""
_SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a row is like what is asked, and the words that both have, in the names and in the contents."""

    id: int
    score: float
    in_name: tuple[str, ...]
    in_content: tuple[str, ...]


class Asked:
    """What is asked: its pairs, and the rows in which they stand, looked up once (two statements)."""

    def __init__(self, name: str, content: str = "") -> None:
        self.name, self.content = folded(name), folded(content)[:READ]
        self._of_name, self._of_content = _pairs(self.name), _pairs(self.content)
        limits = {pair: MOST_BY_CONTENT for pair in _spread(self._of_content, LOOKED_UP)} | dict.fromkeys(sorted(self._of_name), MOST)
        self._rows = _postings(limits)
        self._many = max(FEW, SearchText.objects.all()[:MOST].count()) if limits else FEW
        self._weights = {pair: self._rarity(len(rows) if len(rows) < limits[pair] else self._many) for pair, rows in self._rows.items()}
        usual = sum(self._weights.values()) / len(self._weights) if self._weights else 1.0
        # Pairs of a long content that were not looked up count as the others do; what only another text has is rare.
        self._weights |= dict.fromkeys(self._of_content - self._weights.keys(), usual)
        self._rare = self._rarity(0)

    def candidates(self) -> list[int]:
        """The rows that share most with it, at most 400, best first: ids for a query of what the viewer may see to choose from."""
        found: dict[int, float] = {}
        for pair, rows in self._rows.items():
            counts = self._weights[pair] * (3 if pair in self._of_name else 1)
            for row in rows:
                found[row] = found.get(row, 0.0) + counts
        return sorted(found, key=lambda row: (-found[row], -row))[:CANDIDATES]

    def alike(self, visible: Iterable[int], most: int) -> list[Likeness]:
        """Of these rows those that are alike, at most so many, most alike first. One statement; the first 150 are compared."""
        chosen = list(visible)[:COMPARED]
        texts = dict(SearchText.objects.filter(id__in=chosen).values_list("id", "text")) if chosen else {}
        parts = {row: text.split("\n", 2) for row, text in texts.items()}
        scores = {row: self.score(name, content) for row, (name, _marks, content) in parts.items()}
        best = sorted((row for row, score in scores.items() if score >= ALIKE), key=lambda row: (-scores[row], -row))[:most]
        return [self._likeness(row, scores[row], *parts[row]) for row in best]

    def score(self, name: str, content: str) -> float:
        """How much a row with this name and content, as the index keeps them, is like what is asked."""
        names = self._shared(self._of_name, _pairs(name), dice=0.5)
        contents = self._shared(self._of_content, _pairs(content[:READ]), dice=0.0)
        return max(names, 0.7 * names + 0.3 * contents, CONTENT * contents + (1 - CONTENT) * names)

    def _likeness(self, row: int, score: float, name: str, _marks: str, content: str) -> Likeness:
        return Likeness(row, score, shared_words(self.name, name), shared_words(self.content, content[:READ], least=4))

    def _shared(self, mine: frozenset[str], other: frozenset[str], dice: float) -> float:
        if not mine or not other:
            return 0.0
        shared, of_mine, of_other = self._sum(mine & other), self._sum(mine), self._sum(other)
        return dice * 2 * shared / (of_mine + of_other) + (1 - dice) * shared / min(of_mine, of_other)

    def _sum(self, found: Iterable[str]) -> float:
        weights, rare = self._weights, self._rare
        # Exactly rounded: a set has another order in each process, and the same two texts must be alike by the same number.
        return fsum([weights.get(pair, rare) for pair in found])

    def _rarity(self, rows: int) -> float:
        return log(1 + (self._many - rows + 0.5) / (rows + 0.5))


def shared_words(mine: str, other: str, *, least: int = 2, most: int = 6) -> tuple[str, ...]:
    """The longest pieces that stand in both, in the order of mine: none shorter than ``least``, none inside another."""
    found: list[str] = []
    for run in _SIGNS.split(mine):
        start = 0
        while start + least <= len(run):
            end = start + least
            if run[start:end] not in other:
                start += 1
                continue
            while end < len(run) and run[start : end + 1] in other:
                end += 1
            found.append(run[start:end])
            start = end - 1  # pieces may share a character: 森林防 and 防火
    apart = [one for one in dict.fromkeys(found) if not any(one != two and one in two for two in found)]
    longest = set(sorted(apart, key=len, reverse=True)[:most])
    return tuple(one for one in apart if one in longest)


def _pairs(text: str) -> frozenset[str]:
    """Pairs within words: signs and white space part them."""
    return frozenset([a + b for run in _SIGNS.split(text) for a, b in zip(run, run[1:], strict=False)])


def _spread(found: Collection[str], most: int) -> list[str]:
    """So many of them, evenly over all, the same ones each time."""
    every = sorted(found)
    return every if len(every) <= most else [every[n * len(every) // most] for n in range(most)]


def _postings(limits: Mapping[str, int]) -> dict[str, list[int]]:
    """Pair -> rows in which it stands, so many at most; in one statement, a line for each pair.

    Which rows a frequent pair brings makes no difference, so nothing is sorted for them; each database has its own order.
    """
    if not limits:
        return {}
    connection = connections[current_alias()]
    if connection.vendor == "sqlite":
        one = """SELECT %s, group_concat(rowid)
                 FROM (SELECT rowid FROM search_pairs WHERE search_pairs MATCH %s LIMIT %s)"""
        sql = " UNION ALL ".join([one] * len(limits))
        given: list[Any] = [value for pair, most in limits.items() for value in (pair, f'"{pair}"', most)]
    else:
        sql = """SELECT asked.pair, (SELECT string_agg(here.id::text, ',') FROM (
                   SELECT id FROM search_searchtext WHERE dutygate_pairs(text) @> ARRAY[asked.pair] LIMIT asked.most) here)
                 FROM unnest(%s::text[], %s::int[]) AS asked(pair, most)"""
        given = [list(limits), list(limits.values())]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return {pair: [int(row) for row in rows.split(",")] if rows else [] for pair, rows in cursor.fetchall()}
