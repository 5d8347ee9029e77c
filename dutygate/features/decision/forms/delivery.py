"""送达与异议 (Article 4.4): the notice by hand or post to several units at once; what is wrong with a receipt entered from paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ScanForm, act_form, day_field, one_of, paragraph, several, text
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.forms import CaseForm
from dutygate.features.decision.facts import notice_standing
from dutygate.features.decision.queries import receipt_lines
from dutygate.features.decision.standing import subject_of
from dutygate.features.decision.words import HOW


@act_form("notice.deliver")
class DeliverForm(ScanForm, CaseForm):
    """登记送达: to whom of those who owe a receipt, how and when."""

    template = "decision/_deliver_fields.html"
    button = _("登记送达")
    places = {"not_awaiting_receipt": "units"}

    units = several(_("送到了哪些单位"), (), help_text=_("还没有签收的单位。送达不等于签收，签收以后才算办结。"))
    how = one_of(_("怎么送的"), ())
    delivered_on = day_field(_("送达日期"), required=True, help_text=_("不能晚于今天。"))
    to_whom = text(_("谁收的"), limit=80, help_text=_("收件人姓名或者收发室，可以不填。"))
    parcel = text(_("邮件号"), limit=80, help_text=_("邮寄的填挂号或者快递单号。"))

    field_order = ("units", "how", "delivered_on", "to_whom", "parcel", "scan_file", "scan", "scan_name")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """While somebody owes a receipt."""
        return bool(notice_standing(subject_of(place)).pending)

    def start(self) -> dict[str, Any]:
        """Today; the unit of the address, or all."""
        pending = [key for key, _name in self._pending()]
        named = self.scene.params.get("for")
        return {"delivered_on": self.found.reading.on, "units": [named] if named in pending else pending, "how": "hand"}

    def _pending(self) -> list[tuple[str, str]]:
        directory, on = self.found.reading.directory, self.found.reading.on
        order = {unit: place for place, unit in enumerate(directory.townships(on))}
        owing = sorted(notice_standing(subject_of(self.found)).pending, key=lambda unit: (order.get(unit, -1), unit))
        return [(directory.unit(unit).key, directory.name_on(unit, on)) for unit in owing]

    def shape(self) -> None:
        """Who owes a receipt now."""
        self.let_choose("units", self._pending())
        self.let_choose("how", [(how, gettext(words)) for how, words in HOW.items()])


@act_form("notice.contest")
class ContestReceiptForm(CaseForm):
    """对代录的签收提出异议."""

    page = "decision/contest.html"
    button = _("提出异议")
    places = {"reason_missing": "reason"}

    reason = paragraph(_("哪里不对"), limit=2000, rows=3, required=True, help_text=_("例如：这份回执不是我们签的；签的是另一份文件。"))

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Where somebody else has entered the unit's receipt."""
        return place.viewer.unit_id in notice_standing(subject_of(place)).on_paper

    def context(self) -> dict[str, Any]:
        """The receipt to which one objects."""
        found = self.found
        lines = receipt_lines(found.viewer, found.case, found.reading.directory, found.reading.on)
        own = next((line for line in lines if line.unit_id == found.viewer.unit_id), None)
        return {**super().context(), "receipt": own}


@act_form("notice.show_original")
class ShowOriginalForm(ScanForm, CaseForm):
    """出示签收原件: to whom of those who objected, and when."""

    button = _("登记已出示")
    places = {"receipt_not_contested": "unit", "same_person": "unit"}

    unit = one_of(_("向哪个单位出示"), (), help_text=_("办结以后对代录的签收有异议的单位。代录人自己不能办，请同事来办。"))
    shown_on = day_field(_("出示日期"), required=True, help_text=_("不能晚于今天。"))
    note = paragraph(_("说明"), limit=500, rows=2, help_text=_("例如在哪里看的、对方怎么说；可以不填。"))

    field_order = ("unit", "shown_on", "note", "scan_file", "scan", "scan_name")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """While somebody's objection waits for it."""
        return bool(notice_standing(subject_of(place)).contested)

    def start(self) -> dict[str, Any]:
        """Today; the first who objected."""
        return {"shown_on": self.found.reading.on, "unit": next((key for key, _name in self._units()), "")}

    def _units(self) -> list[tuple[str, str]]:
        directory, on = self.found.reading.directory, self.found.reading.on
        return [
            (directory.unit(unit).key, directory.name_on(unit, on)) for unit in sorted(notice_standing(subject_of(self.found)).contested)
        ]

    def shape(self) -> None:
        """Who objected."""
        self.let_choose("unit", self._units())
