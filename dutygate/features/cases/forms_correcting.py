"""更正与确认更正 (Article 4.1): who entered it chooses the field and writes the right value; a second person of the unit confirms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ScanForm, act_form, day_field, one_of, paragraph, text
from dutygate.base.organizations.queries import public_names_of
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.correctables import Offer, Words, in_words, offers_to
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.head import act_href
from dutygate.features.cases.queries import corrections_of

PAPER = ("document_number", "scan_file", "scan", "scan_name")


def _offers(found: CaseScene) -> list[Offer]:
    """What the viewer's unit may correct, read once for each page."""
    subject = found.now.looked.subject
    offers: list[Offer] = subject.remember("offers", lambda: offers_to(subject, found.viewer.unit_id or 0))
    return offers


@act_form("record.correct")
class CorrectForm(ScanForm, CaseForm):
    """Without ``?target=…&field=…`` the page lists what may be corrected; with them it is the form for that field."""

    page = "cases/correct.html"
    template = "cases/_correct_fields.html"
    button = _("录入更正")
    places = {"reason_missing": "reason", "new_document_missing": "document_number"}

    new = text(_("更正为"), limit=4000)
    reason = paragraph(_("为什么要更正"), limit=2000, rows=3)
    document_number = text(
        _("新文件的文号"), limit=80, help_text=_("把不同意改为同意、把不同意或者退回的决定作废，要有新的文件；其他情况不填。")
    )

    field_order = ("new", "reason", *PAPER)

    def shape(self) -> None:
        """The field for the new value has the shape of the old one."""
        wanted = (self.scene.params.get("target", ""), self.scene.params.get("field", ""))
        self.offer = next((offer for offer in _offers(self.found) if (offer.target, offer.field) == wanted), None)
        if self.offer is None:
            self.fields.clear()
            return
        words = self.offer.words
        self.fields["new"] = _field_for(words)
        self.fields["reason"].must = True  # type: ignore[attr-defined]
        if not words.paper:
            for name in PAPER:
                del self.fields[name]

    def start(self) -> dict[str, Any]:
        """The old value, to be mended; a choice is made anew."""
        wanted = (self.scene.params.get("target", ""), self.scene.params.get("field", ""))
        offer = next((one for one in _offers(self.found) if (one.target, one.field) == wanted), None)
        return {"new": offer.value} if offer is not None and offer.words.shape != "choice" else {}

    def clean(self) -> dict[str, Any] | None:
        """Nothing is corrected into itself."""
        found = super().clean()
        if self.offer is None:
            raise forms.ValidationError(gettext("请先从列出的内容里选要更正的一项。"))
        if "new" not in self.errors and self._new() == self.offer.value:
            self.add_error("new", forms.ValidationError(gettext("和原来的一样，没有改动。"), code="same"))
        return found

    def _new(self) -> str:
        return str(self.cleaned_data.get("new") or "")

    def payload(self) -> dict[str, Any]:
        """The record, the field, the right value."""
        plain = {**super().payload(), "new": self._new()}
        return {**plain, "target": self.offer.target, "field": self.offer.field} if self.offer is not None else plain

    def context(self) -> dict[str, Any]:
        """What is corrected, or everything that may be."""
        if self.offer is not None:
            return {"offer": self.offer, "old": self.offer.words.shown(self.offer.value), "is_day": self.offer.words.shape == "day"}
        records: dict[str, list[dict[str, Any]]] = {}
        for offer in _offers(self.found):
            records.setdefault(offer.words.record, []).append(
                {
                    "label": offer.words.label,
                    "value": offer.words.shown(offer.value),
                    "is_day": offer.words.shape == "day",
                    "target": offer.target,
                    "field": offer.field,
                }
            )
        return {"offer": None, "records": records, "here": act_href(self.found.case.number, self.action)}


def _field_for(words: Words) -> forms.Field:
    required = not words.optional
    if words.shape == "choice":
        return one_of(_("更正为"), [(value, words.shown(value)) for value in words.may_become])
    if words.shape == "day":
        return day_field(_("更正为"), required=required)
    if words.shape == "text":
        return paragraph(_("更正为"), limit=words.limit, required=required, rows=6)
    return text(_("更正为"), limit=words.limit, required=required)


def pending_for(found: CaseScene) -> list[Any]:
    """The corrections of the viewer's unit that wait for their second person, read once for each page."""
    subject, unit = found.now.looked.subject, found.viewer.unit_id
    rows: list[Any] = subject.remember("corrections", lambda: corrections_of(found.viewer, found.case))
    return [row for row in rows if row.confirmed_at is None and row.unit_id == unit]


@act_form("record.confirm")
class ConfirmForm(CaseForm):
    """Nothing to fill in: old and new value side by side. Without ``?correction=`` the list, or the only one there is."""

    page = "cases/confirm.html"
    template = "cases/_confirm_fields.html"
    button = _("确认更正，现在生效")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Only while a correction of the unit waits."""
        return bool(pending_for(place))

    def shape(self) -> None:
        """The correction that the address names, or the only one."""
        rows, named = pending_for(self.found), self.scene.params.get("correction", "")
        only = rows[0] if len(rows) == 1 and not named else None
        self.correction = next((row for row in rows if str(row.ordinal) == named), only)

    def clean(self) -> dict[str, Any] | None:
        """One that waits, and is of one's own unit."""
        found = super().clean()
        if self.correction is None:
            raise forms.ValidationError(gettext("没有等本单位确认的这一项更正，可能已经确认过。"))
        return found

    def payload(self) -> dict[str, Any]:
        """Its number."""
        return {"correction": self.correction.ordinal} if self.correction is not None else {}

    def context(self) -> dict[str, Any]:
        """The correction, or all that wait."""
        rows = [self.correction] if self.correction is not None else pending_for(self.found)
        lines = correction_lines(self.found, rows)
        own = self.correction is not None and self.correction.entered_by == self.found.viewer.user_id
        return {"one": lines[0] if self.correction is not None else None, "waiting_lines": lines, "own": own}


def correction_lines(found: CaseScene, rows: list[Any]) -> list[dict[str, Any]]:
    """Corrections as a page tells them: of which record and field, old and new, by whom, and whether somebody has confirmed."""
    subject = found.now.looked.subject
    people = {person for row in rows for person in (row.entered_by, row.confirmed_by) if person is not None}
    names = public_names_of(people)
    lines = []
    for row in rows:
        words = in_words(subject, row.target, row.field)
        lines.append(
            {
                "ordinal": row.ordinal,
                "record": words.record,
                "label": words.label,
                "is_day": words.shape == "day",
                "old": words.shown(row.old),
                "new": words.shown(row.new),
                "note": words.note,
                "reason": row.reason,
                "document_number": row.document_number,
                "scan": row.scan,
                "unit": found.reading.unit(row.unit_id),
                "entered_at": row.entered_at,
                "entered_by": names.get(row.entered_by or 0, ""),
                "confirmed_at": row.confirmed_at,
                "confirmed_by": names.get(row.confirmed_by or 0, ""),
                "href": f"{act_href(found.case.number, 'record.confirm')}?correction={row.ordinal}",
            }
        )
    return lines
