"""制发整改通知、附盖章件、文号作废 as forms (Article 8). Words about a report stay where they are: no drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, ClassVar

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, paragraph, wanted
from dutygate.base.documents.official.paper import Content
from dutygate.features.papers.forms import SealedForm
from dutygate.features.supervision.keeping import kept_nameless


@dataclass(frozen=True, slots=True)
class OrderPlace:
    """What the form of an order stands in: the template's version, today, what was found and ordered, and how it is drawn up.

    ``draw``: (day, facts, demand, remark) -> the paper. ``number``: of the paper that stands.
    """

    template: int
    today: date
    facts: str
    demand: str
    draw: Callable[[date, str, str, str], Content]
    number: str = ""


@act_form("supervision.issue_order")
class OrderPaperForm(ActForm):
    """制发整改通知: in the words of the finding and the order, which may be changed here."""

    page = "papers/order_issue.html"
    button = _("编号并制发")
    drafted: ClassVar[bool] = False
    places: ClassVar[Mapping[str, str]] = {
        "letterhead_missing": "",
        "template_not_in_force": "",
        "order_stands_already": "",
        "order_names_the_reporter": "facts",
    }

    facts = wanted(paragraph(_("认定的事实"), limit=4000, rows=5, help_text=_("照认定写的，可以改。不写、也不让人看出是谁反映的。")))
    demand = wanted(paragraph(_("要纠正什么"), limit=4000, rows=4, help_text=_("照责令纠正写的，可以改。")))
    dated_on = day_field(_("成文日期"), required=True)
    remark = paragraph(_("另外说明"), limit=1000, rows=3, help_text=_("写在正文里；没有的不填。"))

    @property
    def place(self) -> OrderPlace:
        """What it stands in."""
        found: OrderPlace = self.scene.place
        return found

    def start(self) -> dict[str, Any]:
        """As it was found and ordered, dated today."""
        return {"facts": self.place.facts, "demand": self.place.demand, "dated_on": self.place.today}

    def _drawn(self, said: Mapping[str, Any]) -> Content:
        dated_on = said.get("dated_on") or self.place.today
        return self.place.draw(dated_on, said.get("facts") or "", said.get("demand") or "", said.get("remark") or "")

    def payload(self) -> dict[str, Any]:
        """The paper in full: what is entered is what is sent."""
        return {"template": self.place.template, "content": self._drawn(self.cleaned_data).model_dump(mode="json")}

    def context(self) -> dict[str, Any]:
        """The paper as it would go out."""
        valid = self.is_bound and self.is_valid()
        return {"content": self._drawn(self.cleaned_data if valid else self.initial)}


@act_form("supervision.attach_order_scan")
class OrderScanForm(SealedForm):
    """整改通知附盖章件: kept apart from all other files, under no name."""

    page = "papers/of_order.html"
    places: ClassVar[Mapping[str, str]] = {"paper_is_void": "", "files": "scan_file"}

    def keep_file(self, name: str, brought: BinaryIO) -> tuple[str, str]:
        """Apart from all other files."""
        return kept_nameless(self.scene.viewer, brought, self.scene.moment)

    def payload(self) -> dict[str, Any]:
        """The file alone."""
        return {"files": [self.cleaned_data["scan"]]}

    def context(self) -> dict[str, Any]:
        """Of which paper."""
        return {"number": self.scene.place.number}


@act_form("supervision.void_order")
class VoidOrderForm(ActForm):
    """整改通知文号作废."""

    page = "papers/of_order.html"
    drafted: ClassVar[bool] = False
    places: ClassVar[Mapping[str, str]] = {"number_void_without_reason": "reason", "paper_is_void": ""}

    reason = wanted(paragraph(_("为什么作废"), limit=300, rows=3, help_text=_("这个号不会再用，号码表上一直写着理由。")))

    def context(self) -> dict[str, Any]:
        """Which number."""
        return {"number": self.scene.place.number}
