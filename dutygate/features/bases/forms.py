"""登记、确认法定依据 (Article 1) as forms."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, picked, text
from dutygate.features.bases.wording import given_of, kind_choices

FIELDS: Final = ("title", "kind", "issuer", "document_number", "article", "in_force_from", "in_force_to")


class BasisFields(ActForm):
    """One provision of one text, with the days on which it holds."""

    page = "bases/act.html"

    title = text(_("名称"), limit=200, required=True, help_text=_("全称，不用书名号，例如：森林防火条例。"))
    kind = picked(_("种类"), ())
    issuer = text(_("制定机关"), limit=100, help_text=_("例如：国务院、阿荣旗人民政府。"))
    document_number = text(_("文号"), limit=80, help_text=_("例如：国务院令第541号。"))
    article = text(_("条款"), limit=100, help_text=_("具体到条、款、项，例如：第五条第二款。"))
    in_force_from = day_field(_("施行日期"), help_text=_("从这一天起有效。"))
    in_force_to = day_field(_("失效日期"), help_text=_("从这一天起不再有效；现行有效的不填。"))

    def shape(self) -> None:
        """The kinds in the language of the page."""
        self.fields["kind"].choices = [("", "————"), *kind_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """It cannot end before it begins."""
        found = super().clean()
        start, end = self.cleaned_data.get("in_force_from"), self.cleaned_data.get("in_force_to")
        if start and end and end <= start:
            self.add_error("in_force_to", forms.ValidationError(gettext("失效日期应当晚于施行日期。"), code="order"))
        return found

    def details(self) -> dict[str, Any]:
        """The details as typed."""
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data.get(name)}

    def draft_title(self) -> str:
        """The title as typed."""
        return str(self.given.get("title", "") if self.given is not None else "")[:100]


@act_form("basis.register")
class RegisterForm(BasisFields):
    """登记: confirmed from the start."""

    button = _("登记")
    places = {"title": "title"}

    def payload(self) -> dict[str, Any]:
        """The details."""
        return self.details()


@act_form("basis.confirm")
class ConfirmForm(BasisFields):
    """确认 what a department proposed, as it stands or with the details put right. ``place`` of the scene is the basis."""

    button = _("确认")
    places = {"given": "title"}

    def start(self) -> dict[str, Any]:
        """As proposed."""
        return given_of(self.scene.place)

    def payload(self) -> dict[str, Any]:
        """Which one, and the details where they read otherwise."""
        proposed = {name: value for name, value in given_of(self.scene.place).items() if value}
        details = self.details()
        return {"basis": str(self.scene.place.id), **({"given": details} if details != proposed else {})}

    def place_of_path(self, path: str) -> str:
        """``given.title`` at the title."""
        return super().place_of_path(path.removeprefix("given."))
