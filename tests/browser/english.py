"""What an English page may say in Chinese: what people wrote, the law's own text, and names. Everything else is a missing translation."""

from __future__ import annotations

import gettext
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import html

from tests.browser.served import REPOSITORY

CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
PIECE: Final = re.compile(r"[\u3400-\u9fff][^\sA-Za-z]*")
"""A Chinese stretch in a text."""
NUMBER: Final = re.compile(r"[\u3400-\u9fff]+〔\d{4}〕\d+号")
"""A document's number is a name in every language."""
MEANT: Final = {"未反馈", "无意见"}
"""Chinese words that English ones explain."""
BESIDE: Final = ".,:;!?()\"'“”‘’（）《》〔〕。，、；：？！0123456789"
SPOKEN: Final = ("title", "aria-label", "placeholder", "alt", "data-label", "value")
LEFT_OUT: Final = frozenset({"script", "style", "textarea"})
CODE_OF_PROGRAM: Final = frozenset({"register_editiontext", "django_migrations", "django_session"})


def said_by_people(home: Path) -> str:
    """Everything that stands in the tables of a demo, in one text: titles, names of units and people, what they wrote."""
    found: list[str] = []
    with sqlite3.connect(home / "dutygate.sqlite3") as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table in CODE_OF_PROGRAM or table.startswith("search_"):  # the index repeats what stands elsewhere
                continue
            for row in base.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    if isinstance(value, str) and "\\u" in value or isinstance(value, str) and CHINESE.search(value):
                        found.extend(_strings(value))
    return "\n".join(dict.fromkeys(found))


def _strings(value: str) -> Iterator[str]:
    """A value, or every text inside it if it is JSON."""
    if value[:1] in "[{":
        try:
            yield from _inside(json.loads(value))
            return
        except ValueError:
            pass
    yield value


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _inside(one)
    elif isinstance(value, list):
        for one in value:
            yield from _inside(one)


def words_of_program() -> frozenset[str]:
    """Every Chinese text that templates and code have translated."""
    found: set[str] = set()
    for path in (REPOSITORY / "dutygate").rglob("locale/en/LC_MESSAGES/django.mo"):
        with path.open("rb") as catalogue:
            found |= {str(key) for key in gettext.GNUTranslations(catalogue)._catalog if CHINESE.search(str(key))}  # type: ignore[attr-defined]
    return frozenset(found)


def untranslated(text: str, said: str, words: frozenset[str]) -> list[str]:
    """Chinese on an English page that nobody wrote. What is marked as Chinese (lang) is meant to be."""
    tree = html.document_fromstring(text)
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in LEFT_OUT or _is_chinese(element):
            continue
        texts = [element.text or "", *(child.tail or "" for child in element)]
        texts += [value for name in SPOKEN if (value := element.get(name)) and element.get("type") not in ("hidden", "radio", "checkbox")]
        for one in texts:
            if one.strip() in words:
                found.append(one.strip())
            else:
                found += [piece for piece in PIECE.findall(one) if not _said(piece, said)]
    return list(dict.fromkeys(found))


def _said(piece: str, said: str) -> bool:
    """In one go, or put together from what was."""
    runs = re.findall(r"[\u3400-\u9fff]+", NUMBER.sub("", piece))
    return piece.strip(BESIDE) in said or all(run in MEANT or run in said for run in runs) and (not runs or max(map(len, runs)) > 1)


def _is_chinese(element: Any) -> bool:
    here = element
    while here is not None:
        lang = here.get("lang")
        if lang:
            return bool(lang.lower().startswith("zh"))
        here = here.getparent()
    return False
