"""列: which column of a file is which part of a row, guessed by its heading and changeable by the person.

The headings are those of the national three lists (基本履职、配合履职、上级收回) and what offices write instead of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop

FIELDS: Final = {
    "ordinal": gettext_noop("序号"),
    "section": gettext_noop("部分（基本履职、配合履职、上级收回）"),
    "category": gettext_noop("类别"),
    "title": gettext_noop("事项名称"),
    "upper_department": gettext_noop("对应上级部门"),
    "upper_duties": gettext_noop("上级部门职责"),
    "township_duties": gettext_noop("乡镇配合职责"),
    "taken_over_by": gettext_noop("承接部门"),
    "working_method": gettext_noop("工作方式"),
    "township": gettext_noop("乡镇（苏木、街道）"),
    "valid_from": gettext_noop("起始日期"),
    "valid_to": gettext_noop("终止日期（含当天）"),
    "document_number": gettext_noop("文号"),
    "legal_basis": gettext_noop("法定依据"),
    "code": gettext_noop("事项编号"),
}
"""The parts of a row, in the order in which they are offered."""
NATIONAL: Final = {
    "basic": ("ordinal", "category", "title"),
    "cooperative": ("ordinal", "category", "title", "upper_department", "upper_duties", "township_duties"),
    "taken_back": ("ordinal", "category", "title", "taken_over_by", "working_method"),
}
"""The columns of each of the three national lists, in their order."""
KEPT: Final = ("upper_department", "upper_duties", "township_duties", "taken_over_by", "working_method", "legal_basis")
"""What is kept of a row beside title and category."""
_HEADINGS: Final = {
    "ordinal": ("序号", "编号", "seq", "no"),
    "section": ("部分", "清单类型", "清单类别", "清单名称", "清单", "section"),
    "category": ("类别", "事项类别", "职责类别", "领域", "类型", "field", "category"),
    "title": (
        "事项名称", "职责名称", "事项", "履职事项", "职责事项", "名称", "权力名称", "职权名称", "level2_item", "item_name", "title", "name",
    ),
    "upper_department": (
        "对应上级部门", "上级部门", "上级业务部门", "主管部门", "牵头部门", "实施主体", "责任主体", "department", "responsible_body",
    ),
    "upper_duties": ("上级部门职责", "上级职责", "部门职责", "主管部门职责"),
    "township_duties": ("乡镇配合职责", "乡镇街道配合职责", "配合职责", "苏木乡镇配合职责", "乡镇职责", "街道配合职责", "content"),
    "taken_over_by": ("承接部门", "收回部门", "承接单位", "收回后承接部门"),
    "working_method": ("工作方式", "收回后工作方式", "履职方式", "承接方式"),
    "township": ("乡镇", "乡镇名称", "乡镇街道", "苏木乡镇", "苏木乡镇街道", "所属乡镇", "适用乡镇", "township"),
    "valid_from": ("起始日期", "生效日期", "施行日期", "开始日期", "起", "valid_from"),
    "valid_to": ("终止日期", "截止日期", "结束日期", "止", "valid_to"),
    "document_number": ("文号", "批准文号", "文件号", "依据文号", "doc_no", "document_number"),
    "legal_basis": ("法定依据", "法律依据", "设定依据", "实施依据", "依据", "legal_basis"),
    "code": ("事项编号", "职责编号", "code"),
}  # fmt: skip
_BRACKETED: Final = re.compile(r"[（(].*?[）)]")
_NOISE: Final = re.compile(r"[\s:：*＊、，,。/／\-—_·]+")
HEADER_WITHIN: Final = 15
"""A heading stands within the first rows, below a title and who issued it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The row that names the columns: its number, and field -> column (from 0)."""

    number: int
    columns: Mapping[str, int]


def heading_key(text: str) -> str:
    """A heading without blanks, width, brackets and punctuation: 事项 名称（全称） = 事项名称."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOISE.sub("_" if folded.isascii() else "", _BRACKETED.sub("", folded)).strip("_")


_KEYS: Final = {field: tuple(heading_key(name) for name in names) for field, names in _HEADINGS.items()}


def guess(cells: Sequence[str]) -> dict[str, int]:
    """Field -> column, of one row of headings. The name that stands first in the table of headings wins, and each column once."""
    keys = [heading_key(cell) for cell in cells]
    found: dict[str, int] = {}
    taken: set[int] = set()
    wished = sorted(
        (rank, order, field, column)
        for order, (field, names) in enumerate(_KEYS.items())
        for rank, name in enumerate(names)
        for column, key in enumerate(keys)
        if key == name
    )
    for _rank, _order, field, column in wished:
        if field not in found and column not in taken:
            found[field] = column
            taken.add(column)
    return found


def find_heading(rows: Iterable[tuple[int, Sequence[str]]]) -> Heading | None:
    """The first of the uppermost rows that names a title and something else; None where no row does."""
    best: Heading | None = None
    for _, (number, cells) in zip(range(HEADER_WITHIN), rows, strict=False):
        columns = guess(cells)
        if "title" in columns and len(columns) >= 2 and (best is None or len(columns) > len(best.columns)):
            best = Heading(number, columns)
    return best


def section_of(columns: Iterable[str], name: str = "") -> str:
    """Which of the three lists it is, by the sheet's or file's name, else by the columns; "" where nothing tells."""
    for word, section in (("收回", "taken_back"), ("配合", "cooperative"), ("基本", "basic")):
        if word in name:
            return section
    present = set(columns)
    if present & {"taken_over_by", "working_method"}:
        return "taken_back"
    if present & {"upper_duties", "township_duties"}:
        return "cooperative"
    return ""
