"""登记到会情况、议题结论、会议纪要 as forms (Article 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, one_of, paragraph, picked, wanted
from dutygate.base.actions.forms import text as line
from dutygate.features.conference.words import came_in

GUESTS: Final = 3
"""Rows for units that sit in, beside those that are recorded already."""


@dataclass(frozen=True, slots=True)
class AttendancePlace:
    """A meeting with who was called and who sat in ({id, key, unit, how, person, note}), and who else could sit in."""

    meeting: Any
    called: list[dict[str, Any]]
    guests: list[dict[str, Any]]
    others: list[tuple[str, str]]


@act_form("conference.attendance")
class AttendanceForm(ActForm):
    """登记到会情况: a row for each member that was called, and some for whoever sat in."""

    page = "conference/act.html"
    template = "conference/_attendance_fields.html"
    button = _("登记到会情况")

    chair = line(_("主持人"), limit=60)
    recorder = line(_("记录人"), limit=60)

    @property
    def place(self) -> AttendancePlace:
        """What it stands in."""
        found: AttendancePlace = self.scene.place
        return found

    def shape(self) -> None:
        """Two fields for each member, three for each guest."""
        words = came_in(self.place.meeting.form)
        for one in self.place.called:
            choices = [(how, words[how]) for how in ("present", "absent")]
            self.fields[f"how_{one['id']}"] = one_of(one["unit"], choices, required=False)
            self.fields[f"person_{one['id']}"] = wanted(line(_("谁参加"), limit=100))
            self.fields[f"note_{one['id']}"] = line(_("说明"), limit=200)
        for n in range(self._guest_rows()):
            self.fields[f"guest_{n}"] = picked(_("列席单位"), [("", "————"), *self.place.others], required=False)
            self.fields[f"guest_person_{n}"] = line(_("谁列席"), limit=100)

    def _guest_rows(self) -> int:
        typed = len([name for name in self.given or {} if name.startswith("guest_person_")])
        return min(60, max(len(self.place.guests) + GUESTS, typed + (GUESTS if self._more else 0)))

    @property
    def _more(self) -> bool:
        return self.given is not None and self.given.get("_intent") == "again"

    def start(self) -> dict[str, Any]:
        """What is recorded already."""
        place = self.scene.place
        first: dict[str, Any] = {"chair": place.meeting.chair, "recorder": place.meeting.recorder}
        for one in place.called:
            first |= {f"how_{one['id']}": one["how"] or "present", f"person_{one['id']}": one["person"], f"note_{one['id']}": one["note"]}
        for n, one in enumerate(place.guests):
            first |= {f"guest_{n}": one["key"], f"guest_person_{n}": one["person"]}
        return first

    def payload(self) -> dict[str, Any]:
        """The whole list."""
        said, rows = self.cleaned_data, []
        for one in self.place.called:
            how = said.get(f"how_{one['id']}")
            if how:
                row = {"unit": one["key"], "how": how, "person": said.get(f"person_{one['id']}"), "note": said.get(f"note_{one['id']}")}
                rows.append({name: value for name, value in row.items() if value})
        for n in range(self._guest_rows()):
            if said.get(f"guest_{n}"):
                row = {"unit": said[f"guest_{n}"], "how": "sits_in", "person": said.get(f"guest_person_{n}")}
                rows.append({name: value for name, value in row.items() if value})
        return {"attendance": rows, **{name: said[name] for name in ("chair", "recorder") if said.get(name)}}

    def place_of(self, code: str, params: Any) -> str:
        """At the member that the finding is about."""
        unit = params.get("unit", "")
        known = {one["key"]: one["id"] for one in self.place.called}
        if code in ("attendance_missing", "attendance_without_name") and unit in known:
            return f"{'how' if code == 'attendance_missing' else 'person'}_{known[unit]}"
        guests = [f"guest_person_{n}" for n in range(self._guest_rows()) if self.data.get(f"guest_{n}") == unit]
        return guests[0] if guests else ""

    def place_of_path(self, path: str) -> str:
        """The list is said at the head of the form."""
        return ""

    def label_of(self, name: str) -> str:
        """A person's field with the unit it belongs to."""
        kind, _line, unit = name.partition("_")
        owner = next((one["unit"] for one in self.place.called if str(one["id"]) == unit), "")
        label = super().label_of(name)
        return f"{owner} {label}" if owner and kind != "how" else label

    def context(self) -> dict[str, Any]:
        """The fields, row by row."""
        rows = [{"fields": [self[f"{part}_{one['id']}"] for part in ("how", "person", "note")]} for one in self.place.called]
        guests = [{"fields": [self[f"guest_{n}"], self[f"guest_person_{n}"]], "ordinal": n + 1} for n in range(self._guest_rows())]
        return {"rows": rows, "guests": guests, "written": self.place.meeting.form == "written"}


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """One item of the agenda; ``outcomes``: what may be settled on a case of its kind."""

    meeting: Any
    item: Any
    outcomes: list[tuple[str, Any]]


@act_form("conference.conclude_item")
class ItemForm(ActForm):
    """登记议题结论."""

    page = "conference/act.html"
    button = _("登记议题结论")
    places = {"item_without_text": "text"}

    outcome = one_of(_("会议怎么定的"), ())
    text = wanted(
        paragraph(_("议定的内容"), limit=4000, rows=5, help_text=_("范围、条件、要改的地方；分歧也写明。写进纪要，也摘给这一卷的各方。"))
    )

    def shape(self) -> None:
        """In the words of the kind of case."""
        self.let_choose("outcome", self.scene.place.outcomes)

    def start(self) -> dict[str, Any]:
        """What is recorded already."""
        item = self.scene.place.item
        return {"outcome": item.outcome or None, "text": item.text}

    def payload(self) -> dict[str, Any]:
        """Of this case."""
        return {"case": self.scene.params["case"], **super().payload()}

    def draft_title(self) -> str:
        """The case."""
        return str(self.scene.place.item.case.title)


@dataclass(frozen=True, slots=True)
class MinutesPlace:
    """The minutes as they stand, or as they are drawn up from the records."""

    meeting: Any
    text: str
    drawn_up: bool
    waiting: list[str]


@act_form("conference.minutes")
class MinutesForm(ActForm):
    """起草会议纪要: kept as typed until it is finished."""

    page = "conference/minutes_form.html"
    button = _("存稿，以后再改")
    more_buttons = (("finish", _("定稿")),)
    places = {"minutes_without_text": "text"}
    drafted = True

    text = wanted(paragraph(_("纪要正文"), limit=60_000, rows=24, help_text=_("出席、请假、列席按到会情况写在正文后面，不用写进正文。")))
    number = line(_("纪要编号"), limit=80, help_text=_("例如：联席会议纪要〔2026〕1号；没有的不填。"))
    dated_on = day_field(_("纪要日期"))

    def start(self) -> dict[str, Any]:
        """As it stands."""
        place: MinutesPlace = self.scene.place
        return {"text": place.text, "number": place.meeting.minutes_number, "dated_on": place.meeting.minutes_on}

    def payload(self) -> dict[str, Any]:
        """Finished only by the button that says so."""
        finish = self.given is not None and self.given.get("_intent") == "finish"
        return {**super().payload(), **({"finish": True} if finish else {})}

    def clean_text(self) -> str:
        """As typed, but for the ends of lines."""
        return str(self.cleaned_data.get("text") or "").replace("\r\n", "\n")
