"""申请退出 (4.4): which duty is known; why, in a code and a few words. Then the short list of an exit, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import ActForm, one_of, paragraph
from dutygate.base.actions.naming import edition_now
from dutygate.features.application.forms.items import Items
from dutygate.features.application.forms.lapsing import LapsingForm, items_form
from dutygate.features.cases.duties import DutyNow
from dutygate.features.cases.kinds import EXIT
from dutygate.features.cases.opening import reasons_of
from dutygate.features.support.shown import grounds
from dutygate.features.yearly.queries import last_finding

WHY: Final = ("reason", "reason_words")
NOT_KEPT: Final = "safeguards_not_kept"
"""保障措施没有兑现: the reason that the ledger offers by itself."""


class AskForExitForm(ActForm):
    """立卷 of an exit. ``scene.place`` is the duty as it stands."""

    action = "case.open"
    template = "exit/_open_fields.html"
    page = "exit/open.html"
    live = True
    button = _("立卷，进入下一步")
    places = {
        "change_reason_missing": "reason",
        "other_reason_without_words": "reason_words",
        "no_standing_towards_duty": "",
        "duty_not_in_force": "",
    }

    reason = one_of(_("为什么要退出"), ())
    reason_words = paragraph(
        _("用几句话说明"), limit=2000, rows=3, help_text=_("有什么事实。写在这里的，会带到申请内容的“退出的理由和事实”里，不用再写一遍。")
    )

    def start(self) -> dict[str, Any]:
        """What is late or disputed of what was promised is a reason, with its facts (4.4, 5); else what the yearly review said."""
        if self.facts:
            return {"reason": NOT_KEPT, "reason_words": self.facts[:2000]}
        looked = last_finding(self.scene.viewer, self.duty.id, "exit", local_day(self.scene.moment))
        return {} if looked is None else {"reason_words": looked.reason}

    @cached_property
    def facts(self) -> str:
        """没有兑现的事实: of the township that asks, or of all that the viewer may read."""
        viewer = self.scene.viewer
        return grounds(viewer, self.duty.id, viewer.unit_id if viewer.unit_kind == "township" else None, local_day(self.scene.moment))

    def context(self) -> dict[str, Any]:
        """{facts}."""
        return {"facts": self.facts}

    @property
    def duty(self) -> DutyNow:
        """The duty that is to leave."""
        found: DutyNow = self.scene.place
        return found

    def shape(self) -> None:
        """The reasons of the edition in force."""
        self.fields["reason"].choices = reasons_of(edition_now(), EXIT, self.scene.lang)  # type: ignore[attr-defined]

    def payload(self) -> dict[str, Any]:
        """With the duty, and what kind of case it is."""
        return {**super().payload(), "kind": EXIT, "duty": self.duty.code}

    def draft_title(self) -> str:
        """The duty's title."""
        return self.duty.title[:100]


class ExitItemsForm(LapsingForm):
    """写明内容: why, what becomes of work under way, who carries it afterwards, how support is settled."""

    template = "exit/_items_fields.html"
    places = {"change_reason_missing": "reason", "other_reason_without_words": "reason_words"}

    reason = one_of(_("为什么要退出"), ())
    reason_words = paragraph(_("用几句话说明"), limit=2000, rows=2)

    @cached_property
    def held(self) -> dict[str, Any]:
        """The items, and why."""
        case = self.found.case
        return {**self.present.fields(list(self.edition.items_of(EXIT))), **{name: getattr(case, name) for name in WHY}}

    def shape(self) -> None:
        """One field for each item of an exit."""
        self.fields["reason"].choices = reasons_of(self.edition, EXIT, self.scene.lang)  # type: ignore[attr-defined]
        super().shape()
        self.parts = (Items(self),)
        for part in self.parts:
            part.shape()

    def payload(self) -> dict[str, Any]:
        """Only what reads otherwise than it stands."""
        return {**super().payload(), **self.said(WHY)}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """A missing item at its field."""
        item = str(params.get("item", ""))
        return item if code == "item_missing" and item in self.fields else super().place_of(code, params)

    def place_of_path(self, path: str) -> str:
        """``items.exit_reason`` at that item."""
        first, _dot, rest = path.partition(".")
        return super().place_of_path(rest if first == "items" else path)


items_form(EXIT, ExitItemsForm)
