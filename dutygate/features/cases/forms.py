"""表单 of the actions that every case has: withdraw, hand on, correct; and what forms of papers have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, ScanForm, day_field, text
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.paper_scene import unit_for


class CaseForm(ActForm):
    """A form on a case: its page shows the case above it."""

    page = "cases/act.html"

    @property
    def found(self) -> CaseScene:
        """The case as the page has read it."""
        place: CaseScene = self.scene.place
        return place


class PaperForm(ScanForm, CaseForm):
    """An act that a unit may also have done on paper. With ``?for=<unit key>`` in the address it is entered for that unit (代录),
    and number, date and scan are a must; without, they may be added to one's own act.
    """

    page = "cases/act.html"
    own_papers: ClassVar[bool] = True
    """Whether number, date and scan are offered for one's own act, too."""

    document_number = text(_("文号"), limit=80, help_text=_("纸质文件上的文号，照录。"))
    signed_on = day_field(_("成文日期"))

    def shape(self) -> None:
        """On paper three fields are a must; where an act has no paper of its own they are left out."""
        unit = unit_for(self.found, self.scene.params["for"]) if self.scene.params.get("for") else None
        self.entered_for = unit
        if unit is not None:
            self.fields["document_number"].required = self.fields["signed_on"].required = True
            self.fields["scan_file"].help_text = _("代录必须附扫描件：PDF 或图片，不超过 20 兆。不得上传涉密文件。")
        elif not self.own_papers:
            for name in ("document_number", "signed_on", "scan_file", "scan", "scan_name"):
                del self.fields[name]

    def clean(self) -> dict[str, Any] | None:
        """A paper without its scan is none."""
        found = super().clean()
        if self.entered_for is not None and not self.data.get("scan"):
            self.add_error("scan_file", forms.ValidationError(_("代录必须附扫描件。"), code="required"))
        return found

    def payload(self) -> dict[str, Any]:
        """With the unit for which it is entered."""
        plain = super().payload()
        return {**plain, "entered_for": self.entered_for.key} if self.entered_for is not None else plain

    def context(self) -> dict[str, Any]:
        """The name of that unit, for the head of the form."""
        on = self.found.reading.on
        name = self.found.reading.directory.name_on(self.entered_for.id, on) if self.entered_for is not None else ""
        return {**super().context(), "entered_for": name}
