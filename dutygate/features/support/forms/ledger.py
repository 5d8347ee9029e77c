"""看哪些承诺: what the ledger is narrowed to, read from the address, so that a page can be passed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import picked
from dutygate.features.lists.words import SAFEGUARDS
from dutygate.features.support.queries import Wanted
from dutygate.features.support.words import DIMENSIONS, FILTERS

Choices = Sequence[tuple[str, Any]]


class LedgerForm(forms.Form):
    """Year, department, township, kind, how it stands; ``by``: what the sums are by. Units by key."""

    use_required_attribute = False

    year = picked(_("年度"), (), required=False)
    department = picked(_("部门"), (), required=False)
    township = picked(_("乡镇"), (), required=False)
    kind = picked(_("种类"), (), required=False)
    light = picked(_("状态"), (), required=False)
    by = picked(_("合计"), (), required=False)

    def __init__(self, given: QueryDict, years: Sequence[int], departments: Choices, townships: Choices) -> None:
        names = tuple(self.base_fields)
        super().__init__({name: str(given.get(name, ""))[:100] for name in names}, auto_id="f_%s")
        every = ("", gettext("全部"))
        choices: dict[str, list[tuple[str, Any]]] = {
            "year": [every, *((str(year), str(year)) for year in years)],
            "department": [every, *departments],
            "township": [every, *townships],
            "kind": [every, *((name, gettext(word)) for name, word in SAFEGUARDS.items())],
            "light": [every, *((name, gettext(word)) for name, word in FILTERS.items())],
            "by": [(name, gettext(word)) for name, word in DIMENSIONS.items()],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        self.is_valid()

    def value(self, name: str) -> str:
        """What was chosen, "" for nothing and for what cannot be chosen."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def by_what(self) -> str:
        """The dimension of the sums."""
        return self.value("by") or "department"

    def wanted(self, unit: Any, duty: int | None) -> Wanted:
        """As the queries take it. ``unit``: key -> id."""
        year = self.value("year")
        return Wanted(
            department=unit(self.value("department")),
            township=unit(self.value("township")),
            duty=duty,
            year=int(year) if year else None,
            kind=self.value("kind"),
            light=self.value("light"),
        )

    def query(self, **more: Any) -> str:
        """``?…`` for a link: what is chosen now, with more put in; "" for nothing."""
        kept = {name: self.value(name) for name in self.fields if self.value(name)}
        kept.update({name: str(value) for name, value in more.items()})
        kept = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"
