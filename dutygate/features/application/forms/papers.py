"""表单 about papers entered for a township (4.1, 4.2): the township objects; the lead sees the original."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, paragraph
from dutygate.features.application.consulted import all_standings, own_township, standing_in, townships_in
from dutygate.features.application.forms.settling import OneTownshipForm
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.forms import CaseForm

returns_to("opinions", "record.contest", "record.check_original")


@act_form("record.contest")
class ContestForm(CaseForm):
    """对代录提出异议: the entry does not count until the original was seen."""

    page = "application/consult/contest.html"
    button = _("提出异议")
    places = {"reason_missing": "reason"}

    reason = paragraph(_("哪里不对"), limit=2000, rows=3, required=True, help_text=_("例如：这不是我们的复函；条件漏录了一条；日期不对。"))

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Where somebody else has entered the township's answer, and nobody has seen its original yet."""
        own = own_township(place)
        return own is not None and own.paper == "unchecked" and not own.contested

    def context(self) -> dict[str, Any]:
        """The entry to which one objects."""
        return {**super().context(), "standing": standing_in(self.found, self.scene.viewer.unit_id)}


@act_form("record.check_original")
class CheckOriginalForm(OneTownshipForm):
    """核对原件: somebody of the lead who did not enter the paper has seen it."""

    page = "application/consult/check.html"
    button = _("看过原件，与录入一致")
    drafted = False

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Where a paper waits to be seen."""
        return any(t.in_scope and t.paper == "unchecked" for t in townships_in(place))

    def choices(self) -> list[Any]:
        """Those whose paper still waits."""
        return [s for s in all_standings(self.found) if s.row.paper == "unchecked" and s.row.answer and s.row.in_scope]

    def context(self) -> dict[str, Any]:
        """Whether the person entered it herself: then somebody else has to look."""
        entered = self.standing.row.paper_by if self.standing is not None else []
        return {**super().context(), "entered_it": self.scene.viewer.user_id in entered}
