"""What is compared when somebody searches: texts brought to one form, the words of a question, and pairs of neighbouring characters.

Chinese is written without spaces, so a word is found by the pairs of characters it is made of: 森林防火 by 森林, 林防, 防火. A row that
holds the word holds all its pairs; a row that holds all pairs need not hold the word, so whoever looks up pairs looks at the text again.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Final, NamedTuple

MOST_WORDS: Final = 10


class Text(NamedTuple):
    """What of a row can be searched: its name, what it goes by besides (numbers, articles, issuers), and what it says.

    ``id`` is the row's; ids come from entries, so no two rows of any table have the same.
    """

    id: int
    name: str
    marks: str = ""
    content: str = ""


def folded(text: str) -> str:
    """One form for all ways of writing: no difference of width or case (ＧＰＳ, gps), white space is one space.

    Searching sees this form and nothing else, so SQLite and PostgreSQL find the same rows.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.split())


def kept(text: Text) -> str:
    """What the index keeps of a row: name, marks, content, a line each. No word reaches over the end of a line."""
    return "\n".join(folded(part) for part in text[1:])


def words(question: str) -> tuple[str, ...]:
    """The words of a question, each once, in their form for searching. A row is found if it holds every one."""
    return tuple(dict.fromkeys(folded(question).split()))[:MOST_WORDS]


def pairs(text: str) -> tuple[str, ...]:
    """The different pairs of neighbouring characters, in the order in which they come; none with white space in it."""
    return tuple(dict.fromkeys(a + b for a, b in pairwise(text) if not a.isspace() and not b.isspace()))


def pairs_in_a_row(text: str) -> str:
    """The same with a space between them, as SQLite's full-text table takes them."""
    return " ".join(pairs(text))
