"""不误伤答复 (4.1): a form on the text of an application says whose answers an edit would undo, and is not sent before that is known."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from dutygate.base.actions.forms import yes
from dutygate.features.application.actions.edit import Edit
from dutygate.features.application.forms.part import Part, WritingForm
from dutygate.features.application.text import compare


class LapsingForm(WritingForm):
    """The text, in parts; nobody's answer is lost by accident."""

    own_page = ("case_write", "items")
    live = True
    tried = "application/_lapsing.html"
    fine = _("可以保存。还缺什么，到最后一步“检查并征求意见”一起看。")
    button = _("保存，下一步：检查")
    more_buttons = (("stay", _("只保存，留在这一页")),)
    parts: tuple[Part, ...] = ()

    lapse_ok = yes(_("知道答复会失效，照样保存"), help_text=_("只有这次改动会使答复失效，才需要勾选。"))

    def shape(self) -> None:
        """Where nobody has answered there is nothing to know."""
        if not self.answered:
            del self.fields["lapse_ok"]

    def clean(self) -> dict[str, Any] | None:
        """The parts fit together; and whoever sends it knows whose answers it undoes."""
        found = super().clean()
        for part in self.parts:
            part.clean()
        sending = self.data.get("_intent", "do") in ("do", "stay")
        if sending and not self.errors and not self.cleaned_data.get("lapse_ok") and self.lapsing:
            names = gettext("、").join(self.township(unit) for unit in self.lapsing)
            said = gettext("这样改，%(townships)s的答复会失效（第四条（一））。确实要改的，请勾选这一项，再保存。") % {"townships": names}
            self.add_error("lapse_ok", forms.ValidationError(said, code="lapses"))
        return found

    @cached_property
    def lapsing(self) -> list[int]:
        """Those whose answers what is typed now would undo."""
        if not self.answered:
            return []
        try:
            payload = Edit.Payload.model_validate(self.payload())
        except ValidationError:
            return []
        subject = self.found.now.looked.subject
        return compare(subject, payload).touches(subject, self.answered)

    def payload(self) -> dict[str, Any]:
        """Only what reads otherwise than it stands."""
        given: dict[str, Any] = {}
        for part in self.parts:
            given |= part.payload()
        return given | self.said(())

    def said(self, names: tuple[str, ...]) -> dict[str, Any]:
        """Of these declarations those that are made otherwise now. A day can be taken back, a choice only changed."""
        given: dict[str, Any] = {}
        for name in names:
            if self.sent(name) and name in self.cleaned_data:
                given |= self._changed(name) or {}
        return given

    def _changed(self, name: str) -> dict[str, Any] | None:
        value, now = self.cleaned_data[name], getattr(self.found.case, name)
        if name == "handles_emergency":
            value = value == "yes"
        elif isinstance(value, str):
            value = value.replace("\r\n", "\n")
        return None if value == now or (value == "" and name in ("track", "declared_class", "mode", "reason")) else {name: value}

    def context(self) -> dict[str, Any]:
        """Everything that the templates of the parts need."""
        shown = dict(super().context())
        for part in self.parts:
            shown |= part.context()
        checked = self.is_bound and hasattr(self, "cleaned_data")
        shown["lapsing"] = [self.township(unit) for unit in self.lapsing] if checked else []
        return shown


ITEMS_FORMS: dict[str, type[LapsingForm]] = {}
"""Kind of case -> the form of its text; the features that know an exit or an adjustment bring theirs."""


def items_form(kind: str, form: type[LapsingForm]) -> None:
    """Register the form in which the text of a kind of case is written. Raises ValueError on a second one."""
    if kind in ITEMS_FORMS:
        raise ValueError(f"the text of {kind} has two forms")
    ITEMS_FORMS[kind] = form
