"""到期告知与签收 (Article 4.4) as forms: the notice is drafted from the duty, the receipt needs one click."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, ScanForm, act_form, day_field, paragraph, text
from dutygate.base.actions.subjects import Subjects, shows_subjects
from dutygate.features.lists.ending import Ending
from dutygate.features.lists.queries import titles_of_duties

shows_subjects(
    Subjects(
        fits=lambda subject: subject.split("-")[1:2] == ["D"],
        titles=titles_of_duties,
        page=lambda subject: reverse("duty", args=[subject]),
        act=lambda subject, action: reverse("duty_act", args=[subject, action]),
    )
)


@act_form("duty.notify_end")
class NotifyEndForm(ScanForm):
    """到期告知: number, day and text; to whom it goes is known already."""

    page = "lists/end_act.html"
    template = "lists/_end_fields.html"
    button = _("发出到期告知")
    places = {"end_told_too_early": "dated_on", "end_told_already": ""}

    document_number = text(_("文号"), limit=80, required=True, help_text=_("告知书的文号。"))
    dated_on = day_field(_("成文日期"), help_text=_("不早于最后一天，不晚于今天。"))
    text = paragraph(_("告知书正文"), limit=20_000, rows=10, help_text=_("已经拟好，请核对、修改。"))

    field_order = ("document_number", "dated_on", "text", "scan_file", "scan", "scan_name")

    @property
    def ending(self) -> Ending:
        """The end that is told."""
        found: Ending = self.scene.place
        return found

    def start(self) -> dict[str, Any]:
        """The draft, dated today."""
        return {"dated_on": self.ending.today, "text": self.ending.draft()}

    def context(self) -> dict[str, Any]:
        """What ended, and who will be told."""
        return {"ending": self.ending, "notifying": True}


@act_form("duty.acknowledge_end")
class AcknowledgeEndForm(ActForm):
    """签收到期告知: nothing to fill in."""

    page = "lists/end_act.html"
    template = "lists/_end_fields.html"
    button = _("签收")
    drafted = False
    places = {"end_receipt_given": ""}

    def context(self) -> dict[str, Any]:
        """The notice."""
        return {"ending": self.scene.place, "notifying": False}
