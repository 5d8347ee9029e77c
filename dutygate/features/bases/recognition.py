"""Two spellings of one law: title, number and article brought to one form, for comparing only, never for showing (Articles 1, 4.1).

One text is told from another by its title without what people write in different ways: book marks, spaces, width, the name of the
state, the note of a version, the wrapping of the notice that issued it, and a document number put behind it. Where both sides name a
document number, the numbers decide: two notices of one title are two texts, and one number with a shorter title is one text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

_STATE: Final = "中华人民共和国"
_MARKS: Final = re.compile(r"[\s《》〈〉<>“”\"'‘’「」『』·.,、，。:：;；()（）\[\]〔〕\-—_]+")
_DAY: Final = r"(?:\d{4}\s*年?\s*(?:\d{1,2}\s*月\s*)?(?:\d{1,2}\s*日\s*)?)"
_VERSION: Final = re.compile(
    rf"[(（〔\[]\s*{_DAY}?(?:最新)?(?:第[一二三四五六七八九十\d]+次)?(?:修订|修正|修改)(?:通过|公布|施行)?[本版]?\s*[)）〕\]]"
)
# Only laws and regulations carry a bare year as the name of a version; "工作要点（2024）" is another paper each year.
_BARE_YEAR: Final = re.compile(r"(?<=[法例])[(（〔\[]\s*\d{4}\s*年?\s*[)）〕\]]")
_NUMERAL: Final = re.compile(r"[零〇一二三四五六七八九十百千]+")
_NUMBER: Final = re.compile(
    rf"[(（〔\[]\s*{_DAY}?\s*([^()（）]{{0,40}}?(?:[〔\[(（]\d{{4}}[〕\])）])?[^()（）]{{0,20}}?(?:\d+|{_NUMERAL.pattern})\s*号令?)\s*(?:公布|发布|印发)?\s*[)）〕\]]"
)
_ARTICLE: Final = re.compile(r"^(.*》[^第]*?|.*[法例定则])\s*(第[零〇一二三四五六七八九十百千\d]+条.*)$", re.DOTALL)
_WRAPPED: Final = re.compile(r"^.{0,40}?(?:关于)?(?:印发|发布|公布|转发)[《〈](.+)[》〉]的(?:通知|公告|决定)$")
_STAFFING: Final = re.compile(r"(?:主要职责|职能配置)内设机构和人员编制(?:的)?规定$")
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_OF: Final = re.compile(rf"第({_NUMERAL.pattern}|\d+)([条款项目章节编])")
_ORDER: Final = re.compile(r"^(.*?)第?(\d+)号令$")


class BasisKey(NamedTuple):
    """A provision as it is compared: ``number`` is "" where none was written."""

    title: str
    number: str
    article: str


def basis_key(title: str, document_number: str = "", article: str = "") -> BasisKey:
    """The three at once; a number or an article written into the title counts where its own field is empty."""
    found = _NUMBER.search(title)
    inside = _ARTICLE.match(_without_number(title).strip())
    number = number_key(document_number) or (number_key(found.group(1)) if found else "")
    return BasisKey(title_key(title), number, article_key(article) or (article_key(inside.group(2)) if inside else ""))


def title_key(title: str) -> str:
    """《中华人民共和国 防沙治沙法》(2018修正) -> 防沙治沙法: the text alone, without marks, state name, version, number, width or case."""
    text = unicodedata.normalize("NFKC", _without_number(title)).strip()
    if wrapped := _WRAPPED.match(text):
        text = wrapped.group(1)
    if inside := _ARTICLE.match(text):
        text = inside.group(1)
    text = _BARE_YEAR.sub("", _VERSION.sub("", text))
    text = _MARKS.sub("", text)
    shorter = _STAFFING.sub("三定规定", text.replace(_STATE, ""))
    return (shorter or text).casefold()[:200]


def article_key(article: str) -> str:
    """第三十六条第二款 -> 36条2款; "36条 2款" is the same. Several stand in the order of the text: 5条、10条."""
    places = places_of(article)
    return "、".join(_written(place) for place in places)[:100] if places else _plain(article)


def number_key(document_number: str) -> str:
    """阿政发〔2024〕15号 and 阿政发[2024]第15号 are one number; so are 国务院令第541号 and 中华人民共和国国务院第541号令."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", document_number)).replace(_STATE, "")
    text = re.sub(rf"第({_NUMERAL.pattern})号", lambda m: f"第{_number(m.group(1))}号", text)
    if order := _ORDER.match(text):
        text = f"{order.group(1)}令{order.group(2)}号"
    text = re.sub(r"(\d{4})年?第?(\d+)号", r"\1-\2号", text)
    return text.replace("第", "").casefold()[:80]


def same_text(one: BasisKey, other: BasisKey) -> bool:
    """Whether two keys are of one text. Two different numbers: never; one number: also if one title is the other's end."""
    if one.number and other.number:
        if one.number != other.number:
            return False
        short, long = sorted((one.title, other.title), key=len)
        return bool(short) and long.endswith(short)
    return one.title == other.title


Place = tuple[tuple[str, str], ...]
"""Where in a text: (unit, number) from the outside in, (("条", "36"), ("款", "2"))."""
_RANKS: Final = "编章节条款项目"
_STEP: Final = re.compile(rf"第?({_NUMERAL.pattern}|\d+)([条款项目章节编])(之[一二三四五六七八九十\d]+)?")
_ITEM: Final = re.compile(rf"(?<=[条款])第?[(（]({_NUMERAL.pattern}|\d+)[)）]项?")
_FILLER: Final = re.compile(r"[\s()（）《》“”\"]+")
_AND: Final = re.compile(r"[、，,;；和及与]|以及")
_TO: Final = re.compile(r"至|到|-|—|~|～")
LONGEST_RANGE: Final = 60


def places_of(article: str) -> tuple[Place, ...]:
    """The places that a citation names, in the order of the text; () when it names none that can be read (总则, 附件).

    "第五条、第十条" are two, "第三十六条第一款、第三款" too (what is left out is that of the one before), "第五条至第八条" four.
    """
    text = _FILLER.sub("", _ITEM.sub(r"第\1项", unicodedata.normalize("NFKC", article)))
    if _NUMERAL.fullmatch(text) or text.isdecimal():
        text = f"{text}条"
    found: list[Place] = []
    last: Place = ()
    end = 0
    for match in _STEP.finditer(text):
        between = text[end : match.start()]
        step = (match.group(2), f"{_number(match.group(1))}{match.group(3) or ''}")
        outer = tuple(part for part in last if _RANKS.index(part[0]) < _RANKS.index(step[0]))
        place = (*outer, step)
        if not between and last and len(outer) == len(last):
            found.pop()  # 第三十六条 goes on with 第二款
        elif last and _TO.fullmatch(between):
            found += _between(last, place)
        elif bool(last) != bool(_AND.fullmatch(between)):
            return ()
        found.append(place)
        last, end = place, match.end()
    return () if text[end:] else tuple(sorted(dict.fromkeys(found), key=_order))


def article_order(article: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Something to sort citations of one text by: the whole text first, then in its own order."""
    return tuple(_order(place) for place in places_of(article))


def meeting(cited: str, changed: str) -> str:
    """Whether what is cited of a text is touched by a change of some of it: "certain", "possible" or "".

    A change of the whole text ("") touches all that is cited; a change of an article touches who cites it, a part of it or the whole
    of which it is a part. Who cites the text without an article, or a place that cannot be read, is possibly touched: a person decides.
    """
    if not changed or _plain(cited) == _plain(changed):
        return "certain"
    mine, theirs = places_of(cited), places_of(changed)
    if not mine or not theirs:
        return "possible"
    if any(_within(a, b) or _within(b, a) for a in mine for b in theirs):
        return "certain"
    return "possible" if any(_chapter(a) != _chapter(b) for a in mine for b in theirs) else ""


def covers(changed: str, cited: str) -> bool:
    """Whether nothing is left of some place that is cited, if what is changed is gone: an article takes its paragraphs along."""
    if not changed or _plain(cited) == _plain(changed):
        return True
    return any(_within(place, gone) for place in places_of(cited) for gone in places_of(changed))


def _within(inner: Place, outer: Place) -> bool:
    """The article number alone places an article: 第二章第十条 and 第十条 are one place."""
    inner, outer = (tuple(part for part in place if part[0] not in "编章节") or place for place in (inner, outer))
    return inner[: len(outer)] == outer


def _chapter(place: Place) -> bool:
    """Named by chapter alone: which articles lie in it is not written in a citation."""
    return all(unit in "编章节" for unit, _number in place)


def _between(first: Place, last: Place) -> list[Place]:
    """What lies between the two ends of a range, where both are plain numbers of one unit."""
    unit, start, end = first[-1][0], first[-1][1], last[-1][1]
    if first[:-1] != last[:-1] or unit != last[-1][0] or not (start.isdecimal() and end.isdecimal()):
        return []
    return [(*first[:-1], (unit, str(number))) for number in range(int(start) + 1, min(int(end), int(start) + LONGEST_RANGE))]


def _order(place: Place) -> tuple[tuple[int, int, str], ...]:
    return tuple((_RANKS.index(unit), int(re.match(r"\d+", number).group()), number) for unit, number in place)  # type: ignore[union-attr]


def _written(place: Place) -> str:
    """36条2款; 20条之一."""
    return "".join(re.sub(r"^(\d+)", rf"\1{unit}", number) for unit, number in place)


def _plain(article: str) -> str:
    """A place that is no number, for comparing: 总则."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", article))
    text = _OF.sub(lambda m: f"{_number(m.group(1))}{m.group(2)}", text)
    return text.casefold()[:100]


def _without_number(title: str) -> str:
    return _NUMBER.sub("", title)


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
