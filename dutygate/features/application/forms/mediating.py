"""表单 of 组织协调 (Article 4.1): when the parties met, who was there, and the minutes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ScanForm, act_form, day_field, paragraph, several, text, wanted
from dutygate.features.application.consulted import townships_in
from dutygate.features.cases.acts import returns_to
from dutygate.features.cases.forms import CaseForm

returns_to("opinions", "consultation.mediate")


@act_form("consultation.mediate")
class MediateForm(ScanForm, CaseForm):
    """组织协调."""

    template = "application/consult/_mediate_fields.html"
    button = _("登记协调会")
    places = {"minutes_missing": "minutes", "parties_not_together": "present"}

    held_on = day_field(_("开会日期"), required=True)
    place = text(_("地点"), limit=200)
    present = several(_("到会单位"), (), help_text=_("申请单位和至少一个被征求意见的单位。"))
    minutes = wanted(paragraph(_("会议记录"), limit=20_000, rows=8, help_text=_("各方怎么说，谈成什么。有扫描件的可以只写要点。")))

    field_order = ("held_on", "place", "present", "minutes", "scan_file", "scan", "scan_name")

    def start(self) -> dict[str, Any]:
        """Today, with everybody."""
        return {"held_on": self.found.reading.on, "present": [key for key, _name in self._parties()]}

    def shape(self) -> None:
        """The applicant, and whoever was asked."""
        self.let_choose("present", self._parties())

    def _parties(self) -> list[tuple[str, str]]:
        reading = self.found.reading
        asked = [reading.directory.by_key(t.unit).id for t in townships_in(self.found) if t.in_scope and t.asked]
        units = dict.fromkeys([self.found.case.initiator_id, *asked])
        return [(reading.directory.unit(unit).key, reading.directory.name_on(unit, reading.on)) for unit in units]
