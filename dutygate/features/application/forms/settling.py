"""表单 about conditions (4.1): the department answers one township, the township settles; the whole thread before both."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, one_of, paragraph
from dutygate.features.application.consulted import all_standings, has_conditions, own_township, standing_in, townships_in, which_township
from dutygate.features.application.forms.replying import TownshipForm
from dutygate.features.application.standing import Standing
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.paper_scene import unit_for

SETTLEMENTS = {
    "accept": _("接受回应"),
    "withdraw": _("撤回条件"),
    "keep": _("坚持条件"),
}
MEANS = {
    "accept": _("认可申请单位的回应。接受以后，就是书面同意现在这份内容。"),
    "withdraw": _("不再要求这些条件。撤回以后，也是书面同意现在这份内容；申请单位还没有回应的，现在也可以撤回。"),
    "keep": _("回应还不够。条件照旧有效，请申请单位再回应；在下面写明还差什么。"),
}

returns_to("opinions", "consultation.answer_conditions", "consultation.settle_conditions")


class OneTownshipForm(CaseForm):
    """A form of others about one township, named by ``?township=``; without one, a list of those it may be about."""

    def shape(self) -> None:
        """Which township."""
        named = self.scene.params.get("township", "")
        unit = unit_for(self.found, named) if named else None
        self.standing = standing_in(self.found, unit.id) if unit is not None else None
        if self.standing is None:
            self.page = "application/consult/which.html"  # type: ignore[misc]

    def payload(self) -> dict[str, Any]:
        """With the township."""
        plain = super().payload()
        return {**plain, "township": self.standing.unit["key"]} if self.standing is not None else plain

    def choices(self) -> list[Any]:
        """The townships that it may be about now."""
        return [s for s in all_standings(self.found) if has_conditions(s, "open")]

    def context(self) -> dict[str, Any]:
        """How that township stands."""
        known = {**super().context(), "standing": self.standing}
        if self.standing is None:
            known |= which_township(self.found, self.action, "township", self.choices())
        return known


@act_form("consultation.answer_conditions")
class AnswerConditionsForm(OneTownshipForm):
    """回应乡镇条件: one answer to all open conditions of one township."""

    page = "application/consult/conditions.html"
    button = _("把回应送给乡镇")

    answer = paragraph(
        _("我们的回应"),
        limit=4000,
        rows=6,
        required=True,
        help_text=_("逐条写：能不能办到，谁来办，什么时候办到。要改申请内容的，先改内容，再来回应。"),
    )

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Where a township waits for an answer."""
        return any(t.in_scope and t.answer == "agree_with_conditions" and t.condition == "open" for t in townships_in(place))


@act_form("consultation.settle_conditions")
class SettleForm(TownshipForm):
    """确认条件: accept, withdraw or keep; the first two agree to the text as it stands."""

    template = "application/consult/_settle_fields.html"
    page = "application/consult/settle.html"
    button = _("提交")
    places = {"no_answered_condition": "settlement", "no_condition_to_settle": "settlement", "scan": "scan_file"}

    settlement = one_of(_("怎么了结"), list(SETTLEMENTS.items()))
    text = paragraph(_("说明"), limit=4000, rows=3, help_text=_("可以不写；坚持条件的，请写明还差什么。"))

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Where the township has conditions that are not settled."""
        own = own_township(place)
        return own is not None and own.condition in ("open", "answered")

    def may_have_sent(self, standing: Standing) -> bool:
        """Where conditions are not settled."""
        return has_conditions(standing, "open", "answered")

    def shape(self) -> None:
        """The three ways first, papers last."""
        super().shape()
        self.order_fields(["settlement", "text"])

    def context(self) -> dict[str, Any]:
        """The conditions, the thread, and what changed in the text to which one would agree."""
        known = super().context()
        if self.standing is None:
            return known
        case = self.found.case
        return {**known, **self.changes(), "means": MEANS, "revision": case.revision, "conditions": self.standing.last}
