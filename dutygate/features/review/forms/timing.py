"""表单 of the time of a review (Article 3): more of it, a standstill, and going on. What each does to every open task is shown before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, paragraph, wanted
from dutygate.features.cases.acts import returns_to
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.head import waiting_line
from dutygate.features.review.timing import marks_of

returns_to("review", "review.extend", "review.pause", "review.resume")


class _TimeForm(CaseForm):
    """The reason, and the open tasks of the review with what becomes of each."""

    template = "review/_time_fields.html"
    places = {"reason_missing": "reason", "extension_too_long": "days"}
    does: str = ""

    reason = wanted(paragraph(_("理由"), limit=2000, rows=3))

    def context(self) -> dict[str, Any]:
        """{does, tasks: [{label, unit, light …, stands}], most}: what is open, and what the edition allows."""
        found = self.found
        procedure, edition = found.now.procedure, found.now.looked.edition
        tasks = [
            {**waiting_line(task, found, procedure), "stands": procedure.stands_still(task.action)}
            for task in found.waiting.tasks
            if task.due_on is not None
        ]
        names = ("review_extension", "review_extensions", "review_pause", "review_pauses")
        most = {name: edition.parameter(name, found.case.track) for name in names if name in edition.parameters}
        default = any(edition.parameters[name].is_default for name in most)
        return {**super().context(), "does": self.does, "tasks": tasks, "most": most, "is_default": default, "used": marks_of(found.case)}


@act_form("review.extend")
class ExtendForm(_TimeForm):
    """延长审核时限."""

    button = _("延长时限")
    does = "extend"

    days = forms.IntegerField(
        label=_("延长几个工作日"),
        min_value=1,
        max_value=366,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
    )
    field_order = ("days", "reason")


@act_form("review.pause")
class PauseForm(_TimeForm):
    """暂停审核."""

    button = _("暂停审核")
    does = "pause"


@act_form("review.resume")
class ResumeForm(_TimeForm):
    """恢复审核."""

    button = _("恢复审核")
    does = "resume"
