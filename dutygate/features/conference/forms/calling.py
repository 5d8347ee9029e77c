"""召集、编排议题、增补成员单位 as forms (Article 3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, one_of, paragraph, picked, several, text
from dutygate.features.conference.words import FORMS

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CallPlace:
    """What a meeting is called from: the members on that day, and the cases that wait."""

    members: Choices
    waiting: Choices
    today: date


@act_form("conference.convene")
class ConveneForm(ActForm):
    """召集联席会议."""

    page = "conference/convene.html"
    button = _("召集")
    places = {
        "meeting_without_day": "held_on",
        "meeting_without_place": "place",
        "round_without_last_day": "reply_by",
        "called_is_no_member": "members",
        "case_not_waiting": "cases",
        "case_on_another_agenda": "cases",
    }

    form = one_of(_("怎么审议"), list(FORMS.items()), help_text=_("书面审议不开会，各成员单位在期限以前书面答复。"))
    held_on = day_field(_("会议日期"), help_text=_("开会的填。"))
    place = text(_("会议地点"), limit=200, help_text=_("开会的填。"))
    reply_by = day_field(_("在哪一天以前答复"), help_text=_("书面审议的填。到期没有答复的记为没有答复，不算同意。"))
    title = text(_("会议名称"), limit=200, help_text=_("不填的，按第几次会议起名。"))
    members = several(_("召集哪些成员单位"), ())
    cases = several(_("议题"), (), required=False, help_text=_("等待上会的办件；开会以前还可以增减。"))
    note = paragraph(_("另外说明"), limit=2000, rows=3)

    def shape(self) -> None:
        """Who belongs to the conference, and what waits for it."""
        place: CallPlace = self.scene.place
        self.let_choose("members", place.members)
        self.let_choose("cases", place.waiting)

    def start(self) -> dict[str, Any]:
        """Everybody, and everything that waits."""
        place: CallPlace = self.scene.place
        return {"form": "meeting", "members": [key for key, _name in place.members], "cases": [key for key, _name in place.waiting]}

    def payload(self) -> dict[str, Any]:
        """What belongs to a meeting is not said of a round, nor the other way round."""
        plain = super().payload()
        out = ("held_on", "place") if plain.get("form") == "written" else ("reply_by",)
        return {name: value for name, value in plain.items() if name not in out}


@dataclass(frozen=True, slots=True)
class AgendaPlace:
    """A meeting before it is held: what is on its agenda, and what could be."""

    meeting: Any
    on_it: Choices
    waiting: Choices


@act_form("conference.agenda")
class AgendaForm(ActForm):
    """编排议题."""

    page = "conference/act.html"
    button = _("改定议题")
    places = {
        "case_not_waiting": "add",
        "case_on_another_agenda": "add",
        "item_removed_without_reason": "reason",
        "item_not_on_agenda": "remove",
        "payload": "add",
    }

    add = several(_("列入议题"), (), required=False)
    remove = several(_("撤下议题"), (), required=False)
    reason = paragraph(_("为什么撤下"), limit=300, rows=2, help_text=_("撤下议题的填。"))

    def shape(self) -> None:
        """Waiting cases, and those on the agenda; what there is none of is not asked."""
        place: AgendaPlace = self.scene.place
        for name, choices in (("add", place.waiting), ("remove", place.on_it)):
            if choices:
                self.let_choose(name, choices)
            else:
                del self.fields[name]
        if "remove" not in self.fields:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any] | None:
        """Something is chosen."""
        found = super().clean()
        if not self.errors and not self.cleaned_data.get("add") and not self.cleaned_data.get("remove"):
            self.add_error(None, gettext("请选择要列入或者撤下的议题。"))
        return found

    def payload(self) -> dict[str, Any]:
        """One reason for all that is taken off."""
        said = self.cleaned_data
        removed = [{"case": case, "reason": said.get("reason", "")} for case in said.get("remove") or ()]
        return {**({"add": said["add"]} if said.get("add") else {}), **({"remove": removed} if removed else {})}


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """Who could become a member, and on which minutes."""

    units: Choices
    meetings: Choices
    today: date
    now: Choices = field(default_factory=list)


@act_form("conference.appoint_member")
class AppointForm(ActForm):
    """增补成员单位."""

    page = "conference/appoint.html"
    places = {
        "appointment_without_paper": "document",
        "minutes_not_finished": "meeting",
        "conference_seat_held": "unit",
        "seat_not_for_unit": "unit",
        "unit_not_existing": "valid_from",
    }

    unit = picked(_("增补哪个单位"), ())
    valid_from = day_field(_("从哪一天起"), required=True)
    meeting = picked(_("依据哪次会议的纪要"), (), required=False)
    document = text(_("依据的文件"), limit=120, help_text=_("名称和文号；依据会议纪要的可以不填。"))

    def shape(self) -> None:
        """Units that are no members yet; finished minutes."""
        place: MemberPlace = self.scene.place
        self.let_choose("unit", place.units)
        self.let_choose("meeting", [("", gettext("没有")), *place.meetings])

    def start(self) -> dict[str, Any]:
        """From today."""
        return {"valid_from": self.scene.place.today}
