"""登记决定: what the document of one body says on one case (Articles 1, 4.3)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, one_of, several
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.forms import PaperForm
from dutygate.features.cases.kinds import EXIT
from dutygate.features.decision.facts import BANNER, CITY, bodies_of, standing_decisions
from dutygate.features.decision.forms.papers import whose_paper
from dutygate.features.decision.forms.rows import bound_rows, reason_fields, reasons_in, rows_wanted
from dutygate.features.decision.standing import banner_needed, edition_of, leads_to, scope_in, subject_of
from dutygate.features.decision.words import body_label, outcome_choices, outcome_label

FIRST = "reason_1"
PLACES = {
    "decision_reasons_missing": FIRST,
    "reasons": FIRST,
    "township_not_applied_for": "townships",
    "no_township_in_scope": "townships",
    "end_later_than_applied": "expires_on",
    "signed_on": "dated_on",
    "payload": "expires_on",
}
LESS = ("townships", "expires_on")
OTHER_DAYS = ("effective_on", "published_on", "sent_on", "reply_by")
ONLY_FOR = (*LESS, "effective_on")


@act_form("decision.record")
class RecordForm(PaperForm):
    """The body is known by who acts; outcome, number and day are copied from its document, all else is as a rule not needed."""

    page = "decision/record.html"
    template = "decision/_record_fields.html"
    button = _("登记决定")
    live = True
    places = PLACES

    body = one_of(_("哪个机关的决定"), ())
    outcome = one_of(_("决定结果"), ())
    dated_on = day_field(_("决定日期"), help_text=_("文件上的成文日期，不能晚于今天。"))
    townships = several(
        _("只批准其中几个乡镇的，勾选批准的乡镇"), (), required=False, help_text=_("一个都不勾，就是申请所列的乡镇全部批准。不能多于申请。")
    )
    expires_on = day_field(_("终止日期"), help_text=_("期限比申请的短时才填；到这一天为止，含当天。不能晚于申请的截止日期。"))
    effective_on = day_field(_("生效日期"), help_text=_("文件另外写明从哪天起生效的才填；不填，从决定日期起。列入清单总不早于书面告知。"))
    published_on = day_field(_("公布日期"), help_text=_("文件公开发布的日期；不公开的不填。"))
    sent_on = day_field(_("送达日期"), help_text=_("文件送到牵头单位的日期。"))
    reply_by = day_field(_("回复期限"), help_text=_("文件要求在哪一天以前回复或者报送办理情况的才填。"))

    field_order = (
        "body",
        "outcome",
        "document_number",
        "dated_on",
        "scan_file",
        "scan",
        "scan_name",
        "reason_1",
        "provision_1",
        "reason_2",
        "provision_2",
        "townships",
        "expires_on",
        "effective_on",
        "published_on",
        "sent_on",
        "reply_by",
    )

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Not to a body that has spoken already."""
        mine = bodies_of(subject_of(place), place.viewer.unit_id)
        return not mine or bool(set(_awaited(place, mine)))

    def shape(self) -> None:
        """The body by the seat of the unit whose decision it is; the townships of the application; rows for reasons."""
        super().shape()
        del self.fields["signed_on"]
        found, edition = self.found, edition_of(self.found)
        unit = self.entered_for.id if self.entered_for is not None else found.viewer.unit_id
        mine = bodies_of(subject_of(found), unit)
        self.bodies = _awaited(found, mine) or tuple(sorted(mine))
        if len(self.bodies) > 1:
            self.fields["body"].choices = [(b, body_label(edition, b, found.lang)) for b in self.bodies]  # type: ignore[attr-defined]
        else:
            del self.fields["body"]
        for name in ("outcome", "document_number", "dated_on"):
            self.fields[name].must = True  # type: ignore[attr-defined]
        self.fields["dated_on"].required = self.entered_for is not None
        self.fields["outcome"].choices = outcome_choices()  # type: ignore[attr-defined]
        self._leave_out()
        self.fields["townships"].choices = [(t.key, _with_mark(t.name, t.left_out)) for t in scope_in(found)]  # type: ignore[attr-defined]
        self.fields.update(reason_fields(edition, found.lang, rows_wanted(self.given)))
        if found.case.ends_on is None and found.case.track != "temporary":
            self.fields["expires_on"].help_text = _("批准的期限有终止日期的才填；到这一天为止，含当天。")

    def _leave_out(self) -> None:
        """What ends a duty has no end of its own; what one township asks for itself is for no other."""
        if self.found.case.kind == EXIT:
            self.fields["expires_on"].widget = forms.HiddenInput()
            self.fields["effective_on"].help_text = _("文件另外写明从哪天起退出的才填；不填，从决定日期起。退出总不早于书面告知。")

    def clean(self) -> dict[str, Any] | None:
        """A document of a unit that is no office of a body decides nothing."""
        found = super().clean()
        if not self.bodies:
            raise forms.ValidationError(gettext("这个单位不是作决定的机关的办公室，不能登记决定。请回到这一卷，看现在等哪个机关。"))
        return found

    def payload(self) -> dict[str, Any]:
        """Without what belongs to an approval only, where it is none."""
        plain = {name: value for name, value in super().payload().items() if not name.startswith(("reason_", "provision_"))}
        plain["body"] = plain.get("body") or (self.bodies[0] if self.bodies else "")
        if reasons := reasons_in(self.cleaned_data):
            plain["reasons"] = reasons
        if plain.get("outcome") != "for":
            plain = {name: value for name, value in plain.items() if name not in ONLY_FOR}
        if self.entered_for is not None and "dated_on" in plain:
            plain["signed_on"] = plain["dated_on"]
        return plain

    def place_of(self, code: str, params: Any) -> str:
        """A missing number or day stands at its field."""
        return str(params.get("field", "")) if code == "document_incomplete" else super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """Which body, what each outcome brings about, and what is on record already."""
        found, edition, lang = self.found, edition_of(self.found), self.scene.lang
        said = {row.body: row for row in standing_decisions(subject_of(found))}
        return {
            **super().context(),
            **whose_paper(self),
            "body": body_label(edition, self.bodies[0], lang) if len(self.bodies) == 1 else "",
            "effects": [
                {
                    "body": body_label(edition, body, lang) if len(self.bodies) > 1 else "",
                    "lines": [{"label": label, "text": leads_to(found, body)[outcome]} for outcome, label in outcome_choices()],
                }
                for body in self.bodies
            ],
            "others": [
                {
                    "body": body_label(edition, body, lang),
                    "row": said.get(body),
                    "label": outcome_label(said[body].outcome) if body in said else "",
                }
                for body in banner_needed(found)
                if body not in self.bodies or body in said
            ],
            "rows": bound_rows(self),
            "spoken": bool(self.bodies) and all(body in said for body in self.bodies) and not self.is_bound,
            "unfold_reasons": _worth_seeing(self, (FIRST,))
            or (self.given is not None and self.given.get("outcome") in ("against", "return")),
            "unfold_less": _worth_seeing(self, LESS),
            "unfold_days": _worth_seeing(self, OTHER_DAYS),
            "own": self.entered_for is None,
            "ends_on": found.case.ends_on,
        }


def _worth_seeing(form: RecordForm, names: tuple[str, ...]) -> bool:
    """Whether anything stands in fields that are folded otherwise."""
    return form.given is not None and any(form.given.get(name) for name in names)


def _with_mark(name: str, left_out: bool) -> str:
    return gettext("%(township)s（另一机关没有批准）") % {"township": name} if left_out else name


def _awaited(found: CaseScene, mine: frozenset[str]) -> tuple[str, ...]:
    """Of these bodies those whose outcome the case waits for now."""
    said = {row.body for row in standing_decisions(subject_of(found))}
    needed = (CITY,) if found.case.state == "city_decision" else banner_needed(found) if found.case.state == "banner_decision" else ()
    return tuple(body for body in (*BANNER, CITY) if body in mine and body in needed and body not in said)
