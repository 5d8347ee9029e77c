"""How often the right entry comes among the first three, when a list's own names are asked for in other words: as papers put them.

The variants of a name depend on nothing but the name and the seed, so that the same list gives the same rates.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from dutygate.base.search.apart import indexed_apart
from dutygate.base.search.noticed import Noticed
from dutygate.base.search.text import Text, folded

FIRST: Final = 3
SEED: Final = 7
_PIECES: Final = re.compile(r"[、，,（()）“”\"/]|的|和|与|及")


def _chosen(name: str, seed: int, what: str, choices: int) -> int:
    """The same number from 0 below ``choices`` each time."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{what}:{name}".encode()).digest()[:8], "big") % max(choices, 1)


def left_out(name: str, seed: int = SEED) -> str:
    """A fifth of the name, two characters at least, is missing somewhere; a name of four is left as it is."""
    gone = max(2, len(name) // 5)
    if len(name) <= gone + 2:
        return name
    start = _chosen(name, seed, "left out", len(name) - gone + 1)
    return name[:start] + name[start + gone :]


def turned(name: str, seed: int = SEED) -> str:
    """Two parts of the name in the other order: parted where it is parted itself, else somewhere in its middle."""
    places = [found.end() for found in _PIECES.finditer(name) if 2 <= found.end() <= len(name) - 2]
    third = len(name) // 3
    places = places or list(range(max(third, 1), max(len(name) - third, 2)))
    at = places[_chosen(name, seed, "turned", len(places))]
    return name[at:] + name[:at]


def in_title(name: str, seed: int = SEED) -> str:
    """The name in the title of a notice, and a text below that says other things."""
    year = 2024 + _chosen(name, seed, "year", 3)
    return (
        f"关于进一步做好{year}年{name}工作的通知\n\n各苏木乡镇人民政府：\n"
        "为深入贯彻落实上级有关会议精神，确保各项任务落到实处，经研究，现将有关事项通知如下。\n"
        "一、提高认识，加强组织领导。要高度重视，明确责任人，细化工作措施。\n"
        "二、按时报送。请于本月25日前将工作开展情况报送我单位，联系电话见附件。\n特此通知。"
    )


def in_text(name: str, seed: int = SEED) -> str:
    """The name in the middle of a text without a title that says it."""
    share = 10 + _chosen(name, seed, "day", 15)
    return (
        "各乡镇：\n根据年度工作要点，结合我旗实际，现就有关工作安排如下。一是加强宣传引导，营造良好氛围；"
        f"二是请各乡镇于{share}日前完成{name}，建立台账，专人负责；"
        "三是强化协作配合，及时沟通情况，遇有问题向我单位反映。"
    )


def in_title_left_out(name: str, seed: int = SEED) -> str:
    """Both: the title of a notice with a part of the name missing."""
    return in_title(left_out(name, seed), seed)


VARIANTS: Final[dict[str, Callable[[str, int], str]]] = {
    "as it is": lambda name, seed: name,
    "words left out": left_out,
    "order changed": turned,
    "in a notice's title": in_title,
    "in a notice's text": in_text,
    "in a title, words left out": in_title_left_out,
}


@dataclass(slots=True)
class Rate:
    """Of so many names asked for in one way: how often the right one came first, and how often among the first three."""

    asked: int = 0
    first: int = 0
    among: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """Among the first three, in percent."""
        return round(100 * self.among / self.asked, 1) if self.asked else 0.0


def rate(names: Iterable[str], seed: int = SEED) -> dict[str, Rate]:
    """Variant -> how well the names of a list are found. The same name twice is one; an index of its own is made in memory."""
    kept: Sequence[str] = list(dict.fromkeys(name.strip() for name in names if len(name.strip()) > 1))
    found = {variant: Rate() for variant in VARIANTS}
    with indexed_apart([Text(number, name) for number, name in enumerate(kept, start=1)]):
        for name in kept:
            for variant, change in VARIANTS.items():
                _ask(kept, name, change(name, seed), found[variant])
    return found


def _ask(names: Sequence[str], name: str, text: str, into: Rate) -> None:
    noticed = Noticed(text)
    best = [folded(names[one.id - 1]) for one in noticed.alike(noticed.candidates(), FIRST)]
    into.asked += 1
    into.first += best[:1] == [folded(name)]
    into.among += folded(name) in best
    if folded(name) not in best:
        into.missed.append((name, best[0] if best else ""))
