"""申请调整 (4.4, 4.5): which duty is known; why, and whether temporary work turns regular. Its text is there already, to be changed."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ActForm, one_of, paragraph, picked, yes
from dutygate.base.actions.naming import edition_now
from dutygate.features.application.forms.lapsing import items_form
from dutygate.features.application.forms.writing import EditForm
from dutygate.features.cases.duties import DutyNow
from dutygate.features.cases.kinds import ADJUSTMENT
from dutygate.features.cases.opening import DECLARATIONS, declared_classes, reasons_of
from dutygate.features.lists.words import LISTS, SECTIONS
from dutygate.features.yearly.queries import last_finding

WHY: Final = ("reason", "reason_words")
PLACE: Final = ("list_name", "section")
INTO: Final = ("admitted", "basic", "cooperative")
"""Where in the duty list a regular duty can stand; the powers list has no such parts."""


def lists_to_choose() -> list[tuple[str, str]]:
    """乡镇职责事项清单, 权责清单; "" where the duty stands now."""
    return [("", gettext("照现在的")), *((name, gettext(words)) for name, words in LISTS.items())]


def sections_to_choose() -> list[tuple[str, str]]:
    """准入事项, 基本履职, 配合履职; "" where the duty stands now."""
    return [("", gettext("照现在的；转为常态化的列入准入事项")), *((name, gettext(SECTIONS[name])) for name in INTO)]


class AskForAdjustmentForm(ActForm):
    """立卷 of an adjustment. ``scene.place`` is the duty as it stands."""

    action = "case.open"
    template = "adjustment/_open_fields.html"
    page = "adjustment/open.html"
    live = True
    button = _("立卷，进入下一步")
    places = {
        "change_reason_missing": "reason",
        "other_reason_without_words": "reason_words",
        "power_class_unknown": "declared_class",
        "excluded_power": "declared_class",
    }

    reason = one_of(_("为什么要调整"), ())
    reason_words = paragraph(_("用几句话说明"), limit=2000, rows=3, help_text=_("要调整什么，为什么。"))
    declared_class = picked(_("事项类别"), (), help_text=_("清单上没有记下这件事的类别，请按它本来的性质选。"))
    turns = yes(_("这项阶段性、临时性任务已经成为常年工作，转为常态化"), help_text=_("要报市政府批准。"))
    list_name = picked(_("转为常态化以后列入哪一份清单"), (), required=False)
    section = picked(_("列入清单的哪一部分"), (), required=False)

    def start(self) -> dict[str, Any]:
        """What the yearly review said of it."""
        looked = last_finding(self.scene.viewer, self.duty.id, "adjust", local_day(self.scene.moment))
        return {} if looked is None else {"reason_words": looked.reason}

    @property
    def duty(self) -> DutyNow:
        """The duty that is to change."""
        found: DutyNow = self.scene.place
        return found

    def shape(self) -> None:
        """The reasons of the edition in force; a temporary duty may turn regular."""
        edition, lang = edition_now(), self.scene.lang
        self.fields["reason"].choices = reasons_of(edition, ADJUSTMENT, lang)  # type: ignore[attr-defined]
        if self.duty.declared_class:
            del self.fields["declared_class"]
        else:
            self.fields["declared_class"].choices = [("", "————"), *declared_classes(edition, lang)]  # type: ignore[attr-defined]
        if self.duty.track != "temporary":
            for name in ("turns", *PLACE):
                del self.fields[name]
        else:
            self.fields["list_name"].choices = lists_to_choose()  # type: ignore[attr-defined]
            self.fields["section"].choices = sections_to_choose()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """A list is chosen for what turns regular only."""
        found = super().clean()
        if not self.cleaned_data.get("turns") and any(self.cleaned_data.get(name) for name in PLACE):
            words = _("只有转为常态化的才选清单。要转为常态化，请勾选这一项；不转的，清单不用选。")
            self.add_error("turns", forms.ValidationError(words, code="turns"))
        return found

    def payload(self) -> dict[str, Any]:
        """With the duty, and what kind of case it is."""
        plain = super().payload()
        turns = plain.pop("turns", False)
        return {**plain, "kind": ADJUSTMENT, "duty": self.duty.code, **({"track": "regular"} if turns else {})}

    def draft_title(self) -> str:
        """The duty's title."""
        return self.duty.title[:100]


class AdjustmentItemsForm(EditForm):
    """写明内容: the duty's text as it stands, of which only what is to read otherwise is changed."""

    template = "adjustment/_items_fields.html"
    declared: ClassVar[tuple[str, ...]] = (*DECLARATIONS, *WHY, *PLACE)
    places = {**EditForm.places, "change_reason_missing": "reason", "other_reason_without_words": "reason_words"}

    reason = one_of(_("为什么要调整"), ())
    reason_words = paragraph(_("用几句话说明"), limit=2000, rows=2)
    list_name = picked(_("列入哪一份清单"), (), required=False)
    section = picked(_("列入清单的哪一部分"), (), required=False)

    @cached_property
    def held(self) -> dict[str, Any]:
        """As of an application, with why and where."""
        return {**super().held, **{name: getattr(self.found.case, name) for name in (*WHY, *PLACE)}}

    def shape(self) -> None:
        """Reasons, lists and sections to choose from."""
        super().shape()
        self.fields["reason"].choices = reasons_of(self.edition, ADJUSTMENT, self.scene.lang)  # type: ignore[attr-defined]
        self.fields["list_name"].choices = lists_to_choose()  # type: ignore[attr-defined]
        self.fields["section"].choices = sections_to_choose()  # type: ignore[attr-defined]


items_form(ADJUSTMENT, AdjustmentItemsForm)
