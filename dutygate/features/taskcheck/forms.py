"""任务核对 as a form, and registering uniform deployments."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, one_of, paragraph, picked, wanted
from dutygate.base.actions.forms import text as one_line
from dutygate.features.taskcheck.words import ISSUERS

MOST: Final = 20_000
"""Characters of a text that is checked."""


class CheckForm(forms.Form):
    """One box, one date, one button; a file instead of typing. ``townships``: (key, name) for whoever is no township herself."""

    use_required_attribute = False

    text = paragraph(_("任务的标题或者来文的内容"), limit=MOST, rows=6, help_text=_("把标题打进来就行，也可以把全文粘贴进来。"))
    file = forms.FileField(
        label=_("或者选一个文件"),
        required=False,
        help_text=_("Word（docx）或者 PDF，不超过 20 兆；只读文字，不保存。不得上传涉密文件。"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".docx,.pdf"}),
    )
    paper_on = day_field(_("来文日期"), required=True, help_text=_("按这一天的清单核对。"))
    sender = one_line(_("来文单位"), limit=100, help_text=_("可以不填。"))
    township = picked(_("哪个乡镇"), (), required=False)

    def __init__(self, data: Any, files: Any, *, today: date, townships: list[tuple[str, str]]) -> None:
        super().__init__(data, files, initial={"paper_on": today}, auto_id="f_%s")
        if townships:
            self.fields["township"].choices = [("", gettext("不分乡镇")), *townships]  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def clean_text(self) -> str:
        """Lines end in one way, so that places in the text are those of the page."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n").strip()


class DeploymentFields(ActForm):
    """Its page."""

    page = "taskcheck/deployment_act.html"


@act_form("deployment.register")
class RegisterForm(DeploymentFields):
    """登记统一部署."""

    button = _("登记")
    places = {
        "deployment_without_document": "document_number",
        "deployment_registered_already": "document_number",
        "deployment_span_out_of_order": "from_on",
    }

    document_number = wanted(one_line(_("文号"), limit=80, help_text=_("照文件写，例如：阿政办发〔2026〕12号。")))
    issuer = one_of(_("部署机关"), ())
    title = one_line(_("文件标题"), limit=200, required=True)
    dated_on = day_field(_("成文日期"), required=True)
    from_on = day_field(_("从哪一天起"), required=True)
    until = day_field(_("到哪一天止"), help_text=_("含当天；文件没有写截止的不填。"))

    def shape(self) -> None:
        """Who can deploy (Article 7)."""
        self.let_choose("issuer", [(name, gettext(label)) for name, label in ISSUERS.items()])

    def draft_title(self) -> str:
        """The number as typed."""
        return str(self.given.get("document_number", "") if self.given is not None else "")[:80]


@act_form("deployment.withdraw")
class WithdrawForm(DeploymentFields):
    """撤销部署登记."""

    button = _("撤销登记")
    drafted = False
    places = {"deployment_withdrawn_without_reason": "reason", "deployment_withdrawn_already": ""}

    reason = wanted(paragraph(_("为什么撤销"), limit=300, rows=3, help_text=_("例如登记有误、文件已经废止。撤销以后仍看得到。")))

    def payload(self) -> dict[str, Any]:
        """Which one, why."""
        return {"deployment": self.scene.params["deployment"], "reason": self.cleaned_data["reason"]}
