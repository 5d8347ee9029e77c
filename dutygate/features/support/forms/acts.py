"""登记兑现、核定异议 as forms (Article 5): what is known stands there already; several townships at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dutygate.base.actions.amounts import YuanField, as_yuan
from dutygate.base.actions.forms import ActForm, ScanForm, act_form, day_field, one_of, paragraph, text, wanted, yes


@act_form("support.deliver")
class DeliverForm(ScanForm):
    """登记兑现. ``scene.place``: {today, lines: what is still to come, as ``line_shown``}."""

    page = "support/act.html"
    template = "support/_deliver_fields.html"
    button = gettext_lazy("登记兑现")
    places = {"money_without_voucher": "voucher_number", "delivery_without_words": "what", "given": "what"}

    delivered_on = day_field(gettext_lazy("哪一天给的"), required=True)
    voucher_number = wanted(text(gettext_lazy("凭证号"), limit=80, help_text=gettext_lazy("拨款凭证的编号；给的不是钱的，可以不写。")))
    what = paragraph(gettext_lazy("给了什么"), limit=2000, rows=2, help_text=gettext_lazy("派了谁、给了什么设备、培训了什么。"))

    def start(self) -> dict[str, Any]:
        """Today; everything that is still to come, to everybody."""
        found: dict[str, Any] = {"delivered_on": self.scene.place["today"]}
        for line in self.scene.place["lines"]:
            found |= {f"give_{line['ordinal']}": True, f"amount_{line['ordinal']}": as_yuan(line["open"])}
        return found

    def shape(self) -> None:
        """A box for each commitment, and for money how much."""
        for line in self.scene.place["lines"]:
            said = {"township": line["township"], "kind": line["kind"], "ref": line["ref"], "to_come": line["to_come"]}
            self.fields[f"give_{line['ordinal']}"] = yes(_("%(township)s · %(kind)s（%(ref)s），还差 %(to_come)s") % said)
            if line["measure"] == "fen":
                self.fields[f"amount_{line['ordinal']}"] = YuanField(label=_("%(township)s · %(kind)s：金额（元）") % said, required=False)

    def clean(self) -> dict[str, Any]:
        """Something is given to somebody."""
        data = super().clean() or {}
        if not any(data.get(f"give_{line['ordinal']}") for line in self.scene.place["lines"]):
            self.add_error(None, forms.ValidationError(_("请至少勾选一项。"), code="required"))
        return data

    def payload(self) -> dict[str, Any]:
        """The chosen lines, and what holds for all of them."""
        lines = []
        for line in self.scene.place["lines"]:
            if not self.cleaned_data.get(f"give_{line['ordinal']}"):
                continue
            amount = self.cleaned_data.get(f"amount_{line['ordinal']}")
            lines.append({"commitment": line["ref"], **({"amount_fen": amount} if amount is not None else {})})
        names = {"delivered_on": "delivered_on", "voucher_number": "voucher_number", "given": "what", "scan": "scan"}
        return {"lines": lines, **{name: self.cleaned_data[field] for name, field in names.items() if self.cleaned_data.get(field)}}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """Too much at its amount."""
        name = f"amount_{str(params.get('code', '')).rpartition('.')[2]}"
        return name if code == "delivered_over_promise" and name in self.fields else super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """{lines: [{give, amount, line}]}."""
        lines = self.scene.place["lines"]
        amounts = {line["ordinal"]: f"amount_{line['ordinal']}" for line in lines}
        return {
            "lines": [
                {"give": self[f"give_{n}"], "amount": self[name] if name in self.fields else None, "name": name}
                for n, name in amounts.items()
            ]
        }


@act_form("support.settle")
class SettleForm(ActForm):
    """核定异议. ``scene.place``: {disputes: [{ref, township, kind, measure, disputed, disputed_said, reasons, key}]}."""

    page = "support/act.html"
    template = "support/_settle_fields.html"
    button = gettext_lazy("核定")
    places = {"settlement_without_reason": "reason"}

    reason = wanted(paragraph(gettext_lazy("理由"), limit=1000, rows=3, help_text=gettext_lazy("根据什么认定。两边都看得到。")))

    def shape(self) -> None:
        """How much of each came."""
        for one in self.scene.place["disputes"]:
            if one["measure"] == "fen":
                label = _("其中实际到了多少元（0 表示没有到）")
                self.fields[f"came_{one['key']}"] = YuanField(label=label, required=False)
            else:
                self.fields[f"came_{one['key']}"] = one_of(_("实际到了没有"), (("yes", _("到了")), ("no", _("没有到"))), required=False)

    def payload(self) -> dict[str, Any]:
        """Those to which something is said."""
        lines = []
        for one in self.scene.place["disputes"]:
            came = self.cleaned_data.get(f"came_{one['key']}")
            if came in (None, ""):
                continue
            said = {"received_fen": came} if one["measure"] == "fen" else {"received": came == "yes"}
            lines.append({"delivery": one["ref"], **said})
        return {"lines": lines, **({"reason": self.cleaned_data["reason"]} if self.cleaned_data.get("reason") else {})}

    def clean(self) -> dict[str, Any]:
        """Something is settled."""
        data = super().clean() or {}
        if all(data.get(f"came_{one['key']}") in (None, "") for one in self.scene.place["disputes"]):
            self.add_error(None, forms.ValidationError(_("请至少核定一笔。"), code="required"))
        return data

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """Too much at its amount."""
        if code == "settled_over_dispute":
            key = next((one["key"] for one in self.scene.place["disputes"] if one["ref"] == params.get("code")), "")
            return f"came_{key}" if key else ""
        return super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """{disputes: [{…, field}]}."""
        named = [(one, f"came_{one['key']}") for one in self.scene.place["disputes"]]
        return {"disputes": [{**one, "field": self[name], "name": name} for one, name in named]}
