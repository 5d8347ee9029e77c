"""表单 on a provision: asking, interpreting, marking what gives way to a higher rule (Articles 9, 10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ActForm, act_form, day_field, paragraph, text, wanted, yes
from dutygate.law.regulation.edition import Provision


class ProvisionForm(ActForm):
    """An act on a provision. ``place`` of the scene is the provision."""

    page = "editions/act.html"

    @property
    def provision(self) -> Provision:
        """What it is about."""
        found: Provision = self.scene.place
        return found

    def payload(self) -> dict[str, Any]:
        """With the provision."""
        return {"provision": self.provision.id, **super().payload()}

    def context(self) -> dict[str, Any]:
        """The provision above the fields."""
        return {"provision": self.provision}

    def draft_title(self) -> str:
        """The provision."""
        return str(self.provision.label.in_language(self.scene.lang))


@act_form("law.ask")
class AskForm(ProvisionForm):
    """询问."""

    button = _("提出询问")

    question = paragraph(
        _("要问什么"), limit=2000, rows=4, required=True, help_text=_("写明遇到的情形和拿不准的地方，不写个人信息，不写涉密内容。")
    )


@act_form("law.interpret")
class InterpretForm(ProvisionForm):
    """解释: of a question, or of one's own accord."""

    button = _("作出解释")

    document_number = text(_("文号"), limit=80, help_text=_("没有文号的不填。"))
    text = paragraph(_("解释"), limit=4000, rows=6, required=True)
    dated_on = day_field(_("日期"), required=True)
    field_order = ("text", "document_number", "dated_on", "published")

    published = yes(_("公开"), help_text=_("公开的解释连同所问的问题，任何人都能看到；公开以前请核对能不能公开。"))

    def start(self) -> dict[str, Any]:
        """Today; for everybody, where nobody has asked."""
        return {"dated_on": local_day(self.scene.moment), "published": "question" not in self.scene.params}

    def payload(self) -> dict[str, Any]:
        """With the question that it answers."""
        question = {"question": self.scene.params["question"]} if "question" in self.scene.params else {}
        return {**super().payload(), **question, "published": bool(self.cleaned_data.get("published"))}

    def clean(self) -> dict[str, Any] | None:
        """Where nobody has asked, there is nobody else to tell."""
        found = super().clean()
        if "question" not in self.scene.params and not self.cleaned_data.get("published"):
            self.add_error("published", forms.ValidationError(gettext("没有人询问的解释，要公开才有意义。"), code="published"))
        return found


@act_form("law.mark_overridden")
class OverrideForm(ProvisionForm):
    """标明从其规定."""

    button = _("标明")
    places: ClassVar[Mapping[str, str]] = {"higher_rule_missing": "title"}

    title = wanted(text(_("上位规定的名称"), limit=200, help_text=_("全称，不用书名号。")))
    article = text(_("上位规定的条款"), limit=100, help_text=_("例如：第六条第二款。条款和文号至少写一样。"))
    document_number = text(_("上位规定的文号"), limit=80)
    since = day_field(_("自哪一天起"), required=True)
    until = day_field(_("到哪一天止"), help_text=_("从这一天起不再这样；没有止日的不填。"))
    effect = paragraph(_("怎样从其规定"), limit=2000, rows=3, required=True, help_text=_("一两句话写明哪里以上位规定为准。"))

    def clean(self) -> dict[str, Any] | None:
        """It cannot end before it begins."""
        found = super().clean()
        first, last = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if first and last and last <= first:
            self.add_error("until", forms.ValidationError(gettext("止日应当晚于起日。"), code="order"))
        return found
