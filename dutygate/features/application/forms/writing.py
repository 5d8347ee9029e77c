"""编写申请 (4.1): ten of the eleven items, what comes with the duty, on what it rests, and the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from dutygate.base.actions.forms import act_form, yes
from dutygate.features.application.actions.edit import Edit
from dutygate.features.application.forms.additions import Additions
from dutygate.features.application.forms.citing import Citing
from dutygate.features.application.forms.items import Items
from dutygate.features.application.forms.part import WritingForm
from dutygate.features.application.forms.present import FROM_REPLIES
from dutygate.features.application.forms.supports import Supports
from dutygate.features.application.text import compare
from dutygate.features.cases.opening import DECLARATIONS, DeclaredFields, declared_classes, hints_in
from dutygate.features.cases.similar import similar_matters

OPTIONAL: Final = ("mode", "acts_in_name_of", "necessity", "ends_on")
"""Declarations that may wait: who asks for them says so on the page of checks."""


@act_form("application.edit")
class EditForm(DeclaredFields, WritingForm):
    """The text of the application. Its fields are those of the items, safeguards, bases and declarations; each is sent only if changed."""

    template = "application/_edit_fields.html"
    own_page = ("case_write", "items")
    live = True
    tried = "application/_lapsing.html"
    fine = _("可以保存。还缺什么，到第 4 步“检查并征求意见”一起看。")
    button = _("保存，下一步：检查")
    more_buttons = (("stay", _("只保存，留在这一页")),)
    places = {
        "excluded_power": "declared_class",
        "power_class_unknown": "declared_class",
        "emergency_handling": "handles_emergency",
    }

    lapse_ok = yes(_("知道答复会失效，照样保存"), help_text=_("只有这次改动会使乡镇的答复失效，才需要勾选。"))

    @cached_property
    def held(self) -> dict[str, Any]:
        """Items, additions, safeguards, bases, declarations."""
        return self.present.fields([item for item in self.edition.items if item != FROM_REPLIES])

    def shape(self) -> None:
        """The parts, each with its fields; the declarations as when the case was opened."""
        lang = self.scene.lang
        self.fields["track"].choices = [(t.id, t.label.in_language(lang)) for t in self.edition.tracks.values()]  # type: ignore[attr-defined]
        self.fields["declared_class"].choices = declared_classes(self.edition, lang)  # type: ignore[attr-defined]
        for name in OPTIONAL:
            self.fields[name].required = False
        if not self.answered:
            del self.fields["lapse_ok"]
        self.supports = Supports(self)
        items = Items(self)
        items.supports = self.supports
        self.parts = (items, self.supports, Additions(self), Citing(self))
        for part in self.parts:
            part.shape()

    def clean(self) -> dict[str, Any] | None:
        """The parts fit together; and nobody's answer is lost by accident."""
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
        """The townships whose answers what is typed now would undo."""
        if not self.answered:
            return []
        try:
            payload = Edit.Payload.model_validate(self.payload())
        except ValidationError:
            return []
        subject = self.found.now.looked.subject
        return compare(subject, payload).touches(subject, self.answered)

    @cached_property
    def similar(self) -> list[dict[str, Any]]:
        """相似事项, by name and content as they are typed."""
        case, reading = self.found.case, self.found.reading
        if case.kind != "admission":
            return []
        name, content = (str(self[item].value() or "") for item in ("name", "content"))
        return similar_matters(self.scene.viewer, reading.directory, name, content, reading.on, case_id=case.id)

    def payload(self) -> dict[str, Any]:
        """Only what reads otherwise than it stands."""
        given: dict[str, Any] = {}
        for part in self.parts:
            given |= part.payload()
        for name in DECLARATIONS:
            if self.sent(name) and name in self.cleaned_data and (changed := self._declared(name)) is not None:
                given |= changed
        return given

    def _declared(self, name: str) -> dict[str, Any] | None:
        """A declaration that is made otherwise now. A day can be taken back, a choice only changed."""
        value, now = self.cleaned_data[name], getattr(self.found.case, name)
        if name == "handles_emergency":
            value = value == "yes"
        elif isinstance(value, str):
            value = value.replace("\r\n", "\n")
        return None if value == now or (value == "" and name in ("track", "declared_class", "mode")) else {name: value}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """A missing item at its field."""
        item = str(params.get("item", ""))
        return item if code == "item_missing" and item in self.fields else super().place_of(code, params)

    def place_of_path(self, path: str) -> str:
        """``items.content`` at the content."""
        first, _dot, rest = path.partition(".")
        return super().place_of_path(rest if first == "items" else path)

    def context(self) -> dict[str, Any]:
        """Everything that the template of the parts needs, with hints on the wording."""
        shown = dict(super().context())
        for part in self.parts:
            shown |= part.context()
        words = "\n".join(str(self[item].value() or "") for item in self.edition.items if item in self.fields)
        checked = self.is_bound and hasattr(self, "cleaned_data")
        shown["hints"] = hints_in(self.edition, words, self.scene.lang)
        shown["lapsing"] = [self.township(unit) for unit in self.lapsing] if checked else []
        shown["similar"] = lambda: self.similar
        shown["wrong_declared"] = any(name in self.errors for name in DECLARATIONS) if self.is_bound else False
        return shown
