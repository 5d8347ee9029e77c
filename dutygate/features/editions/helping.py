"""帮助: short texts for each action, state, article and role, and on how to use the pages; read from ``help/zh`` and ``help/en``.

What the procedure and the parameters say already (who, by when, from where to where) is not written again: the page takes it from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from dutygate.law.regulation.reading import Plain, parse_yaml

LANGUAGES: Final = ("zh", "en")
KINDS: Final = ("actions", "states", "articles", "roles", "general")
PREFIX: Final = {"actions": "", "states": "state-", "articles": "article-", "roles": "role-", "general": ""}


@dataclass(frozen=True, slots=True)
class Topic:
    """One text. ``title`` is "" where the edition or the procedure has the name; ``wrong``: what can go wrong, for actions."""

    kind: str
    name: str
    title: str
    text: tuple[str, ...]
    wrong: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its part of the address: an action's name, or state-…, article-…, role-…, or a name of its own."""
        return f"{PREFIX[self.kind]}{self.name}"


@lru_cache(maxsize=len(LANGUAGES))
def topics(lang: str) -> Mapping[str, Topic]:
    """Every topic by its id, in the order of the files. Raises EditionError for a file of another shape."""
    found: dict[str, Topic] = {}
    for kind in KINDS:
        plain = _read(lang, kind)
        for name in plain.value:
            topic = _topic(kind, str(name), plain.get(name))
            if topic.id in found:
                raise plain.error(f"{topic.id!r} stands in another file already")
            found[topic.id] = topic
    return found


def _topic(kind: str, name: str, entry: Plain) -> Topic:
    if kind == "actions":
        entry.only("needs", "wrong")
        return Topic(kind, name, "", _paragraphs(entry.get("needs")), _paragraphs(entry.get("wrong")))
    if kind in ("states", "articles"):
        return Topic(kind, name, "", _paragraphs(entry))
    entry.only("title", "text")
    return Topic(kind, name, entry.get("title").text(), entry.get("text").texts())


def _paragraphs(plain: Plain) -> tuple[str, ...]:
    return tuple(line.strip() for line in plain.text().splitlines() if line.strip())


def _read(lang: str, kind: str) -> Plain:
    where = f"help/{lang}/{kind}.yaml"
    text = (files("dutygate.features.editions") / "help" / lang / f"{kind}.yaml").read_text(encoding="utf-8")
    return Plain(parse_yaml(text, where), where)


def topic(name: str, lang: str) -> Topic | None:
    """One topic by its id, or None."""
    return topics(lang).get(name)
