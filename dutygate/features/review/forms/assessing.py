"""审核表: the five points with what the application says beside each, and what a seat finds besides (Articles 1, 3, 4.2, 4.4, 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, one_of, paragraph, wanted
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.cases.forms import PaperForm
from dutygate.features.cases.kinds import EXIT
from dutygate.features.review import words
from dutygate.features.review.beside import application_written
from dutygate.features.review.facts import earlier_terms, review_facts, seats_of_unit
from dutygate.features.review.queries import AssessmentLine, assessments_of, seats_of

RESTS_ON_TEXT: Final = frozenset({"content", "legal_basis"})
"""When one of these points has lapsed, what was found on powers, emergencies and necessity rests on another text."""
LEGAL: Final = ("excluded_power", "excluded_power_reason", "emergency", "emergency_reason")


@act_form("review.assess")
class AssessForm(PaperForm):
    """审核: the seat of ``?seat=``, or that of the unit which is still to assess; the unit's own, or on paper that of ``?for=``."""

    template = "review/_assess_fields.html"
    button = _("提交审核意见")
    places = {
        "scan": "scan_file",
        "excluded_power_not_found_on": "excluded_power",
        "amber_power_unexplained": "excluded_power_reason",
        "emergency_not_found_on": "emergency",
        "still_temporary_not_found_on": "still_temporary",
        "necessity_not_found_on": "necessity",
    }

    seat = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput())
    excluded_power = one_of(_("是否属于行政处罚、行政许可、行政强制等权力事项"), words.choices(words.EXCLUDED), required=False)
    excluded_power_reason = paragraph(_("权力事项认定的理由"), limit=2000, rows=3)
    emergency = one_of(_("是否属于突发、紧急事件的处置"), words.choices(words.EMERGENCY), required=False)
    emergency_reason = paragraph(_("应急处置认定的理由"), limit=2000, rows=2)
    still_temporary = one_of(_("是否仍属阶段性、临时性任务"), words.choices(words.TEMPORARY), required=False)
    necessity = one_of(_("是否确需由乡镇承担"), words.choices(words.NECESSITY), required=False)
    recommends = one_of(_("审核建议"), words.choices(words.RECOMMENDS), required=False)
    text = paragraph(_("审核意见"), limit=8000, rows=5, help_text=_("总的意见，写给牵头单位汇总；建议不予同意的，请写明理由。"))

    @classmethod
    def offered(cls, place: Any) -> bool:
        """To who sits in a seat of this case; a member that was replaced does not."""
        return bool(seats_of_unit(place.now.looked.subject, place.viewer.unit_id))

    def shape(self) -> None:
        """The seat, its fields, and what was found before."""
        super().shape()
        reading, viewer = self.found.reading, self.scene.viewer
        self.edition = edition_by_digest(reading.case.edition_digest)
        self.unit = self.entered_for.id if self.entered_for is not None else viewer.unit_id
        where = (reading.directory, reading.on)
        held = [seat for seat, unit in seats_of(viewer, reading.case, *where) if unit is not None and unit == self.unit]
        mine = [line for line in assessments_of(viewer, reading.case, *where) if line.unit_id == self.unit and not line.superseded]
        self.done = {line.seat for line in mine if line.seat in held}
        self.held, self.mine = held, self._seat(held)
        self.earlier = next((line for line in mine if line.seat == self.mine), None)
        self._point_fields()
        self._leave_out()
        self.initial.update(self._found_before(self.earlier))

    def _seat(self, held: list[str]) -> str:
        """What was typed for one seat stays with it."""
        typed = self.given.get("seat", "") if self.given is not None else ""
        asked = (typed, self.scene.params.get("seat", ""))
        open_ones = [seat for seat in held if seat not in self.done]
        return next((seat for seat in (*asked, *open_ones, *held) if seat in held), "")

    def _point_fields(self) -> None:
        for point, known in self.edition.focus_points.items():
            label = known.label.in_language(self.scene.lang)
            finding = one_of(gettext("%(point)s：结论") % {"point": label}, words.choices(words.POINT), required=False)
            self.fields[f"finding_{point}"] = wanted(finding)
            self.fields[f"text_{point}"] = paragraph(gettext("%(point)s：说明") % {"point": label}, limit=4000, rows=3)
        self.fields["recommends"].choices = words.choices(words.recommends_in(self.found.case.kind))  # type: ignore[attr-defined]
        for name in ("excluded_power", "emergency", "still_temporary", "necessity", "recommends"):
            wanted(self.fields[name])

    def _leave_out(self) -> None:
        """What is not for this seat to find."""
        terms = review_facts(self.found.now.looked.subject).earlier_terms
        self.again_temporary = self.mine == "legal" and self.found.case.track == "temporary" and terms > 0
        gone = [] if self.mine == "legal" else list(LEGAL)
        gone += [] if self.again_temporary else ["still_temporary"]
        gone += [] if self.mine == "lead" else ["necessity"]
        if self.found.case.kind == EXIT:  # nothing is handed over: what Articles 1 and 7 ask of a hand-over is not asked
            gone += [*LEGAL, "necessity", "still_temporary"]
        for name in dict.fromkeys(gone):
            del self.fields[name]

    def _found_before(self, earlier: AssessmentLine | None) -> dict[str, Any]:
        """What the unit wrote before; what no longer holds is to be found anew, with the old words to start from."""
        if earlier is None:
            return {"seat": self.mine}
        lapsed = {point.point for point in earlier.points if point.lapsed}
        found: dict[str, Any] = {"seat": self.mine, "text": earlier.text}
        for point in earlier.points:
            found[f"text_{point.point}"] = point.text
            if not point.lapsed:
                found[f"finding_{point.point}"] = point.finding
        found |= {name: getattr(earlier, name) for name in ("excluded_power_reason", "emergency_reason")}
        if not lapsed & RESTS_ON_TEXT:
            found |= {name: getattr(earlier, name) for name in ("excluded_power", "emergency", "necessity")}
        if not lapsed:
            found["recommends"] = earlier.recommends
            found["still_temporary"] = {True: "yes", False: "no", None: ""}[earlier.still_temporary]
        return found

    def clean(self) -> dict[str, Any] | None:
        """Without a recommendation nothing can be sent; then everything that is still to be chosen is said at once."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("recommends"):
            for name, field in self.fields.items():
                if getattr(field, "must", False) and not found.get(name) and name not in self.errors:
                    self.add_error(name, forms.ValidationError(_("请选择一项。"), code="required"))
        return found

    def payload(self) -> dict[str, Any]:
        """The findings by point."""
        plain = super().payload()
        points: dict[str, dict[str, str]] = {}
        for point in self.edition.focus_points:
            finding, text = plain.pop(f"finding_{point}", ""), plain.pop(f"text_{point}", "")
            if finding:
                points[point] = {"finding": finding, "text": text}
        if "still_temporary" in plain:
            plain["still_temporary"] = plain["still_temporary"] == "yes"
        return {**plain, "seat": plain.get("seat", ""), "points": points}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """A missing finding stands at its point."""
        return f"finding_{params['point']}" if code == "focus_point_missing" else super().place_of(code, params)

    def place_of_path(self, path: str) -> str:
        """points.content.text stands at the words on the content."""
        part, _dot, rest = path.partition(".")
        if part != "points":
            return super().place_of_path(path)
        point, _dot, which = rest.partition(".")
        name = f"{'text' if which == 'text' else 'finding'}_{point}"
        return name if name in self.fields else ""

    def context(self) -> dict[str, Any]:
        """{principles, points, written, seat …}: the head of the form, and the application beside each point."""
        reading, lang = self.found.reading, self.scene.lang
        written = application_written(reading, lang)
        lapsed = {p.point for p in self.earlier.points if p.lapsed} if self.earlier else set()
        declared = self.edition.exclusions.classes.get(reading.case.declared_class)
        return {
            **super().context(),
            "terms": earlier_terms(self.found.case) if self.again_temporary else [],
            "principles": [principle.label.in_language(lang) for principle in self.edition.principles.values()],
            "seat_label": self._label(self.mine) if self.mine else "",
            "seats": [{"seat": s, "label": self._label(s), "done": s in self.done, "current": s == self.mine} for s in self.held],
            "points": [
                {
                    "point": point,
                    "label": known.label.in_language(lang),
                    "items": written.by_point[point],
                    "finding": self[f"finding_{point}"],
                    "text": self[f"text_{point}"],
                    "lapsed": point in lapsed,
                }
                for point, known in self.edition.focus_points.items()
            ],
            "written": written,
            "declared_amber": declared is not None and declared.effect == "amber",
            "earlier": self.earlier,
            "lapsed": bool(lapsed),
        }

    def _label(self, seat: str) -> str:
        reading = self.found.reading
        return words.seat_label(self.edition, reading.directory, seat, reading.on, self.scene.lang)
