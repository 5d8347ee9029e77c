"""年度确认单 as a form (Article 5): everything that was given in a year on one page, answered in one go; what is left out stays open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dutygate.base.actions.amounts import YuanField
from dutygate.base.actions.forms import ScanForm, act_form, day_field, one_of, text

CHOICES: Final[tuple[tuple[str, Any], ...]] = (
    ("all", gettext_lazy("都收到了")),
    ("part", gettext_lazy("只收到一部分")),
    ("none", gettext_lazy("没有收到")),
    ("later", gettext_lazy("这次先不答")),
)


class _SheetForm(ScanForm):
    """``scene.place``: {lines: [{key, ref, measure, waiting, title …}], paper: whether it is entered for the township}."""

    page = "support/sheet.html"
    template = "support/_sheet_fields.html"

    document_number = text(gettext_lazy("确认单的文号或者编号"), limit=80)
    signed_on = day_field(gettext_lazy("确认单的日期"))

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What is asked about."""
        found: list[dict[str, Any]] = self.scene.place["lines"]
        return found

    def _paper(self) -> dict[str, Any]:
        if not self.scene.place["paper"]:
            return {}
        names = ("document_number", "signed_on", "scan")
        return {"on_paper": True, **{name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}}

    def clean(self) -> dict[str, Any]:
        """A paper has number, day and scan."""
        data = super().clean() or {}
        if self.scene.place["paper"]:
            for name in ("document_number", "signed_on"):
                if not data.get(name):
                    self.add_error(name, forms.ValidationError(_("代录要写明文号和日期，附上扫描件。"), code="required"))
            if not data.get("scan"):
                self.add_error("scan_file", forms.ValidationError(_("代录要写明文号和日期，附上扫描件。"), code="required"))
        return data

    def key_of(self, ref: str) -> str:
        """The key of a line by its reference."""
        return next((str(line["key"]) for line in self.lines if line["ref"] == ref), "")


@act_form("support.confirm")
class ConfirmForm(_SheetForm):
    """确认保障: for each delivery all, a part, nothing, or not now."""

    button = gettext_lazy("提交确认单")

    def start(self) -> dict[str, Any]:
        """All came, unless somebody says otherwise."""
        return {f"answer_{line['key']}": "all" for line in self.lines}

    def shape(self) -> None:
        """An answer for each delivery; of money how much came; why not."""
        for line in self.lines:
            choices = [choice for choice in CHOICES if line["measure"] == "fen" or choice[0] != "part"]
            self.fields[f"answer_{line['key']}"] = one_of(_("收到没有"), choices)
            if line["measure"] == "fen":
                self.fields[f"received_{line['key']}"] = YuanField(label=_("实际收到多少元"), required=False)
            self.fields[f"reason_{line['key']}"] = text(_("差在哪里"), limit=500)

    def clean(self) -> dict[str, Any]:
        """Whoever got a part says how much; something is answered."""
        data = super().clean()
        answers = {line["key"]: data.get(f"answer_{line['key']}") for line in self.lines}
        for key, answer in answers.items():
            if answer == "part" and data.get(f"received_{key}") is None:
                self.add_error(f"received_{key}", forms.ValidationError(_("请写实际收到多少元。"), code="required"))
        if all(answer == "later" for answer in answers.values()):
            self.add_error(None, forms.ValidationError(_("没有答复任何一笔。"), code="required"))
        return data

    def payload(self) -> dict[str, Any]:
        """The lines that are answered."""
        lines = [self._line(line) for line in self.lines if self.cleaned_data[f"answer_{line['key']}"] != "later"]
        return {"lines": lines, **self._paper()}

    def _line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        answer, reason = self.cleaned_data[f"answer_{line['key']}"], self.cleaned_data.get(f"reason_{line['key']}") or ""
        found: dict[str, Any] = {"delivery": line["ref"]}
        if answer == "all":
            return found
        if line["measure"] == "item":
            found["disputed"] = True
        else:
            received = 0 if answer == "none" else self.cleaned_data[f"received_{line['key']}"]
            found |= {"received_fen": received, "disputed_fen": max(0, line["waiting"] - received)}
        return {**found, "reason": reason}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """A missing reason, or too much, at its line."""
        key = self.key_of(str(params.get("code", "")))
        if code == "dispute_without_reason" and key:
            return f"reason_{key}"
        if code == "answered_over_delivery" and f"received_{key}" in self.fields:
            return f"received_{key}"
        return super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """{rows: [{…line, answer, received, reason}]}."""
        return {
            "rows": [
                {
                    **line,
                    "answer": self[f"answer_{line['key']}"],
                    "received": self[f"received_{line['key']}"] if f"received_{line['key']}" in self.fields else None,
                    "received_name": f"received_{line['key']}",
                    "reason": self[f"reason_{line['key']}"],
                    "reason_name": f"reason_{line['key']}",
                }
                for line in self.lines
            ],
            "paper": self.scene.place["paper"],
        }


@act_form("support.dispute")
class DisputeForm(_SheetForm):
    """提出异议: against one delivery, also one that was confirmed for the township from a paper."""

    template = "support/_dispute_fields.html"
    button = gettext_lazy("提出异议")
    places = {"dispute_without_reason": "reason", "answered_over_delivery": "disputed"}

    delivery = one_of(gettext_lazy("对哪一笔"), ())
    disputed = YuanField(label=gettext_lazy("有异议的金额（元）"), required=False, help_text=gettext_lazy("不写就是这一笔的全部。"))
    reason = text(gettext_lazy("差在哪里"), limit=500)

    def shape(self) -> None:
        """The deliveries that may be disputed."""
        said = [(line["ref"], " · ".join((line["ref"], line["title"], line["kind"], line["amount"]))) for line in self.lines]
        self.let_choose("delivery", said)

    def payload(self) -> dict[str, Any]:
        """One line."""
        data = self.cleaned_data
        line = {"delivery": data["delivery"], "reason": data.get("reason") or "", "disputed_fen": data.get("disputed") or 0}
        return {"lines": [line], **self._paper()}
