"""提交书面申请, and taking it back until it is accepted (4.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, paragraph, text
from dutygate.features.application.paper import paper_of
from dutygate.features.application.similar import similar_shown
from dutygate.features.cases.forms import CaseForm


@act_form("application.submit")
class SubmitForm(CaseForm):
    """提交: day and number of the paper; what it says stands above."""

    template = "application/_submit_fields.html"
    button = _("提交给牵头单位")

    signed_on = day_field(_("签署日期"), required=True, help_text=_("申请书上签字、盖章的日期，不能晚于今天。"))
    document_number = text(_("文号"), limit=80, help_text=_("有文号的照录，没有可以不填。"))

    def start(self) -> dict[str, Any]:
        """Today, unless somebody says otherwise."""
        return {"signed_on": self.found.reading.on}

    def clean_signed_on(self) -> date:
        """What lies before the lead today was not signed tomorrow."""
        day: date = self.cleaned_data["signed_on"]
        if day > self.found.reading.on:
            raise forms.ValidationError(gettext("签署日期不能晚于今天。"), code="to_come")
        return day

    def context(self) -> dict[str, Any]:
        """The eleven items, filled in or not; and what is like it."""
        return {**super().context(), "paper": paper_of(self.found), "similar": similar_shown(self.found)}


@act_form("application.take_back")
class TakeBackForm(CaseForm):
    """撤回申请."""

    button = _("撤回申请")

    reason = paragraph(_("撤回的理由"), limit=2000, help_text=_("可以不写。撤回以后申请书回到本单位，内容不变，改好可以再提交。"))
