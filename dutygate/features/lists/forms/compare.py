"""比较哪两天的清单. Read from the address, so that a page can be passed on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import day_field
from dutygate.features.lists.forms import AsOf
from dutygate.features.lists.words import LISTS


class CompareForm(forms.Form):
    """Two days, and for each the day of knowledge."""

    use_required_attribute = False

    first = day_field(_("前一个日期"))
    first_known = day_field(_("前者按哪一天掌握的情况"))
    second = day_field(_("后一个日期"))
    second_known = day_field(_("后者按哪一天掌握的情况"))
    list = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, given: QueryDict, today: date) -> None:
        self.today = today
        plain = {name: str(given.get(name, ""))[:200].strip() for name in self.base_fields}
        start = {"first": (today - timedelta(days=365)).isoformat(), "second": today.isoformat()}
        super().__init__({**start, **{name: value for name, value in plain.items() if value}}, auto_id="f_%s")
        self.is_valid()

    def clean_first_known(self) -> date | None:
        """Nobody knows today what will be known tomorrow."""
        return self._known("first_known")

    def clean_second_known(self) -> date | None:
        """Likewise."""
        return self._known("second_known")

    def _known(self, name: str) -> date | None:
        known: date | None = self.cleaned_data.get(name)
        if known is not None and known > self.today:
            raise forms.ValidationError(gettext("不能晚于今天。"))
        return known

    @property
    def before(self) -> AsOf:
        """The first reading; what was not typed well is read as a year ago."""
        return AsOf(self.cleaned_data.get("first") or self.today - timedelta(days=365), self.cleaned_data.get("first_known"))

    @property
    def after(self) -> AsOf:
        """The second reading; what was not typed well is read as today."""
        return AsOf(self.cleaned_data.get("second") or self.today, self.cleaned_data.get("second_known"))

    @property
    def list_name(self) -> str:
        """The list that is compared; the list of duties when none is named."""
        chosen = str(self.cleaned_data.get("list") or "")
        return chosen if chosen in LISTS else "duties"

    def query(self, **more: Any) -> str:
        """``?…`` for a link, with more put in."""
        kept = {name: value for name, value in self.data.items() if value and name not in self.errors}
        return f"?{urlencode({**kept, **more})}"
