"""公布联系方式 as a form; the search of the public pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, text, wanted, yes


@dataclass(frozen=True, slots=True)
class ContactPlace:
    """Whose contact: key, name, what is published now; today."""

    key: str
    name: str
    today: date
    now: dict[str, str] = field(default_factory=dict)


@act_form("unit.publish_contact")
class ContactForm(ActForm):
    """公布联系方式 of one office."""

    page = "publicity/contact.html"
    places = {"disclosure_not_checked": "checked"}

    telephone = text(_("对外公布的电话"), limit=60, help_text=_("办公电话，不写个人手机。三项都不填的，不再公布。"))
    address = text(_("办公地址"), limit=200)
    hours = text(_("办公时间"), limit=100, help_text=_("例如：工作日 8:30-12:00，14:30-17:30。"))
    valid_from = day_field(_("从哪天起"), required=True)
    checked = yes(_("已经做过公开审查，可以公开"))
    checked_by = wanted(text(_("审查人"), limit=100, help_text=_("做公开审查的单位和人。")))

    def start(self) -> dict[str, Any]:
        """What is published now, from today on."""
        place: ContactPlace = self.scene.place
        return {**place.now, "valid_from": place.today}

    def payload(self) -> dict[str, Any]:
        """As the action takes it."""
        place: ContactPlace = self.scene.place
        return {"unit": place.key, **super().payload()}
