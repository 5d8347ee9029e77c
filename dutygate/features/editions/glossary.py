"""用语: the terms in Chinese, in English and as programs say them; one file for the page and for docs/glossary.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from dutygate.law.regulation.parts import Text
from dutygate.law.regulation.reading import Plain, parse_yaml


@dataclass(frozen=True, slots=True)
class Term:
    """One line. ``identifier``: several names with " / " between, before ": " their kind. ``article``: provision ids, or all, title, -."""

    name: Text
    identifier: str
    meaning: Text
    article: str

    @property
    def provisions(self) -> list[str]:
        """The provisions among ``article``."""
        return [one.strip() for one in self.article.split(",") if one.strip()[:1].isdigit()]


@dataclass(frozen=True, slots=True)
class Section:
    """Terms that belong together."""

    id: str
    title: Text
    terms: tuple[Term, ...]


@lru_cache(maxsize=1)
def sections() -> tuple[Section, ...]:
    """The whole glossary. Raises EditionError for a file of another shape."""
    text = (files("dutygate.features.editions") / "glossary.yaml").read_text(encoding="utf-8")
    plain = Plain(parse_yaml(text, "glossary.yaml"), "glossary.yaml").only("sections")
    return tuple(_section(part.only("id", "title", "terms")) for part in plain.get("sections").each())


def _section(part: Plain) -> Section:
    return Section(part.get("id").text(), part.get("title").both(), tuple(_term(one) for one in part.get("terms").each()))


def _term(one: Plain) -> Term:
    one.only("zh", "en", "identifier", "meaning", "article")
    name = Text(one.get("zh").text(), one.get("en").text())
    return Term(name, one.get("identifier").text(), one.get("meaning").both(), one.get("article").text())


def as_markdown() -> str:
    """docs/glossary.md, whole: in English, as the documentation is."""
    lines = [
        "# Glossary",
        "",
        "One term, one identifier, in the code, in the API, in the database and here. The Chinese word is what people read on the",
        "screen, the identifier is what programs say. Articles are those of 阿党办发〔2024〕15号; 4.1 is Article 4, item 1. The page",
        "用语 of the program shows the same in both languages: both are made from `dutygate/features/editions/glossary.yaml`, this one",
        "by `tools/glossary.py`.",
    ]
    for section in sections():
        lines += [
            "",
            f"## {section.title.en}",
            "",
            "| Chinese | English | identifier | meaning | article |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| {one.name.zh} | {one.name.en} | {_code(one.identifier)} | {one.meaning.en} | {one.article} |" for one in section.terms
        ]
    return "\n".join(lines) + "\n"


def _code(identifier: str) -> str:
    kind, colon, names = identifier.rpartition(": ")
    return f"{kind} " * bool(colon) + " / ".join(f"`{name}`" for name in names.split(" / "))
