"""交办的形式 (Article 7): wording that shows a form in which nothing may be handed to townships, and names of bodies above the banner.

Lists of words alone, as in ``exclusions``: a jurist can read and mend them. A negated clause (不得签订责任状) shows no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from .exclusions import Hint, Wording
from .parts import Text

HEAD: Final = 4
"""So many lines at the head and at the foot of a paper may name who issued it."""
_LINE: Final = 60
_CLAUSE_END: Final = re.compile(r"[，。；：！？,;:!?\n]")


@dataclass(frozen=True, slots=True)
class TaskForm:
    """交办的形式: ``excused``: it is no breach for what stands on the list or was deployed by the banner. ``only_with``: it counts only
    where one of those forms is found too; empty = it counts alone.
    """

    wording: Wording
    excused: bool
    only_with: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its id, as in ``Hint.wording``."""
        return self.wording.id


@dataclass(frozen=True, slots=True)
class BodyAbove:
    """上级机关: a level above the banner, recognised by how names and document numbers of its bodies begin."""

    id: str
    label: Text
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandingDown:
    """What the wording of a task can say about its form and about who sent it."""

    forms: Mapping[str, TaskForm] = field(default_factory=dict)
    negations: tuple[str, ...] = ()
    above: Mapping[str, BodyAbove] = field(default_factory=dict)

    def hints(self, text: str, names: Sequence[str] = ()) -> list[Hint]:
        """Each place of ``text`` that shows a forbidden form, by place; a person settles it.

        ``names``: bodies (departments) whose name at the head or the foot of the text shows the form ``in_name_of``.
        """
        found = [hint for form in self.forms.values() for hint in form.wording.hints(text) if not self._negated(text, hint.start)]
        found += self._signed(text, names)
        there = {hint.wording for hint in found}
        kept = [hint for hint in found if not (only := self.forms[hint.wording].only_with) or there & set(only)]
        return sorted(set(kept), key=lambda hint: (hint.start, hint.end, hint.wording))

    def level_above(self, text: str, sender: str = "") -> tuple[BodyAbove, str] | None:
        """Which level above the banner the paper comes from, and the words that say so; None when nothing says it."""
        for line in (sender.strip(), *_edges(text)):
            for body in self.above.values():
                for word in body.begins:
                    if line.startswith(word):
                        return body, word
        return None

    def _negated(self, text: str, start: int) -> bool:
        before = _CLAUSE_END.split(text[max(0, start - _LINE) : start])[-1]
        return any(word in before for word in self.negations)

    def _signed(self, text: str, names: Iterable[str]) -> list[Hint]:
        form = self.forms.get("in_name_of")
        if form is None:
            return []
        edges = _edges(text)
        found = []
        for name in names:
            if name and any(line.startswith(name) for line in edges):
                start = text.find(name)
                found.append(Hint(form.id, name, start, start + len(name), form.wording.provision))
        return found


def _edges(text: str) -> list[str]:
    """The short lines at the head and at the foot; a long first line is a title or a text that begins with who wrote it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [line[:_LINE] for line in (*lines[:HEAD], *lines[HEAD:][-HEAD:])]
