"""十一项内容 as fields (4.1): ten are written by the department, the negotiated opinion comes from the replies."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import paragraph, text
from dutygate.features.application.forms.part import Part
from dutygate.features.application.forms.present import FROM_REPLIES, safeguards_in_words
from dutygate.features.application.forms.supports import Supports
from dutygate.features.bases.wording import citations

HINTS: Final = {
    "name": _("写成一件具体的事，例如“森林防火巡查”。"),
    "objective": _("要做到什么程度，解决什么问题。一两句话。"),
    "content": _("乡镇具体做哪几件事，哪些不用乡镇做；有什么权，负什么责。"),
    "legal_basis": _("哪部法规、哪一条规定这是本部门的事。可以留空：留空时照下面选定的依据写。"),
    "division": _("部门做什么，乡镇做什么，分别写清；谁牵头，谁配合。"),
    "workflow": _("从头到尾怎么办：谁先做，交给谁，填什么表。"),
    "time_limit": _("什么时候做完，或者每年哪几个月做；多长时间报一次。"),
    "mechanism": _("平时怎么联系，多长时间碰一次头，有分歧找谁。"),
    "staffing": _("部门派谁负责；乡镇需要几个人，专职还是兼职。"),
    "safeguards": _("经费、技术、培训怎么给。可以留空：留空时照下面填写的各项写。"),
    "exit_reason": _("为什么要退出，有什么事实可以说明。几句话就行。"),
    "work_under_way": _("已经接手、还没有办完的事怎么办：移交给谁，或者由谁办完，什么时候办完。"),
    "taken_over_by": _("退出以后这件事还要不要办，由谁办。不再办的，写明不再办。"),
    "support_settled": _("拨付的经费、派来的人员、配的设备怎么清结。没有的，写明没有。"),
}
LONG: Final = 20_000
ROWS: Final = {"content": 6, "objective": 3, "legal_basis": 3, "time_limit": 2, "staffing": 3, "safeguards": 3, "exit_reason": 4}


class Items(Part):
    """The common text, item by item."""

    supports: Supports

    def shape(self) -> None:
        """One field for each item that the department writes."""
        form, lang = self.form, self.form.scene.lang
        for item in form.edition.items_of(form.found.case.kind).values():
            label, hint = item.label.in_language(lang), HINTS.get(item.id, "")
            if item.id == "name":
                form.fields["name"] = text(label, limit=200, required=True, help_text=hint)
            elif item.id != FROM_REPLIES:
                form.fields[item.id] = paragraph(label, limit=LONG, rows=ROWS.get(item.id, 4), help_text=hint)

    def payload(self) -> dict[str, Any]:
        """Items that read otherwise than they stand."""
        form = self.form
        changed = {}
        for item in form.edition.items_of(form.found.case.kind):
            if item not in form.fields or not form.sent(item):
                continue
            typed = self._typed(item)
            if typed != str(form.held.get(item, "")).replace("\r\n", "\n").strip():
                changed[item] = typed
        return {"items": changed} if changed else {}

    def _typed(self, item: str) -> str:
        """The text; what was left to bases and safeguards follows them."""
        form = self.form
        typed = form.words(item)
        if item in ("legal_basis", "safeguards") and typed in ("", form.present.written_anyway(item)):
            return citations(self._bases()) if item == "legal_basis" else safeguards_in_words(self.supports.common())
        return typed

    def _bases(self) -> list[Any]:
        chosen: list[Any] = self.form.cleaned_data.get("chosen_bases", [])
        return chosen

    def context(self) -> dict[str, Any]:
        """{items: [{id, label, field or None, text, filled}]} in the order of the edition."""
        form, lang = self.form, self.form.scene.lang
        shown = []
        for number, item in enumerate(form.edition.items_of(form.found.case.kind).values(), start=1):
            field = form[item.id] if item.id in form.fields else None
            text_now = form.present.items.get(item.id, "")
            filled = bool(str(field.value() or "").strip()) if field is not None else bool(text_now)
            places = f"#{field.auto_id}" if field is not None else f"#item-{item.id}"
            shown.append(
                {
                    "id": item.id,
                    "number": number,
                    "label": item.label.in_language(lang),
                    "field": field,
                    "text": text_now,
                    "filled": filled,
                    "href": places,
                }
            )
        return {"items": shown}
