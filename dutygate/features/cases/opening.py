"""新建第一步: what the matter is. A forbidden one is told here, with its article and the road it should take instead (Articles 1, 7)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ActForm, act_form, day_field, one_of, paragraph, picked, text
from dutygate.base.actions.naming import edition_now
from dutygate.features.cases.sections import directory_now
from dutygate.features.cases.similar import similar_matters
from dutygate.law.regulation.edition import Edition

DECLARATIONS = ("track", "ends_on", "declared_class", "handles_emergency", "mode", "acts_in_name_of", "necessity")


def declared_classes(edition: Edition, lang: str) -> list[tuple[str, str]]:
    """The classes of administrative matters to choose from, ordinary work first, what Article 1 keeps out last."""
    order = {"none": 0, "amber": 1, "stop": 2}
    classes = sorted(edition.exclusions.classes.values(), key=lambda c: order[c.effect])
    marks = {"none": "", "amber": gettext("（须法制审核认定）"), "stop": gettext("（不能准入）")}
    return [(c.id, f"{c.label.in_language(lang)}{marks[c.effect]}") for c in classes]


def reasons_of(edition: Edition, kind: str, lang: str) -> list[tuple[str, str]]:
    """The coded reasons of a kind of case, in the order of the edition."""
    return [(reason.id, reason.label.in_language(lang)) for reason in edition.change_reasons.values() if kind in reason.kinds]


def hints_in(edition: Edition, words: str, lang: str) -> list[dict[str, Any]]:
    """用语提示: what the wording makes one think of, why, and what to do. A person settles each; nothing is stopped by a word alone.

    One for each kind of excluded matter: {label, words, provision, reasons, advice}; ``words`` are those that struck, joined.
    """
    seen: dict[str, dict[str, Any]] = {}
    for hint in edition.exclusions.hints(words):
        found = seen.setdefault(
            hint.wording,
            {
                "label": edition.exclusions.wording[hint.wording].label.in_language(lang),
                "words": [],
                "provision": hint.provision,
                "reasons": [],
                "advice": _advice(hint.provision),
            },
        )
        _add(found["words"], f"“{hint.word}”")
        if hint.reason is not None:
            _add(found["reasons"], hint.reason.in_language(lang))
    return [{**found, "words": "".join(found["words"])} for found in seen.values()]


def _add(found: list[str], text: str) -> None:
    if text not in found:
        found.append(text)


def _advice(provision: str) -> str:
    if provision == "7":
        return gettext("事发后的处置不宜纳入准入，请按应急预案办理。如果只是事前的预防、宣传、演练、巡查，请在名称里写明，再继续。")
    return gettext(
        "如果要由乡镇作出决定（发证、审批、处罚、查封等），不能准入，请由部门自己办。如果乡镇只做其中一步（宣传、巡查、代收材料等），请在名称里写明是哪一步，再继续。法制审核时会再核对。"
    )


class DeclaredFields(forms.Form):
    """The declarations of Article 1 and 4.3, the same when a case is opened and when its application is edited."""

    track = one_of(_("类别"), ())
    ends_on = day_field(_("截止日期"), help_text=_("阶段性、临时性任务必填：到这一天为止，含当天。常态化事项不填。"))
    declared_class = picked(_("事项类别"), (), help_text=_("按这件事本来的性质选。行政处罚、行政许可、行政强制不能交给乡镇。"))
    handles_emergency = one_of(
        _("是不是突发、紧急事件的处置"),
        (("no", _("不是（含预防、宣传、演练、巡查）")), ("yes", _("是"))),
    )
    mode = one_of(
        _("委托还是交由"),
        (("entrust", _("委托：以部门的名义办，部门负责")), ("assign", _("交由：以乡镇的名义办，乡镇负责"))),
    )
    acts_in_name_of = text(_("以谁的名义办理"), limit=100, help_text=_("委托的填本部门全称；交由的可以不填。"))
    necessity = paragraph(_("为什么确需由乡镇承担"), limit=2000, rows=3, help_text=_("部门自己为什么办不了、办不好，一两句话就行。"))


@act_form("case.open")
class OpenForm(DeclaredFields, ActForm):
    """新建: title and declarations."""

    template = "cases/_open_fields.html"
    page = "cases/open.html"
    live = True
    tried = "cases/_similar_aside.html"
    button = _("立卷，进入下一步")
    places = {
        "excluded_power": "declared_class",
        "power_class_unknown": "declared_class",
        "emergency_handling": "handles_emergency",
        "temporary_without_end": "ends_on",
    }

    title = text(_("职责名称"), limit=200, required=True, help_text=_("写成一件具体的事，例如“森林防火巡查”。"))

    field_order = ("title", *DECLARATIONS)

    def start(self) -> dict[str, Any]:
        """What another page knew already."""
        return dict(self.scene.place or {})

    def shape(self) -> None:
        """Tracks and classes of the edition in force."""
        edition, lang = edition_now(), self.scene.lang
        self.fields["track"].choices = [(t.id, t.label.in_language(lang)) for t in edition.tracks.values()]  # type: ignore[attr-defined]
        self.fields["declared_class"].choices = [("", "————"), *declared_classes(edition, lang)]  # type: ignore[attr-defined]

    def payload(self) -> dict[str, Any]:
        """Yes and no as the action wants them."""
        plain = super().payload()
        if "handles_emergency" in plain:
            plain["handles_emergency"] = plain["handles_emergency"] == "yes"
        return plain

    def context(self) -> dict[str, Any]:
        """What its wording makes one think of, and what there is that is like it (read when it is shown)."""
        typed: Mapping[str, Any] = self.given or {}
        words = f"{typed.get('title', '')}\n{typed.get('necessity', '')}"
        return {"hints": hints_in(edition_now(), words, self.scene.lang), "similar": lambda: self.similar}

    @cached_property
    def similar(self) -> list[dict[str, Any]]:
        """相似事项, by the title."""
        title = str(self.given.get("title", ""))[:200] if self.given else ""
        viewer = self.scene.viewer
        return similar_matters(viewer, directory_now(viewer), title, "", local_day(self.scene.moment))

    def draft_title(self) -> str:
        """The title as typed."""
        return str(self.given.get("title", ""))[:100] if self.given else ""
