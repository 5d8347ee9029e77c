"""手册的章节: which chapters there are, for whom, in which order; read once from ``chapters/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from dutygate.features.manual.markup import Block, MarkupError, Words, read


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a chapter: where it is, and what it is called."""

    anchor: str
    words: tuple[Words, ...]

    @property
    def title(self) -> str:
        """Its heading as plain text."""
        return plain(self.words)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter. ``lead``: its first paragraph, which the contents show; ``body``: all after its title."""

    id: str
    title: str
    lead: str
    body: tuple[Block, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its sections in order."""
        return tuple(Section(block.anchor, block.words) for block in self.body if block.level == 2)


COMMON: Final = ("start", "desk", "time", "files", "refused")
"""For everybody, before and behind the roles: getting in, the desk, limits, files and paper, refusals."""
ROLES: Final = ("department", "township", "lead", "seats", "banner", "city", "oversight", "administrators", "audit", "public")
SUBJECTS: Final = ("lists", "support", "check", "board")
"""What several roles do alike."""
ORDER: Final = ("start", "desk", *ROLES, *SUBJECTS, "time", "files", "refused")


def plain(words: tuple[Words, ...]) -> str:
    """A line without its marks."""
    whole = "".join(f"「{one.text}」" if one.kind == "label" else one.text for one in words if one.kind != "cite")
    return whole.replace("。 ", "。").strip()


@lru_cache(maxsize=1)
def chapters() -> Mapping[str, Chapter]:
    """Every chapter by its id, in the order of the book. Raises MarkupError."""
    return {name: _chapter(name) for name in ORDER}


def _chapter(name: str) -> Chapter:
    text = (files("dutygate.features.manual") / "chapters" / f"{name}.md").read_text(encoding="utf-8")
    title, *body = read(text, f"{name}.md")
    if title.level != 1 or not body or body[0].kind != "paragraph" or any(block.level == 1 for block in body):
        raise MarkupError(f"{name}.md:1: a chapter has one title, and a paragraph below it")
    return Chapter(name, plain(title.words), plain(body[0].words), tuple(body))


def own_chapters(kind: str, unit_kind: str | None, seats: frozenset[str]) -> tuple[str, ...]:
    """The chapters of somebody acting in a post of that kind, in a unit of that kind with those seats: her own first."""
    if kind in ("system_admin", "security_admin"):
        return ("administrators",)
    if kind == "audit_admin":
        return ("audit",)
    found = [*(["lead"] if "lead" in seats else []), *(["seats"] if seats & {"legal", "services", "member"} else [])]
    by_unit = {
        "department": "department",
        "township": "township",
        "authority_office": "banner",
        "oversight": "oversight",
        "city_guidance": "city",
    }
    return tuple(dict.fromkeys([*found, *([by_unit[unit_kind]] if unit_kind in by_unit else [])]))
