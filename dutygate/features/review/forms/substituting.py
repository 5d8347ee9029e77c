"""回避与顶替: which seat is in its own cause, who may take it, and why (Article 3)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, one_of, paragraph, wanted
from dutygate.features.cases.duties import in_own_cause
from dutygate.features.cases.forms import CaseForm
from dutygate.features.review.shown import SeatLine, review_shown


@act_form("review.substitute")
class SubstituteForm(CaseForm):
    """回避与顶替: the seat of ``?seat=``, or the one that is in its own cause, is chosen already."""

    template = "review/_substitute_fields.html"
    places = {
        "seat_unknown": "seat",
        "seat_already_assessed": "seat",
        "substitute_is_applicant": "substitute",
        "substitute_not_a_member": "substitute",
        "reason_missing": "reason",
    }

    seat = one_of(_("哪个席位"), ())
    substitute = one_of(_("由哪个单位顶替"), (), help_text=_("只能是联席会议的其他成员单位，不能是申请单位；只在本卷顶替。"))
    reason = paragraph(_("理由"), limit=2000, rows=3)

    def start(self) -> dict[str, Any]:
        """Where the applicant sits itself, that is the reason."""
        self.seats = review_shown(self.found.reading, self.scene.lang).seats
        own = [line.seat for line in self.seats if line.own_cause]
        named = self.scene.params.get("seat", "")
        chosen = named if named in {line.seat for line in self.seats} else own[0] if own else ""
        reason = gettext("申请单位担任这一席位，不得审核自己的申请，应当回避。") if chosen in own else ""
        return {"seat": chosen, "reason": reason}

    def shape(self) -> None:
        """The seats of this case with who sits there; the members of the conference but the applicant."""
        reading = self.found.reading
        self.fields["seat"].choices = [(line.seat, _seat_in_words(line)) for line in self.seats]  # type: ignore[attr-defined]
        members = [m for m in reading.directory.members(reading.on) if m not in in_own_cause(reading.case, reading.on)]
        names = [(reading.directory.unit(m).key, reading.directory.name_on(m, reading.on)) for m in members]
        self.fields["substitute"].choices = names  # type: ignore[attr-defined]
        wanted(self.fields["reason"])

    def context(self) -> dict[str, Any]:
        """{own}: the seats in which the applicant sits itself."""
        return {"own": [line for line in self.seats if line.own_cause]}


def _seat_in_words(line: SeatLine) -> str:
    """A seat, its unit, and what speaks for or against a substitute."""
    words = {"seat": line.label, "unit": line.unit or gettext("空缺")}
    if line.own_cause:
        return gettext("%(seat)s：%(unit)s（就是申请单位，应当回避）") % words
    if line.at is not None:
        return gettext("%(seat)s：%(unit)s（已经审核，不能再顶替）") % words
    return gettext("%(seat)s：%(unit)s") % words
