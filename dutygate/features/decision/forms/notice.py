"""书面告知与签收 (Articles 4.2, 4.4): everybody who must be told is found and ticked already; the receipt is one button."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ScanForm, act_form, day_field, one_of, paragraph, several, text
from dutygate.base.notices.reading import note_opening
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.forms import CaseForm, PaperForm
from dutygate.features.cases.kinds import ADJUSTMENT, ADMISSION, EXIT
from dutygate.features.decision.facts import decided, notice_standing, to_be_told
from dutygate.features.decision.forms.papers import whose_paper
from dutygate.features.decision.letters import of_adjustment, of_admission, of_exit, of_refusal
from dutygate.features.decision.queries import decisions_of, notice_line
from dutygate.features.decision.standing import approval_of, edition_of, matter_of, name_of, notice_words, scope_in, subject_of
from dutygate.features.decision.words import LISTS, body_label, listed
from dutygate.features.review.facts import sitting_in
from dutygate.features.review.queries import refusal_of

returns_to("papers", "notice.issue", "notice.acknowledge", "notice.deliver", "notice.contest", "notice.show_original")


@act_form("notice.issue")
class IssueForm(ScanForm, CaseForm):
    """告知书: number, day, text, to whom, and on which list an admitted duty goes."""

    page = "decision/notice.html"
    template = "decision/_notice_fields.html"
    button = _("发出书面告知")
    places = {"addressee_missing": "addressees", "notice_already_issued": ""}

    document_number = text(_("文号"), limit=80, required=True, help_text=_("告知书的文号。"))
    dated_on = day_field(_("成文日期"), help_text=_("不能晚于今天。"))
    text = paragraph(_("告知书正文"), limit=20_000, rows=16, help_text=_("已经按本卷的决定拟好，请逐句核对、修改。"))
    addressees = several(
        _("必须告知的单位"), (), required=False, help_text=_("申请单位、征求过意见的乡镇和部门、各席位，系统已经找齐，一个也不能少。")
    )
    others = several(_("另外还要告知的单位"), (), required=False, help_text=_("告知了就要签收，全部签收以后本卷才办结。"))
    list_name = one_of(_("列入哪一份清单"), (), help_text=_("一般列入乡镇职责事项清单；属于权责清单的才选权责清单。"))

    field_order = ("document_number", "dated_on", "text", "scan_file", "scan", "scan_name", "list_name", "addressees", "others")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Once."""
        return not notice_standing(subject_of(place)).issued

    @property
    def admits(self) -> bool:
        """Whether it tells of an admission."""
        return bool(self.found.case.outcome == "approved")

    def start(self) -> dict[str, Any]:
        """The draft, dated today; everybody ticked."""
        day = self.found.reading.on
        told = sorted(to_be_told(subject_of(self.found)))
        return {"dated_on": day, "text": self._draft(), "addressees": told, "list_name": "duties"}

    def _draft(self) -> str:
        found, day = self.found, self.found.reading.on
        sender = name_of(found, sitting_in(subject_of(found), "lead"))
        if found.case.state not in ("approved", "refused"):
            return ""
        if self.admits:
            letter = {EXIT: of_exit, ADJUSTMENT: of_adjustment}.get(found.case.kind, of_admission)
            return letter(matter_of(found), approval_of(found), sender, day)
        return of_refusal(
            matter_of(found), subject_of(found).remember("reasons of the refusal", lambda: reasons_against(found)), sender, day
        )

    def shape(self) -> None:
        """Who must be told, and who may be told besides."""
        directory, on = self.found.reading.directory, self.found.reading.on
        must = to_be_told(subject_of(self.found))
        order = {unit: place for place, unit in enumerate(directory.townships(on))}
        lead = sitting_in(subject_of(self.found), "lead")
        here = [unit for unit in directory.units.values() if (unit.exists_on(on) and unit.id != lead) or unit.key in must]
        here.sort(key=lambda unit: (unit.id != self.found.case.initiator_id, order.get(unit.id, -1), unit.key))
        named = [(unit.key, directory.name_on(unit.id, on)) for unit in here]
        self.fields["addressees"].choices = [one for one in named if one[0] in must]  # type: ignore[attr-defined]
        self.fields["others"].choices = [one for one in named if one[0] not in must]  # type: ignore[attr-defined]
        if self.admits and self.found.case.kind == ADMISSION:
            self.fields["list_name"].choices = [(name, gettext(words)) for name, words in LISTS.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["list_name"]

    def payload(self) -> dict[str, Any]:
        """All addressees by name: what was unticked is not put in again behind her back."""
        plain = {name: value for name, value in super().payload().items() if name != "others"}
        return {**plain, "addressees": [*self.cleaned_data["addressees"], *self.cleaned_data["others"]]}

    def context(self) -> dict[str, Any]:
        """What it brings about."""
        found = self.found
        known = {"issued": notice_standing(subject_of(found)).issued and not self.is_bound}
        if not self.admits or found.case.state != "approved":
            return {**known, "admission": None}
        approval = approval_of(found)
        starts = max(approval.effective_on, found.reading.on)
        return {
            **known,
            "admission": {
                "townships": [township.name for township in scope_in(found) if not township.left_out],
                "starts": starts,
                "ends": approval.ends_on,
                "never": approval.ends_on is not None and approval.ends_on < starts,
                "document_number": approval.document_number,
                "leaving": matter_of(found).leaving,
            },
            "unfold_others": self.given is not None and bool(self.given.get("others")),
        }


def reasons_against(found: CaseScene) -> list[dict[str, str]]:
    """Why the case was refused: by the review, or by the bodies that were against it."""
    refusal = refusal_of(found.viewer, found.case)
    if refusal is not None:
        return [dict(reason) for reason in refusal.reasons]
    rows = decisions_of(found.viewer, found.case)
    last = max((row.ordinal for row in rows), default=0)
    against = [row for row in rows if row.ordinal == last and row.outcome == "against" and row.voided_at is None]
    return [reason for row in against for reason in row.reasons]


def _leaves(found: CaseScene, key: str) -> bool:
    """Whether the duty leaves the list of this unit by what is told."""
    subject = subject_of(found)
    if found.case.kind == ADMISSION or found.case.state != "approved":
        return False
    outcome = decided(subject)
    return key in outcome.leaving or (found.case.kind == EXIT and key in outcome.townships)


@act_form("notice.acknowledge")
class AcknowledgeForm(PaperForm):
    """签收: nothing to fill in. From paper: number, day and scan of the receipt."""

    page = "decision/acknowledge.html"
    template = "decision/_acknowledge_fields.html"
    own_papers = False
    button = _("签收")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """While the unit owes its receipt."""
        return place.viewer.unit_id in notice_standing(subject_of(place)).pending

    def shape(self) -> None:
        """From paper it is entered, not given."""
        super().shape()
        self.unit_id = self.found.viewer.unit_id if self.entered_for is None else self.entered_for.id
        if self.entered_for is not None:
            self.button = _("录入签收回执")  # type: ignore[misc]

    def context(self) -> dict[str, Any]:
        """The notice, and what the receipt means for the unit."""
        found = self.found
        notice = notice_line(found.viewer, found.case)
        if notice and self.entered_for is None:
            note_opening(found.viewer, found.case.id, found.moment)
        key = (found.reading.unit(self.unit_id) or {}).get("key", "")
        admits = found.case.outcome == "approved"
        taking = admits and any(t.key == key and not t.left_out for t in scope_in(found))
        return {
            **super().context(),
            **whose_paper(self),
            "notice": notice,
            "kind": notice_words(found, notice.kind) if notice else "",
            "case_kind": found.case.kind,
            "leaves": admits and _leaves(found, key),
            "taking": taking,
            "admits": admits,
            "admission": self._admission(notice.issued_on) if notice and admits and found.case.state == "approved" else None,
            "receipt_open": self.unit_id in notice_standing(subject_of(found)).pending or self.is_bound,
        }

    def _admission(self, issued_on: date) -> dict[str, Any]:
        """What was decided: by whom, for which townships, from when until when."""
        approval, matter = approval_of(self.found), matter_of(self.found)
        edition, lang = edition_of(self.found), self.found.lang
        return {
            "bodies": listed(body_label(edition, body, lang) for body in approval.bodies),
            "document_number": approval.document_number,
            "lead": matter.initiator if self.found.case.kind == ADMISSION else matter.lead,
            "townships": listed(matter.townships),
            "starts": max(approval.effective_on, issued_on),
            "ends": approval.ends_on,
        }
