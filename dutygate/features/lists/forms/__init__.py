"""查看哪一天的清单: the two days of a list, and what it is narrowed to. Read from the address, so that a page can be passed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import day_field, picked, text
from dutygate.features.lists.words import LISTS, SECTIONS


@dataclass(frozen=True, slots=True)
class AsOf:
    """The list of a day, as it is known now (``known_on`` None), or as it was known at the end of another day."""

    on: date
    known_on: date | None = None

    @property
    def known_at(self) -> datetime | None:
        """The last moment of the day of knowledge, in the offices' time zone."""
        if self.known_on is None:
            return None
        next_day = datetime.combine(self.known_on + timedelta(days=1), time(), ZoneInfo(settings.TIME_ZONE))
        return next_day - timedelta(microseconds=1)


class DaysForm(forms.Form):
    """哪一天的清单，按哪一天掌握的情况."""

    use_required_attribute = False

    on = day_field(_("哪一天的清单"))
    known = day_field(_("按哪一天掌握的情况"))

    def __init__(self, given: QueryDict, today: date) -> None:
        self.today = today
        plain = {name: str(given.get(name, ""))[:200].strip() for name in self.base_fields}
        super().__init__({"on": today.isoformat(), **{name: value for name, value in plain.items() if value}}, auto_id="f_%s")
        self.is_valid()

    def clean_known(self) -> date | None:
        """Nobody knows today what will be known tomorrow."""
        known: date | None = self.cleaned_data.get("known")
        if known is not None and known > self.today:
            raise forms.ValidationError(gettext("不能晚于今天。"))
        return known

    @property
    def as_of(self) -> AsOf:
        """The two days; what was not typed well is read as today."""
        known = self.cleaned_data.get("known")
        return AsOf(self.cleaned_data.get("on") or self.today, None if known == self.today else known)

    def kept(self) -> dict[str, Any]:
        """What of the address is worth keeping in a link to a neighbouring page: not what was typed wrongly, nor what is so anyway."""
        today = self.today.isoformat()
        return {name: value for name, value in self.data.items() if value and name not in self.errors and (name, value) != ("on", today)}

    def query(self, names: Iterable[str] | None = None, **more: Any) -> str:
        """``?…`` for a link: of these fields (all when not named), with more put in; "" for nothing."""
        kept = {name: value for name, value in self.kept().items() if names is None or name in names}
        kept.update({name: value for name, value in more.items() if value})
        return f"?{urlencode(kept)}" if kept else ""


class SearchForm(DaysForm):
    """All lists: which words."""

    q = text(_("名称、编号或内容中的字词"), limit=100)

    field_order = ("q", "on", "known")


class TownshipForm(DaysForm):
    """One township's list: also which list, which section, which words."""

    list = forms.CharField(required=False, widget=forms.HiddenInput())
    section = picked(_("部分"), (), required=False)
    q = text(_("名称、编号或内容中的字词"), limit=100)

    field_order = ("q", "section", "on", "known", "list")

    def __init__(self, given: QueryDict, today: date) -> None:
        super().__init__(given, today)
        choices = [("", gettext("全部")), *((name, gettext(label)) for name, label in SECTIONS.items())]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def list_name(self) -> str:
        """The list that is shown; the list of duties when none is named."""
        chosen = str(self.cleaned_data.get("list") or "")
        return chosen if chosen in LISTS else "duties"
