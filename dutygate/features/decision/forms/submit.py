"""报旗委、旗政府，报市政府: number, date, scan, and a text whose draft is ready (Articles 1, 4.2, 4.3)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ScanForm, act_form, day_field, paragraph, text
from dutygate.features.cases.acts import returns_to
from dutygate.features.cases.facts import head_facts
from dutygate.features.cases.forms import CaseForm, PaperForm
from dutygate.features.decision.facts import standing_decisions
from dutygate.features.decision.forms.papers import whose_paper
from dutygate.features.decision.letters import to_banner, to_city
from dutygate.features.decision.standing import banner_needed, edition_of, matter_of, name_of, subject_of
from dutygate.features.decision.words import body_label, listed
from dutygate.features.review.facts import sitting_in
from dutygate.features.review.queries import conclusion_of
from dutygate.law.rules.kinds import banner_decides

returns_to("decision", "decision.submit_to_banner", "decision.submit_to_city", "decision.record")

FIELDS = ("document_number", "dated_on", "text", "scan_file", "scan", "scan_name")


@act_form("decision.submit_to_banner")
class SubmitToBannerForm(ScanForm, CaseForm):
    """请示 of the lead."""

    template = "decision/_submit_fields.html"
    button = _("报送")

    document_number = text(_("文号"), limit=80, help_text=_("本单位请示文件的文号，照文件填写。"))
    dated_on = day_field(_("成文日期"))
    text = paragraph(_("请示正文"), limit=20_000, rows=14, help_text=_("已经按本卷内容拟好，请逐句核对、修改。"))

    field_order = FIELDS

    def start(self) -> dict[str, Any]:
        """The draft, dated today."""
        found = self.found
        conclusion = subject_of(found).remember("conclusion of the letter", lambda: conclusion_of(found.viewer, found.case))
        sender, day = name_of(found, sitting_in(subject_of(found), "lead")), found.reading.on
        alone = banner_decides(head_facts(subject_of(found)))
        text = conclusion.text if conclusion else ""
        draft = to_banner(matter_of(found), banner_needed(found), text, sender, day, banner_alone=alone)
        return {"dated_on": day, "text": draft}

    def shape(self) -> None:
        """What the law wants."""
        self.fields["document_number"].must = self.fields["dated_on"].must = True  # type: ignore[attr-defined]

    def place_of(self, code: str, params: Any) -> str:
        """A missing number or day stands at its field."""
        return str(params.get("field", "")) if code == "document_incomplete" else super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """Who will decide."""
        edition, lang = edition_of(self.found), self.scene.lang
        return {"bodies": listed(body_label(edition, body, lang) for body in banner_needed(self.found)), "to_city": False}


@act_form("decision.submit_to_city")
class SubmitToCityForm(PaperForm):
    """请示 of the banner government; by the lead from its paper."""

    page = "decision/submit.html"
    template = "decision/_submit_fields.html"
    button = _("报送市政府")
    places = {"signed_on": "dated_on"}

    dated_on = day_field(_("成文日期"))
    text = paragraph(_("请示正文"), limit=20_000, rows=14, help_text=_("已经按本卷内容拟好，请逐句核对、修改。"))

    field_order = FIELDS

    def start(self) -> dict[str, Any]:
        """The draft. A paper has its own day, and its text is in the scan."""
        if self.scene.params.get("for"):
            return {}
        found = self.found
        said = [(row.body, row.document_number, row.decided_on) for row in standing_decisions(subject_of(found)) if row.outcome == "for"]
        day = found.reading.on
        return {"dated_on": day, "text": to_city(matter_of(found), said, name_of(found, found.viewer.unit_id), day)}

    def shape(self) -> None:
        """One day: that of the document is that of the paper."""
        super().shape()
        del self.fields["signed_on"]
        self.fields["document_number"].must = self.fields["dated_on"].must = True  # type: ignore[attr-defined]
        if self.entered_for is not None:
            self.fields["dated_on"].required = True
            self.fields["text"].help_text = _("扫描件里有的，可以不录。")

    def payload(self) -> dict[str, Any]:
        """On paper it was signed on its day."""
        plain = super().payload()
        return {**plain, "signed_on": plain["dated_on"]} if self.entered_for is not None else plain

    def place_of(self, code: str, params: Any) -> str:
        """A missing number or day stands at its field."""
        return str(params.get("field", "")) if code == "document_incomplete" else super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """Who will decide."""
        city = body_label(edition_of(self.found), "city_government", self.scene.lang)
        return {**super().context(), **whose_paper(self), "bodies": city, "to_city": True}
