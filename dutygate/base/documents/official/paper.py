"""公文的结构: what a paper says, and what its office puts around it. Plain values, so that they can be sealed and set again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Self

from pydantic import Field, model_validator

from dutygate.base.catalogue.action import Given

BlockKind = Literal["text", "level1", "level2", "level3", "level4", "attendance", "table"]
Form = Literal["document", "letter", "minutes"]
NUMERALS: Final = "一二三四五六七八九十"
MOST_BLOCKS: Final = 4000
LONGEST: Final = 12_000


class Block(Given):
    """One paragraph or table. Levels carry no numeral: they are numbered when the paper is set.

    attendance: ``text`` names those present, ``label`` says as what (出席, 请假, 列席). A table has ``columns``, their relative
    ``widths`` and ``rows`` of as many cells.
    """

    kind: BlockKind = "text"
    text: str = Field("", max_length=LONGEST)
    label: str = Field("", max_length=20)
    columns: tuple[str, ...] = Field((), max_length=12)
    widths: tuple[int, ...] = Field((), max_length=12)
    rows: tuple[tuple[str, ...], ...] = Field((), max_length=5000)

    @model_validator(mode="after")
    def cells_fit(self) -> Self:
        """A table has a width for each column and a cell for each column in every row; nothing else has any."""
        if len(self.widths) != len(self.columns) or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a table's rows and widths must fit its columns")
        if (self.kind == "table") != bool(self.columns):
            raise ValueError("a table has columns, and nothing else has")
        return self


class Annex(Given):
    """附件: on pages of its own behind the paper."""

    title: str = Field(min_length=1, max_length=300)
    blocks: tuple[Block, ...] = Field((), max_length=MOST_BLOCKS)


class Content(Given):
    """What a paper says. ``to`` "" = nobody is addressed; ``cc`` 抄送; ``remark`` 附注, in round brackets below the date."""

    title: str = Field(min_length=1, max_length=300)
    to: str = Field("", max_length=2000)
    blocks: tuple[Block, ...] = Field((), max_length=MOST_BLOCKS)
    annexes: tuple[Annex, ...] = Field((), max_length=50)
    signed: str = Field("", max_length=100)
    dated_on: date
    cc: str = Field("", max_length=2000)
    remark: str = Field("", max_length=300)


@dataclass(frozen=True, slots=True)
class Head:
    """版头与版记之所需. ``signatory``: the paper goes upward, and who signs stands beside its number.

    ``mark``: the issuer's mark as printed; ``colour`` six hexadecimal figures; ``mongolian`` a line in Mongolian script and
    ``mongolian_image`` a picture of one (PNG or JPEG), both empty unless the office has given it.
    """

    form: Form
    mark: str
    number: str
    colour: str = "C8102E"
    signatory: str = ""
    mongolian: str = ""
    mongolian_image: bytes = b""
    printed_by: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """One paper: content and head; ``foot`` is printed small at the foot of each page, ``code`` in the QR code beside it ("" = none)."""

    head: Head
    content: Content
    foot: str = ""
    code: str = ""


def day_zh(day: date) -> str:
    """2026年1月5日: Arabic figures without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def numeral(number: int) -> str:
    """一 … 九十九."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (NUMERALS[ones - 1] if ones else "")


@dataclass(slots=True)
class Numbering:
    """层次序数: 一、 （一） 1. （1）; a level begins anew below the one above it."""

    at: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def next(self, kind: str) -> str:
        """What stands before the text of this block; "" for what is not numbered."""
        if not kind.startswith("level"):
            return ""
        level = int(kind[-1]) - 1
        self.at[level] += 1
        self.at[level + 1 :] = [0] * (3 - level)
        number = self.at[level]
        return (f"{numeral(number)}、", f"（{numeral(number)}）", f"{number}.", f"（{number}）")[level]


def annex_note(content: Content) -> list[str]:
    """附件说明: one line for each annex; a single one has no figure."""
    titles = [annex.title for annex in content.annexes]
    if len(titles) == 1:
        return [f"附件：{titles[0]}"]
    return [f"{'附件：' if n == 1 else ''}{n}.{title}" for n, title in enumerate(titles, start=1)]


def annex_head(content: Content, place: int) -> str:
    """附件 or 附件1, at the head of its first page."""
    return "附件" if len(content.annexes) == 1 else f"附件{place}"
