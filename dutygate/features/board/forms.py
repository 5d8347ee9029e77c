"""看哪一年、哪一天的看板: read from the address, so that a page can be passed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import day_field, picked


class BoardForm(forms.Form):
    """Year of refusals, ended cases, money and reports; day of the lists; for a city, which banner (by code)."""

    use_required_attribute = False

    place = picked(_("旗"), (), required=False)
    year = picked(_("年度"), (), required=False)
    on = day_field(_("哪一天的清单"))

    def __init__(self, given: QueryDict, years: Sequence[int], places: Sequence[tuple[str, str]], today: date) -> None:
        self.today = today
        plain = {name: str(given.get(name, ""))[:20].strip() for name in self.base_fields}
        super().__init__({**plain, "on": plain["on"] or today.isoformat(), "year": plain["year"] or str(years[0])}, auto_id="f_%s")
        choices: dict[str, list[tuple[str, Any]]] = {"year": [(str(year), str(year)) for year in years], "place": list(places)}
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]  # both are choice fields
        if len(places) < 2:
            del self.fields["place"]
        self.is_valid()

    @property
    def year_asked(self) -> int:
        """The year; this one where none was chosen that there is."""
        return int(self.cleaned_data.get("year") or self.today.year)

    @property
    def day_asked(self) -> date:
        """The day; today for what was not typed well."""
        found: date = self.cleaned_data.get("on") or self.today
        return found
