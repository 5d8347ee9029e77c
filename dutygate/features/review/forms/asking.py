"""征求部门意见、反馈、听取专家意见 (Article 4.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, paragraph, several, text
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.duties import in_own_cause
from dutygate.features.cases.forms import CaseForm, PaperForm
from dutygate.features.review.beside import application_written
from dutygate.features.review.queries import CommentLine, comments_of, seats_of


@act_form("review.ask_department")
class AskDepartmentForm(CaseForm):
    """征求部门意见: every department that is not the applicant, sits in no seat and was not asked yet; those that the application
    names come first.
    """

    template = "review/_ask_fields.html"
    button = _("发出征求意见")
    places = {"department_is_applicant": "departments", "department_already_asked": "departments"}

    departments = several(_("向哪些部门征求"), (), help_text=_("只勾选职责与本事项有关的部门。"))
    question = paragraph(_("请部门就什么提意见"), limit=4000, rows=4, required=True)

    def start(self) -> dict[str, Any]:
        """A question that fits every department; it may be put more exactly."""
        return {"question": gettext("请就本事项涉及贵单位职责的内容，特别是法定依据、责任分工和保障措施，提出书面意见。")}

    def shape(self) -> None:
        """Who can be asked."""
        reading = self.found.reading
        where = (reading.directory, reading.on)
        asked = {line.unit_id for line in comments_of(self.scene.viewer, reading.case, *where)}
        seated = {unit for _seat, unit in seats_of(self.scene.viewer, reading.case, *where)}
        others = [
            u
            for u in reading.directory.of_kind("department", reading.on)
            if u not in asked | seated | in_own_cause(reading.case, reading.on)
        ]
        written = application_written(reading, self.scene.lang)
        named = {u for u in others if reading.directory.short_name_on(u, reading.on) in written.words}
        names = [(reading.directory.unit(u).key, self._name(u, u in named)) for u in sorted(others, key=lambda u: u not in named)]
        self.fields["departments"].choices = names  # type: ignore[attr-defined]
        self.before = [reading.directory.name_on(u, reading.on) for u in asked]

    def _name(self, unit: int, named: bool) -> str:
        name: str = self.found.reading.directory.name_on(unit, self.found.reading.on)
        return gettext("%(name)s（申请书里提到）") % {"name": name} if named else name

    def context(self) -> dict[str, Any]:
        """{before, days, due, is_default}: who was asked before, and until when the new ones may answer."""
        case, directory = self.found.case, self.found.reading.directory
        edition = edition_by_digest(case.edition_digest)
        days = edition.parameter("department_comment", case.track)
        due = directory.calendar().add_working_days(self.found.reading.on, days) if isinstance(days, int) and days else None
        return {"before": self.before, "days": days, "due": due, "is_default": edition.parameters["department_comment"].is_default}


@act_form("review.comment")
class CommentForm(PaperForm):
    """反馈部门意见: the question and the matter on one page, one answer."""

    template = "review/_comment_fields.html"
    button = _("反馈意见")
    places = {"scan": "scan_file"}

    text = paragraph(
        _("意见"), limit=8000, rows=8, required=True, help_text=_("没有意见的，也请写明“无意见”；不反馈的记为“未反馈”，不记为“无意见”。")
    )

    @classmethod
    def offered(cls, place: Any) -> bool:
        """Not once it is given."""
        step = place.step(cls.action)
        return step is not None and all(finding.code != "comment_already_given" for finding in step.findings)

    def context(self) -> dict[str, Any]:
        """{asked, written}: what is asked until when, and the application."""
        unit = self.entered_for.id if self.entered_for is not None else self.scene.viewer.unit_id
        return {
            **super().context(),
            "asked": _asked(self.found, unit),
            "written": application_written(self.found.reading, self.scene.lang),
        }


def _asked(found: CaseScene, unit: int | None) -> CommentLine | None:
    reading = found.reading
    lines = comments_of(found.viewer, reading.case, reading.directory, reading.on)
    return next((line for line in lines if line.unit_id == unit), None)


@act_form("review.hear_expert")
class HearExpertForm(CaseForm):
    """听取专家意见: who said what, on which day."""

    template = "review/_expert_fields.html"
    button = _("登记专家意见")

    expert = text(_("专家姓名"), limit=60, required=True)
    affiliation = text(_("单位、专业"), limit=120)
    heard_on = day_field(_("听取日期"), required=True)
    opinion = paragraph(_("意见"), limit=8000, rows=6, required=True)

    def start(self) -> dict[str, Any]:
        """Today."""
        today: date = self.found.reading.on
        return {"heard_on": today}
