"""哪些乡镇 (4.1): the scope of the application. While it is drafted it is set; afterwards townships only join here."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import several, yes
from dutygate.features.application.forms.part import WritingForm
from dutygate.features.application.parties import is_to_have_it
from dutygate.features.cases.facts import duty_of
from dutygate.features.cases.kinds import ADJUSTMENT, ADMISSION, EXIT

LABELS: Final = {
    ADMISSION: _("拟承担这件事的乡镇"),
    EXIT: _("从哪些乡镇的清单上退出"),
    ADJUSTMENT: _("调整以后由哪些乡镇承担"),
}
HINTS: Final = {
    ADMISSION: _("选定的乡镇都会收到书面征求意见；没有选的，这件事不能交给它。"),
    EXIT: _("现在承担这件事的乡镇都在下面。选定的都会收到书面征求意见；没有选的，清单上照旧。"),
    ADJUSTMENT: _("现在承担的已经选上。新加的要征求意见，同意了才能列入；去掉的，书面告知它；内容没有改动的，不再征求。"),
}


def in_scope(row: Any) -> bool:
    """Whether a township is asked."""
    return bool(row.in_scope)


class TownshipsForm(WritingForm):
    """Which townships the matter concerns."""

    template = "application/_scope_fields.html"
    button = _("保存，下一步：申请内容")
    more_buttons = (("stay", _("只保存，留在这一页")),)
    places = {"no_township_in_scope": "townships", "add_townships": "townships"}

    drafted = False

    every = yes(_("全部选上"))
    townships = several(_("拟承担这件事的乡镇"), (), required=False)

    @cached_property
    def drafting(self) -> bool:
        """Whether the scope is still set as a whole."""
        return bool(self.found.case.state == "drafting")

    @cached_property
    def inside(self) -> list[int]:
        """The townships in scope now; of an adjustment all that are to carry the duty, asked or not."""
        wanted = is_to_have_it if self.found.case.kind == ADJUSTMENT else in_scope
        return [row.unit_id for row in self.present.scope if wanted(row)]

    @cached_property
    def holders(self) -> tuple[int, ...]:
        """Who carries the duty that the case is about."""
        duty = duty_of(self.found.now.looked.subject)
        return () if duty is None else duty.holders

    @cached_property
    def held(self) -> dict[str, Any]:
        """While drafting, those in scope."""
        return {"townships": [self.key(unit) for unit in self.inside] if self.drafting else []}

    def shape(self) -> None:
        """All townships of the banner in the order of their codes, and any that is in scope though it ended."""
        reading = self.found.reading
        everyone = list(reading.directory.townships(reading.on))
        if self.found.case.kind == EXIT:
            everyone = [unit for unit in everyone if unit in self.holders]
        self.fields["townships"].label = LABELS[self.found.case.kind]
        everyone += [unit for unit in self.inside if unit not in everyone]
        wanted = everyone if self.drafting else [unit for unit in everyone if unit not in self.inside]
        self.fields["every"].widget.attrs["data-all"] = "townships"
        self.fields["townships"].choices = [(self.key(unit), self.township(unit)) for unit in wanted]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """At least one, while it is drafted; "all" is all, also where no script ticks the boxes."""
        found = super().clean()
        if self.cleaned_data.get("every"):
            self.cleaned_data["townships"] = [value for value, _label in self.fields["townships"].choices]  # type: ignore[attr-defined]
        if self.drafting and not self.cleaned_data.get("townships") and "townships" not in self.errors:
            self.add_error("townships", forms.ValidationError(gettext("请至少选定一个乡镇。"), code="required"))
        return found

    def payload(self) -> dict[str, Any]:
        """The whole scope while drafting, those who join afterwards; nothing where nothing changed."""
        chosen = list(self.cleaned_data.get("townships", []))
        if not self.drafting:
            return {"add_townships": chosen} if chosen else {}
        return {"townships": chosen} if set(chosen) != set(self.held["townships"]) else {}

    def context(self) -> dict[str, Any]:
        """Those in scope by name, and whether this sets the scope or only adds to it."""
        field = self["townships"]
        ticked = {str(value) for value in field.value() or []}
        boxes = [{"value": v, "label": label, "ticked": v in ticked} for v, label in self.fields["townships"].choices]  # type: ignore[attr-defined]
        return {
            **super().context(),
            "drafting": self.drafting,
            "boxes": boxes,
            "inside": [self.township(unit) for unit in self.inside],
            "hint": HINTS[self.found.case.kind],
        }
