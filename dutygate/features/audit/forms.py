"""表单: search the register or the security log, ask for a check."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.days import start_of
from dutygate.base.actions.forms import day_field, paragraph, picked, text
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.base.register.chains import COMMON
from dutygate.features.audit.checking import KINDS

A_HEAD: Final = re.compile(r"([^\s:]+):(\d{1,18}):([0-9a-f]{64})")
MOST_HEADS: Final = 100


class PeriodForm(forms.Form):
    """Two days, both of them included."""

    use_required_attribute = False

    since = day_field(_("从哪一天"))
    until = day_field(_("到哪一天"))

    def clean(self) -> dict[str, Any]:
        """The first is not after the last."""
        found = super().clean() or {}
        if found.get("since") and found.get("until") and found["until"] < found["since"]:
            self.add_error("until", forms.ValidationError(_("结束的日期早于开始的日期。"), code="backwards"))
        return found

    def period(self) -> dict[str, Any]:
        """The moments [since, until)."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return {"since": start_of(since) if since else None, "until": start_of(until + timedelta(days=1)) if until else None}


class SearchForm(PeriodForm):
    """查登记簿."""

    action = picked(_("动作"), (), required=False)
    unit = text(_("单位"), limit=200, help_text=_("名称、简称或者代码，曾用名也可以。"), list="units")
    subject = text(_("对象"), limit=80, help_text=_("办件编号、机构标识的全部或者开头。"))
    outcome = picked(_("结果"), (("", _("全部")), ("permitted", _("已办")), ("refused", _("未办成"))), required=False)

    field_order = ("subject", "action", "unit", "outcome", "since", "until")

    def __init__(self, data: Any, directory: Directory, actions: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="s_%s")
        self.directory = directory
        self.fields["action"].choices = [("", _("全部")), *actions]  # type: ignore[attr-defined]

    def clean_unit(self) -> int | None:
        """Its id. Raises ValidationError for a unit that nobody knows, or that could be several."""
        ref = str(self.cleaned_data["unit"]).strip()
        try:
            return self.directory.resolve(ref).id if ref else None
        except UnknownUnit as unknown:
            if unknown.candidates:
                raise forms.ValidationError(_("有几个机构叫这个名字，请写全称或者标识。"), code="several") from None
            raise forms.ValidationError(_("没有这个机构，请核对名称。"), code="unknown") from None


class LogForm(PeriodForm):
    """查安全日志."""

    kind = picked(_("种类"), (), required=False)

    field_order = ("kind", "since", "until")

    def __init__(self, data: Any, kinds: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="s_%s")
        self.fields["kind"].choices = [("", _("全部")), *kinds]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """发起核验. Heads that were taken down before are looked for again."""

    use_required_attribute = False

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], widget=forms.HiddenInput())
    heads = paragraph(
        _("以前抄下的链头"),
        limit=20_000,
        rows=3,
        help_text=_("可以不填。一行一个，例如 150721:1482:9f0c……。填最早的和最近的各一个最好。"),
    )

    def __init__(self, viewer: ActingPost, data: Any = None) -> None:
        super().__init__(data, auto_id="c_%s")
        self.viewer = viewer

    def clean_heads(self) -> list[str]:
        """The lines. Raises ValidationError for one that is no head, or of a chain that is not hers."""
        lines = [line for line in str(self.cleaned_data["heads"]).split() if line]
        if len(lines) > MOST_HEADS:
            raise forms.ValidationError(_("一次最多填 100 个。"), code="too_many")
        for line in lines:
            found = A_HEAD.fullmatch(line)
            if found is None:
                raise forms.ValidationError(_("这一行不是链头：%(line)s"), code="no_head", params={"line": line[:100]})
            if found.group(1) not in (self.viewer.jurisdiction, COMMON):
                raise forms.ValidationError(_("这一行不是本辖区的链：%(line)s"), code="elsewhere", params={"line": line[:100]})
        return lines
