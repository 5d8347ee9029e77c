"""What may not be handed over (Articles 1 and 7): declared classes and, beside them, wording that hints at one.

A hint is found with lists of words alone, no regular expressions of the edition's own: a jurist can read and mend them, and the
time for a text grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from .parts import Text

PHRASE: Final = 40
"""Characters that are looked at on each side of a hit; no phrase of a title is longer."""


@dataclass(frozen=True, slots=True)
class PowerClass:
    """A class of administrative matter and what it does to an application (Article 1)."""

    id: str
    label: Text
    effect: Literal["stop", "amber", "none"]
    """stop: never opened · amber: admitted only when the legal seat records why it is not excluded · none."""
    cites: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Where a wording check struck: [start, end) in the text, the words, and what they hint at. A person settles it."""

    wording: str
    word: str
    start: int
    end: int
    provision: str
    reason: Text | None = None
    """Why such wording makes one think of it; None for words that say it themselves."""


@dataclass(frozen=True, slots=True)
class Form:
    """措辞: one way in which an excluded matter is worded, and why.

    A word of ``words`` strikes alone; with ``then`` only if one of those follows in the same phrase, at most ``within`` characters
    later (运输证 … 换发). It does not strike in a phrase that holds a word of ``not_about`` (社会保险 … 变更登记 is no licence).
    """

    reason: Text
    words: tuple[str, ...]
    then: tuple[str, ...] = ()
    within: int = 0
    not_about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """Words and forms that hint at an excluded matter, and words that turn a hint off (Articles 1 and 7)."""

    id: str
    label: Text
    provision: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    forms: tuple[Form, ...] = ()

    def hints(self, text: str) -> list[Hint]:
        """Each place of `text` where a word or a form strikes, in the order of the text; of two that overlap the longer one.

        A hit is set aside when a word of `unless` stands right before it, or after it in the same phrase
        (应急处置演练 is a drill, not the handling of an emergency; 许可证办理咨询 is advice, not a licence).
        """
        struck = [Hint(self.id, text[start:end], start, end, self.provision) for start, end in _plain(self.words, text)]
        for form in self.forms:
            struck += [Hint(self.id, text[start:end], start, end, self.provision, form.reason) for start, end in _of_form(form, text)]
        kept: list[Hint] = []
        for hint in sorted(struck, key=lambda h: (h.start, -h.end)):
            if self._set_aside(text, hint.start, hint.end):
                continue
            if not kept or hint.start >= kept[-1].end:
                kept.append(hint)
            elif hint.end - hint.start > kept[-1].end - kept[-1].start:
                kept[-1] = hint
        return kept

    def _set_aside(self, text: str, start: int, end: int) -> bool:
        after = _phrase_after(text, end)
        return any(text.endswith(word, 0, start) or word in after for word in self.unless)


def _plain(words: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    if words:
        yield from (hit.span() for hit in _any_of(words).finditer(text))


def _of_form(form: Form, text: str) -> Iterator[tuple[int, int]]:
    for start, end in _plain(form.words, text):
        if form.then:
            following = _phrase_after(text, end)[: form.within + max(map(len, form.then))]
            hit = _any_of(form.then).search(following)
            if hit is None or hit.start() > form.within:
                continue
            end += hit.end()
        phrase = _phrase_before(text, start) + text[start:end] + _phrase_after(text, end)
        if not any(word in phrase for word in form.not_about):
            yield start, end


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """One of the words, the longest that fits: plain alternatives, nothing to go back over."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _phrase_after(text: str, end: int) -> str:
    found = _PHRASE_END.search(text, end, end + PHRASE)
    return text[end : found.start() if found else end + PHRASE]


def _phrase_before(text: str, start: int) -> str:
    return _PHRASE_END.split(text[max(0, start - PHRASE) : start])[-1]


_PHRASE_END: Final = re.compile(r"[\s，。；、：！？,.;:!?（）()《》〈〉“”\"/和与及或并]")


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What may not be handed over: declared classes and, beside them, wording that hints at one."""

    classes: Mapping[str, PowerClass]
    wording: Mapping[str, Wording]

    def hints(self, text: str) -> list[Hint]:
        """Every hint in `text`, sorted by place. Never a block by itself: a person settles each one."""
        found = [hint for wording in self.wording.values() for hint in wording.hints(text)]
        return sorted(found, key=lambda hint: (hint.start, hint.end, hint.wording))
