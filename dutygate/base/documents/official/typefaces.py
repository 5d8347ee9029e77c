"""公文的字体: what the offices have is named in a docx; a PDF is set in free look-alikes that are here, and says which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dutygate.base.documents.tables import NoTypeface
from dutygate.base.documents.typesetting import families

FANG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
HEI: Final = "黑体"
SONG: Final = "宋体"
BIAOSONG: Final = "方正小标宋简体"
MONGOLIAN: Final = "Mongolian Baiti"
_SERIF: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun")
_SANS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "SimHei", "WenQuanYi Zen Hei")
LOOK_ALIKES: Final[dict[str, tuple[str, ...]]] = {
    FANG: ("FandolFang R", "FandolFang", *_SERIF, *_SANS),
    KAI: ("FandolKai", "AR PL UKai CN", "FandolFang R", "FandolFang", *_SERIF, *_SANS),
    HEI: (*_SANS, *_SERIF),
    SONG: (*_SERIF, *_SANS),
    BIAOSONG: (*_SERIF, *_SANS),
    MONGOLIAN: ("Noto Sans Mongolian", "Mongolian Baiti"),
}
"""For each the first that is here; the others behind it for characters that it lacks. 小标宋 is set in the bold of its own."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Named typeface -> those that stand for it here, the first first."""

    here: dict[str, tuple[str, ...]]

    def said(self) -> tuple[str, ...]:
        """For the properties of a PDF: which stands for which."""
        return tuple(f"{named} → {found[0]}" for named, found in self.here.items() if found)


def chosen(mongolian: bool = False) -> Chosen:
    """Raises NoTypeface when no Chinese typeface is here, or (``mongolian``) none for Mongolian script."""
    present = families(*(LOOK_ALIKES[named] for named in ((FANG, MONGOLIAN) if mongolian else (FANG,))))
    here = {named: tuple(one for one in wanted if one in present) for named, wanted in LOOK_ALIKES.items()}
    if not here[FANG] or (mongolian and not here[MONGOLIAN]):
        raise NoTypeface
    return Chosen(here)
