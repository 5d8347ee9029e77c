"""理由一条一条写: numbered rows of a reason and the provision it rests on; one empty row more than is filled, always."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dutygate.law.regulation.edition import Edition

LONGEST, MOST, LEAST = 2000, 50, 2
LABEL: Final = gettext_lazy("第%(place)s条理由")
CITED: Final = gettext_lazy("第%(place)s条所依据的条款")


def rows_wanted(given: QueryDict | None, tail: str = "", least: int = LEAST) -> int:
    """How many rows to show: at least so many, and one more than the last one filled."""
    filled = [place for place in range(1, MOST + 1) if given is not None and given.get(f"reason_{place}{tail}", "").strip()]
    return min(MOST, max(least, max(filled, default=0) + 1))


def reason_fields(edition: Edition, lang: str, rows: int, tail: str = "") -> dict[str, forms.Field]:
    """The fields of so many rows. ``tail`` is put behind their names where several cases stand in one form."""
    choices = [("", _("不引用条款")), *((p.id, p.label.in_language(lang)) for p in edition.provisions.values())]
    found: dict[str, forms.Field] = {}
    for place in range(1, rows + 1):
        area = forms.Textarea(attrs={"class": "form-control", "rows": 2})
        reason = forms.CharField(label=LABEL % {"place": place}, required=False, max_length=LONGEST, widget=area)
        select = forms.Select(attrs={"class": "form-select"})
        found[f"reason_{place}{tail}"] = reason
        found[f"provision_{place}{tail}"] = forms.ChoiceField(
            label=CITED % {"place": place}, required=False, choices=choices, widget=select
        )
    return found


def reasons_in(cleaned: Mapping[str, Any], tail: str = "") -> list[dict[str, str]]:
    """What was written, without empty rows."""
    written = {place: text for place in range(1, MOST + 1) if (text := cleaned.get(f"reason_{place}{tail}"))}
    return [{"text": text, "provision": cleaned.get(f"provision_{place}{tail}", "")} for place, text in written.items()]


def bound_rows(form: forms.Form, tail: str = "") -> list[tuple[forms.BoundField, forms.BoundField]]:
    """(reason, provision) of each row, as a template shows them."""
    places = [place for place in range(1, MOST + 1) if f"reason_{place}{tail}" in form.fields]
    return [(form[f"reason_{place}{tail}"], form[f"provision_{place}{tail}"]) for place in places]
