"""月日: a day of every year, typed as people write it, kept as "06-30" (Article 5: by when a safeguard is given)."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Final

from django import forms
from django.utils.translation import gettext as _
from pydantic import AfterValidator, StringConstraints

from dutygate.base.ui.language import language

TYPED: Final = re.compile(r"(?:每年)?(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
YEAR_END: Final = "12-31"


def in_every_year(day: str) -> str:
    """The same day, if every year has it; "" = none. Raises ValueError."""
    if day:
        date(2001, int(day[:2]), int(day[3:]))
    return day


MonthDay = Annotated[str, StringConstraints(pattern=r"^(?:\d{2}-\d{2})?$"), AfterValidator(in_every_year)]
"""A day that every year has, "06-30", or "" for none."""


def month_day_zh(day: str) -> str:
    """06-30 -> 6月30日."""
    return f"{int(day[:2])}月{int(day[3:])}日"


def month_day(day: str) -> str:
    """The same in the language of the page; "" for none."""
    if not day:
        return ""
    return month_day_zh(day) if language() != "en" else f"{int(day[3:])} {calendar.month_name[int(day[:2])]}"


def as_typed(day: str) -> str:
    """As it stands in a field, where it can be read again; "" for none."""
    return month_day_zh(day) if day and language() != "en" else day


def later_of(one: str, other: str) -> str:
    """The later of two days by which something is given; "" is the end of the year."""
    return max(one or YEAR_END, other or YEAR_END) if one and other else ""


class MonthDayField(forms.CharField):
    """6月30日, 6-30, 06.30: gives "06-30", or "" for nothing."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"class": "form-control amount", "autocomplete": "off"}), **more)

    def clean(self, value: Any) -> str:
        """Raises ValidationError for what is no day of every year."""
        typed = unicodedata.normalize("NFKC", super().clean(value) or "").replace(" ", "")
        if not typed:
            return ""
        found = TYPED.fullmatch(typed)
        try:
            return in_every_year(f"{int(found[1]):02d}-{int(found[2]):02d}" if found else "00-00")
        except ValueError:
            raise forms.ValidationError(_("请写几月几日，例如 6月30日；不写年份。"), code="day") from None
