"""导入的表单: bring a file, say how it is to be read, say which rows stay out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import day_field, one_of, paragraph, picked, several, text, wanted, yes
from dutygate.features.lists.importing.columns import FIELDS
from dutygate.features.lists.words import LEVELS, PURPOSES, SECTIONS

_RANGE: Final = re.compile(r"(\d{1,7})(?:\s*[-–—~～至]\s*(\d{1,7}))?")
MOST_NUMBERS: Final = 150_000


class BringForm(forms.Form):
    """上传要导入的表格."""

    use_required_attribute = False

    table = forms.FileField(
        label=_("表格"),
        help_text=_("xlsx 或者 csv，不超过 20 兆、15 万行。不得上传涉密文件。"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv"}),
    )


class PlanForm(forms.Form):
    """怎么读这个表格: which sheet and heading, which column is what, whose rows, on which document."""

    use_required_attribute = False

    purpose = one_of(_("导入什么"), ())
    section = picked(_("是哪一张清单"), (), required=False, help_text=_("表格里有一列写明的，选“看表格里的列”。"))
    sheet = picked(_("工作表"), (), required=False)
    heading = forms.IntegerField(
        label=_("表头在第几行"),
        min_value=0,
        max_value=200_000,
        help_text=_("没有表头的填 0。"),
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    townships = several(_("适用哪些乡镇"), (), required=False, help_text=_("表格里有一列写明乡镇的，可以都不选。"))
    level = picked(_("由哪一级确定"), (), required=False)
    document_number = wanted(text(_("文号"), limit=80, help_text=_("确定这些事项的文件，例如：内党办发〔2025〕1号。")))
    valid_from = day_field(_("从哪一天起"), required=True)
    whole = yes(_("这个表格就是这些乡镇这一部分的全部：清单上有、表格里没有的，从这一天起不再列入。"))
    other_seat = text(_("会商文件"), limit=200, help_text=_("导入权责清单时填：政务服务席位和牵头单位会商一致的文号或者纪要。"))

    def __init__(
        self,
        sheets: Sequence[Mapping[str, Any]],
        townships: Sequence[tuple[str, str]],
        today: date,
        data: QueryDict | None = None,
        kept: Mapping[str, Any] | None = None,
        sheet: str = "",
    ) -> None:
        self.sheets = sheets
        chosen = next((one for one in sheets if one["name"] == sheet), sheets[0])
        start = {"purpose": "baseline", "level": "banner", "valid_from": today.isoformat(), **chosen["guess"], **(kept or {})}
        columns = start.pop("columns", {})
        start |= {f"column_{field}": str(column) for field, column in columns.items()}
        super().__init__(data, initial=start, auto_id="f_%s")
        self.sheet_shown = chosen
        self._choices("purpose", [(name, gettext(label)) for name, label in PURPOSES.items()])
        in_column = [("", gettext("看表格里的列"))]
        self._choices("section", [*in_column, *((name, gettext(SECTIONS[name])) for name in ("basic", "cooperative", "taken_back"))])
        self._choices("sheet", [(one["name"], one["name"] or gettext("（只有一张）")) for one in sheets])
        self._choices("townships", townships)
        self._choices("level", [(name, gettext(label)) for name, label in LEVELS.items()])
        width = max(int(chosen["width"]), 1 + max((int(column) for column in columns.values()), default=0))
        named = [("", gettext("没有这一列")), *((str(i), _column_name(i, chosen["names"])) for i in range(width))]
        for field, label in FIELDS.items():
            self.fields[f"column_{field}"] = picked(gettext(label), named, required=False)

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    @property
    def columns(self) -> list[Any]:
        """The fields that say which column is what."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def given(self) -> dict[str, Any]:
        """What the plan is made of; called when the form is valid."""
        plain = self.cleaned_data
        columns = {field: int(plain[f"column_{field}"]) for field in FIELDS if plain[f"column_{field}"]}
        national = plain["purpose"] == "baseline"
        return {
            "purpose": plain["purpose"],
            "sheet": plain["sheet"],
            "heading": plain["heading"],
            "columns": columns,
            "section": plain["section"] if national and "section" not in columns else "",
            "townships": plain["townships"],
            "level": plain["level"] or "banner",
            "document_number": plain["document_number"],
            "valid_from": plain["valid_from"],
            "whole": plain["whole"],
        }

    def place_of(self, path: str) -> str | None:
        """The field at which a wrong part of the plan is shown."""
        first, _dot, second = path.partition(".")
        name = f"column_{second}" if first == "columns" else first
        return name if name in self.fields else None


def _column_name(index: int, names: Sequence[str]) -> str:
    """C 事项名称: the letter of a workbook, and what stands in the heading."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters} {names[index] if index < len(names) else ''}".strip()


class LeaveOutForm(forms.Form):
    """哪些行不导入."""

    use_required_attribute = False

    wrong = yes(_("有错的行都不导入"))
    others = paragraph(_("另外不导入的行"), limit=20_000, rows=2, help_text=_("写行号，例如：12、15-20。可以不填。"))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="l_%s")

    def clean_others(self) -> list[int]:
        """The numbers. Raises ValidationError for what is no number."""
        found: set[int] = set()
        for part in re.split(r"[\s,，、;；]+", str(self.cleaned_data["others"]).strip()):
            if not part:
                continue
            match = _RANGE.fullmatch(part)
            if match is None:
                raise forms.ValidationError(gettext("这不是行号：%(part)s") % {"part": part[:30]}, code="number")
            first, last = int(match.group(1)), int(match.group(2) or match.group(1))
            if last < first or last - first > MOST_NUMBERS:
                raise forms.ValidationError(gettext("这不是行号：%(part)s") % {"part": part[:30]}, code="number")
            found.update(range(first, last + 1))
        return sorted(found)

    def left_out(self, wrong: Sequence[int]) -> list[int]:
        """All rows that stay out; called when the form is valid."""
        return sorted({*self.cleaned_data["others"], *(wrong if self.cleaned_data["wrong"] else ())})
