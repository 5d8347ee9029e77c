"""年度回看 as a form: a page of duties, each kept unless somebody says otherwise; one act for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dutygate.base.actions.forms import ActForm, act_form, picked, text

OUTCOMES: Final = (("keep", gettext_lazy("保留")), ("adjust", gettext_lazy("需要调整")), ("exit", gettext_lazy("需要退出")))
LATER: Final = ("", gettext_lazy("这次不看"))


@act_form("duty.review")
class ReviewForm(ActForm):
    """``scene.place``: {year, lines: [{key, code, title, lead, townships, href, bad}]}."""

    page = "yearly/review.html"
    template = "yearly/_fields.html"
    button = gettext_lazy("提交这一页")

    def start(self) -> dict[str, Any]:
        """Everything is kept."""
        return {f"outcome_{line['key']}": "keep" for line in self.scene.place["lines"]}

    def shape(self) -> None:
        """An outcome and a reason for each duty."""
        for line in self.scene.place["lines"]:
            label = _("%(code)s 怎么样") % {"code": line["code"]}
            self.fields[f"outcome_{line['key']}"] = picked(label, [*OUTCOMES, LATER], required=False)
            self.fields[f"reason_{line['key']}"] = text(_("理由（需要调整、退出的写）"), limit=2000)

    def payload(self) -> dict[str, Any]:
        """The duties that were looked at."""
        lines = []
        for line in self.scene.place["lines"]:
            outcome = self.cleaned_data.get(f"outcome_{line['key']}")
            reason = self.cleaned_data.get(f"reason_{line['key']}") or ""
            if outcome:
                lines.append({"duty": line["code"], "outcome": outcome, **({"reason": reason} if reason else {})})
        return {"year": self.scene.place["year"], "lines": lines}

    def changes_something(self, payload: Mapping[str, Any]) -> bool:
        """Whether any was looked at."""
        return bool(payload["lines"])

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """A missing reason at its duty."""
        key = next((line["key"] for line in self.scene.place["lines"] if line["code"] == params.get("code")), "")
        return f"reason_{key}" if code == "looked_at_without_reason" and key else super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """{rows: [{…line, outcome, reason}]}."""
        return {
            "rows": [
                {
                    **line,
                    "outcome": self[f"outcome_{line['key']}"],
                    "reason": self[f"reason_{line['key']}"],
                    "reason_name": f"reason_{line['key']}",
                }
                for line in self.scene.place["lines"]
            ]
        }
