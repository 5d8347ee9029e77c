"""登记修改、废止和更正 (Articles 1, 4.5) as forms. A change is shown with all that it touches before it can be done."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ActForm, act_form, day_field, one_of, paragraph, picked, text, wanted
from dutygate.base.actions.naming import directory_for
from dutygate.base.actions.rows import Rows
from dutygate.features.bases.forms import BasisFields
from dutygate.features.bases.queries import bases_by_ids, bases_to_cite, cases_of_change, changes_of, duties_of_change
from dutygate.features.bases.resting import CERTAIN
from dutygate.features.bases.touched import change_shown, touched_shown
from dutygate.features.bases.wording import citation, given_of
from dutygate.features.cases.head import line_of

PAIRS: Final = Rows(("before", "after"), most=200, least=2)
FOUND: Final = 12
CASES: Final = 100


class ChangeForm(ActForm):
    """What is changed, from when, by which document; beside it all that rests on it. ``place`` of the scene is the basis."""

    page = "bases/change.html"
    template = "bases/_change_fields.html"
    places = {
        "basis_not_confirmed": "reach",
        "basis_did_not_hold": "on",
        "change_without_document": "document",
        "successor_not_in_force": "successor",
        "resting_duty_not_named": "reach",
        "duties": "reach",
        "article": "other_article",
    }

    reach = one_of(_("改的是哪一部分"), ())
    other_article = text(_("其他条款"), limit=100, help_text=_("上面选“其他条款”时写，例如：第七条第二款。"))
    on = day_field(_("从哪一天起"), required=True, help_text=_("从这一天起，新的规定生效，或者原来的不再有效。"))
    document = wanted(
        text(_("哪一份文件"), limit=200, help_text=_("公布修改、废止的文件全称，例如：全国人民代表大会常务委员会关于修改某某法的决定。"))
    )
    document_number = text(_("文号"), limit=80, help_text=_("例如：主席令第16号。"))
    issuer = text(_("制定机关"), limit=100)
    successor_q = text(_("按名称、文号或者条款查找替代的依据"), limit=100)
    successor = picked(_("替代的依据"), (), required=False)
    note = paragraph(_("说明"), limit=2000, rows=2, help_text=_("写给各部门看的：改了什么，要注意什么。"))

    def shape(self) -> None:
        """This article, the whole text, or another article; what can take its place; rows for articles before and after."""
        basis = self.scene.place
        own = [("article", gettext("这一条（%(article)s）") % {"article": basis.article})] if basis.article else []
        reach = [*own, ("text", gettext("整部")), ("other", gettext("其他条款"))]
        self.fields["reach"].choices = reach  # type: ignore[attr-defined]
        self.initial.setdefault("reach", reach[0][0])
        self.initial.setdefault("on", local_day(self.scene.moment))
        self.words = str(self.given.get("successor_q", "") if self.given is not None else "").strip()[:100]
        self.fields["successor"].choices = [("", gettext("没有")), *self._successors()]  # type: ignore[attr-defined]
        self.pairs = PAIRS.wanted(self.given)
        for n in self.pairs:
            self.fields[f"before_{n}"] = text(_("原来的条款"), limit=100)
            self.fields[f"after_{n}"] = text(_("现在的条款"), limit=100)

    def _successors(self) -> list[tuple[str, str]]:
        """Those found by the words typed, and the one that was chosen."""
        basis, viewer = self.scene.place, self.scene.viewer
        found = bases_to_cite(viewer, basis.jurisdiction_id, self.words, FOUND) if self.words else []
        chosen = str(self.given.get("successor", "") if self.given is not None else "")
        if chosen.isdecimal() and len(chosen) < 19 and int(chosen) not in {row.id for row in found}:
            found = [*bases_by_ids(viewer, basis.jurisdiction_id, [int(chosen)]).values(), *found]
        return [(str(row.id), citation(row)) for row in found if row.confirmed and row.id != basis.id]

    def _typed(self, name: str) -> str:
        """What stands in a field, typed or as it began."""
        value = self.given.get(name) if self.given is not None else self.initial.get(name)
        return str(value or "").strip()

    @cached_property
    def article(self) -> str:
        """Which article is meant; "" = the whole text."""
        reach = self._typed("reach")
        return str({"article": self.scene.place.article, "other": self._typed("other_article")}.get(reach, ""))

    @cached_property
    def day(self) -> date:
        """From which day; today while none can be read."""
        try:
            return date.fromisoformat(self._typed("on"))
        except ValueError:
            return local_day(self.scene.moment)

    @cached_property
    def resting(self) -> list[Any]:
        """The duties that rest on what is changed."""
        return duties_of_change(self.scene.viewer, self.scene.place, self.article, self.day)

    def clean(self) -> dict[str, Any] | None:
        """Another article is named where another one is meant."""
        found = super().clean()
        if self.cleaned_data.get("reach") == "other" and not self.cleaned_data.get("other_article"):
            self.add_error("other_article", forms.ValidationError(gettext("请写明是哪一条。"), code="required"))
        return found

    def payload(self) -> dict[str, Any]:
        """The change, with the duties that were before the person when she pressed the button, as far as they rest on it."""
        given = {name: self.cleaned_data[name] for name in ("on", "document", "document_number", "issuer", "successor", "note")}
        pairs = [(row["before"], row["after"]) for _n, row in PAIRS.filled(self.cleaned_data, self.pairs)]
        shown = set(self.given.getlist("duties") if self.given is not None else ())
        duties = [one.code for one in self.resting if one.code in shown]
        return {
            **{name: value for name, value in given.items() if value},
            "basis": str(self.scene.place.id),
            "article": self.article,
            "duties": duties,
            **({"replacements": pairs} if pairs else {}),
        }

    def context(self) -> dict[str, Any]:
        """What it touches, and the rows of articles."""
        scene, basis = self.scene, self.scene.place
        directory, today = directory_for(basis.jurisdiction_id), local_day(scene.moment)
        ticked = set(self.given.getlist("duties") if self.given is not None else ())
        touched = touched_shown(self.resting, directory, today)
        for one, resting in zip(touched["duties"], self.resting, strict=True):
            one["ticked"] = resting.how == CERTAIN or one["code"] in ticked
        cases = cases_of_change(scene.viewer, basis, self.article, self.day, CASES)
        return {
            "basis": basis,
            "cited": citation(basis),
            "article": self.article,
            "from_day": self.day,
            "touched": touched,
            "cases": [line_of(case, directory, today, scene.lang) for case in cases],
            "pairs": PAIRS.shown(self, self.pairs),
            "pairs_open": any(self[f"{column}_{n}"].value() for n in self.pairs for column in PAIRS.columns),
            "words": self.words,
        }

    def draft_title(self) -> str:
        """The basis."""
        return citation(self.scene.place)[:100]


@act_form("basis.amend")
class AmendForm(ChangeForm):
    """登记修改."""

    button = _("登记修改")


@act_form("basis.repeal")
class RepealForm(ChangeForm):
    """登记废止."""

    button = _("登记废止")


@act_form("basis.correct")
class CorrectForm(BasisFields):
    """更正 a confirmed basis, or take back a change that was entered by mistake. ``place`` of the scene is the basis."""

    button = _("更正")
    places = {"given": "title", "reason_missing": "reason", "basis_not_confirmed": "title"}

    void = picked(_("撤销登记错了的修改、废止"), (), required=False, help_text=_("没有登记错的，不选。已经立了卷的调整，由部门撤回。"))
    reason = wanted(paragraph(_("更正的理由"), limit=2000, rows=2))

    def shape(self) -> None:
        """The changes that could be taken back."""
        super().shape()
        known = [change_shown(row) for row in changes_of(self.scene.viewer, self.scene.place) if row.voided_at is None]
        whole = gettext("整部")
        choices = [(one["id"], f"{one['on']} {one['kind']} {one['article'] or whole} {one['document']}") for one in known]
        self.fields["void"].choices = [("", gettext("没有")), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["void"]

    def start(self) -> dict[str, Any]:
        """As it was confirmed."""
        return given_of(self.scene.place)

    def payload(self) -> dict[str, Any]:
        """The details where they read otherwise, the change to take back, and why."""
        before = {name: value for name, value in given_of(self.scene.place).items() if value}
        details = self.details()
        found: dict[str, Any] = {"basis": str(self.scene.place.id), "reason": self.cleaned_data["reason"]}
        if details != before:
            found["given"] = details
        if self.cleaned_data.get("void"):
            found["void"] = self.cleaned_data["void"]
        return found

    def changes_something(self, payload: Any) -> bool:
        """Nothing is entered where all reads as before."""
        return "given" in payload or "void" in payload

    def place_of_path(self, path: str) -> str:
        """``given.title`` at the title."""
        return super().place_of_path(path.removeprefix("given."))
