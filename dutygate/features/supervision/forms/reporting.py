"""反映线索、补充（第七条）."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, paragraph, picked, several, wanted
from dutygate.base.actions.forms import text as line
from dutygate.features.supervision.forms.report_form import FilesForm, form_choices


@act_form("supervision.report")
class MakeReportForm(FilesForm):
    """反映线索. What another page knows already comes with it (``place.given``)."""

    button = _("提交线索")
    places: ClassVar[Mapping[str, str]] = {
        "reports_itself": "body",
        "township_reported": "body",
        "nobody_examines": "body",
        "report_without_form": "forms",
    }

    body = picked(_("被反映的单位"), (), help_text=_("以议事协调机构名义交办的，选它的办公室所在的单位。"))
    title = line(_("什么事项"), limit=200, required=True, help_text=_("照文件或者通知上的说法写。"))
    forms = wanted(several(_("是哪一种方式"), (), required=False, help_text=_("可以多选；拿不准的选“其他方式”。")))
    text = paragraph(
        _("具体情况"),
        limit=4000,
        rows=6,
        required=True,
        help_text=_("写明什么时候、怎样交办、要求做什么。对方看不到这里写的话，也不会知道是谁反映的。"),
    )
    source = line(_("来源"), limit=200, help_text=_("文件的文号和名称，或者会议、通知、电话；没有的不填。"))
    paper_on = day_field(_("文件日期"))

    field_order = ("body", "title", "forms", "text", "source", "paper_on", "file_1", "file_2", "file_3")

    def start(self) -> dict[str, Any]:
        """What came with the address, or was sent here."""
        return dict(self.scene.place.given)

    def shape(self) -> None:
        """The units of this jurisdiction that may hand something down; the forms of Article 7."""
        directory, on, own = self.here.directory, self.here.on, self.scene.viewer.unit_id
        units = [
            unit
            for unit in directory.units.values()
            if unit.jurisdiction_id == directory.jurisdiction.id and unit.exists_on(on) and unit.kind != "township" and unit.id != own
        ]
        named = sorted((directory.name_on(unit.id, on), unit.key) for unit in units)
        self.let_choose("body", [("", "————"), *((key, name) for name, key in named)])
        self.let_choose("forms", form_choices())


@act_form("supervision.add")
class AddForm(FilesForm):
    """补充."""

    button = _("提交补充")

    text = paragraph(_("补充的情况"), limit=4000, rows=5, required=True)
    field_order = ("text", "file_1", "file_2", "file_3")
