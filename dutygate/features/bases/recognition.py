"""Two spellings of one law: title and article brought to one form, for comparing only, never for showing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_STATE: Final = "中华人民共和国"
_MARKS: Final = re.compile(r"[\s《》〈〉<>“”\"'‘’「」『』·.,、，。:：;；()（）\[\]〔〕\-—_]+")
_VERSION: Final = re.compile(
    r"[(（〔\[]\s*(?:\d{4}\s*年?\s*)?(?:最新)?(?:第[一二三四五六七八九十\d]+次)?(?:修订|修正|修改)[本版]?\s*[)）〕\]]"
)
_NUMERAL: Final = re.compile(r"[零〇一二三四五六七八九十百千]+")
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_OF: Final = re.compile(rf"第({_NUMERAL.pattern}|\d+)([条款项目章节编])")


def title_key(title: str) -> str:
    """《中华人民共和国 防沙治沙法》(2018修正) -> 防沙治沙法: no book marks, spaces, state name, version note, width or case."""
    text = _VERSION.sub("", unicodedata.normalize("NFKC", title))
    text = _MARKS.sub("", text)
    shorter = text.removeprefix(_STATE)
    return (shorter or text).casefold()[:200]


def article_key(article: str) -> str:
    """第三十六条第二款 -> 36条2款; "36条 2款" is the same."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", article))
    text = _OF.sub(lambda m: f"{_number(m.group(1))}{m.group(2)}", text)
    if _NUMERAL.fullmatch(text) or text.isdecimal():
        text = f"{_number(text)}条"
    return text.casefold()[:100]


def number_key(document_number: str) -> str:
    """阿政发〔2024〕15号 and 阿政发[2024]15号 are one number."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", document_number)).casefold()


def _number(text: str) -> int:
    """36, 三十六, 三六 -> 36."""
    if text.isdecimal():
        return int(text)
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
