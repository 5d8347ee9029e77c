"""发文、版头、模板、盖章件、作废 as forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, ScanForm, act_form, day_field, paragraph, picked, several, text, wanted
from dutygate.features.papers.case_words import Given
from dutygate.features.papers.documents import Drafted
from dutygate.features.papers.drawing import Asked
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.of_tasks import OfTask

Choices = list[tuple[str, str]]
HEAD: Final = ("mark_document", "mark_letter", "code_document", "code_letter", "colour", "mongolian", "mongolian_image", "printed_by")


@dataclass(frozen=True, slots=True)
class IssuePlace:
    """What the form of an issue stands in. ``draw`` draws the papers up; ``cases``, ``townships``, ``departments``: what may be chosen."""

    kind: Kind
    template: int
    today: date
    draw: Callable[[Asked, Given], list[Drafted]]
    recipients: Choices = field(default_factory=list)
    cases: Choices = field(default_factory=list)
    chosen: tuple[str, ...] = ()
    townships: Choices = field(default_factory=list)
    meetings: Choices = field(default_factory=list)
    meeting: str = ""
    departments: Choices = field(default_factory=list)
    years: Choices = field(default_factory=list)


@act_form("document.issue")
class IssueForm(ActForm):
    """发文: what is not known from the records; the text itself follows the template in force."""

    page = "papers/issue.html"
    button = _("编号并发文")
    places = {
        "upward_without_signatory": "signatory",
        "request_to_several": "recipients",
        "letterhead_missing": "",
        "template_not_in_force": "",
        "papers": "recipients",
    }

    task = text(_("任务"), limit=120, required=True)
    received = text(_("来文的标题和文号"), limit=200, help_text=_("没有的不填。"))
    received_on = day_field(_("来文日期"), required=True)
    department = picked(_("主送"), ())
    shows = text(_("来文里不得采取的形式"), limit=300, help_text=_("写来文里的词，带引号；没有的不填。"))
    cases = several(_("哪些办件"), ())
    townships = several(_("哪些乡镇的清单"), ())
    as_of = day_field(_("哪一天的清单"), required=True)
    meeting = picked(_("哪次会议的纪要"), ())
    year = picked(_("哪一年的报告"), ())
    recipients = several(_("主送"), (), help_text=_("每个主送机关一份，各编各的号。"))
    dated_on = day_field(_("成文日期"), required=True)
    signatory = wanted(text(_("签发人"), limit=30, help_text=_("报上级的文件，签发人印在文号旁边。")))
    until = day_field(_("请在哪一天以前答复"), help_text=_("不填的，写“在规定的时限内”。"))
    remark = paragraph(_("另外说明"), limit=1000, rows=3, help_text=_("写在正文里；没有的不填。"))

    @property
    def place(self) -> IssuePlace:
        """What it stands in."""
        found: IssuePlace = self.scene.place
        return found

    def shape(self) -> None:
        """Only what this kind asks for."""
        place = self.place
        kept = {"dated_on", "remark"}
        kept |= {"signatory"} if place.kind.upward else set()
        kept |= {"until"} if place.kind.name == "consultation_letter" else set()
        kept |= {"cases"} if place.kind.many else set()
        kept |= {"recipients"} if place.kind.each and place.kind.about in ("case", "year") and len(place.recipients) > 1 else set()
        kept |= {"year"} if place.kind.about == "year" else set()
        kept |= {"task", "received", "received_on", "department", "shows"} if place.kind.about == "task" else set()
        kept |= {"townships", "as_of"} if place.kind.about == "list" else set()
        kept |= {"meeting"} if place.kind.about == "meeting" else set()
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if "department" in self.fields:
            self.let_choose("department", [("", "————"), *place.departments])
        for name, choices in (
            ("cases", place.cases),
            ("recipients", place.recipients),
            ("townships", place.townships),
            ("meeting", place.meetings),
            ("year", place.years),
        ):
            if name in self.fields:
                self.let_choose(name, choices)

    def start(self) -> dict[str, Any]:
        """Dated today, to everybody concerned."""
        place = self.place
        first = {"dated_on": place.today, "as_of": place.today, "received_on": place.today, "cases": list(place.chosen)}
        first |= {"meeting": place.meeting, "year": place.years[0][0] if place.years else ""}
        return {**first, "recipients": [key for key, _name in place.recipients], "townships": [key for key, _name in place.townships]}

    def papers(self, said: dict[str, Any]) -> list[Drafted]:
        """The papers with what was typed; those to recipients that were not chosen left out."""
        cases = tuple(said.get("cases") or self.place.chosen)
        asked = Asked(
            cases, tuple(said.get("townships") or ()), said.get("as_of"), said.get("meeting") or "", self._task(said), self._year(said)
        )
        given = Given(said.get("dated_on") or self.place.today, said.get("remark") or "", said.get("until"))
        drawn = self.place.draw(asked, given)
        if "recipients" not in self.fields:
            return drawn
        chosen = set(said.get("recipients") or ())
        return [paper for paper in drawn if chosen & set(paper.to)]

    def _year(self, said: dict[str, Any]) -> int | None:
        """Which year is reported on."""
        return int(said["year"]) if said.get("year") else None

    def _task(self, said: dict[str, Any]) -> OfTask | None:
        """Which task is answered, as far as it is said."""
        if self.place.kind.about != "task":
            return None
        words = [str(said.get(name) or "").strip() for name in ("task", "received", "department", "shows")]
        return OfTask(words[0], words[1], said.get("received_on") or self.place.today, words[2], words[3])

    def _so_far(self) -> dict[str, Any]:
        """What the fields hold before anything is sent: as known, or as it was brought along or kept as a draft, where that can be read."""
        found: dict[str, Any] = {}
        for name, one in self.fields.items():
            try:
                found[name] = one.clean(self.initial.get(name))
            except forms.ValidationError:
                found[name] = None
        return found

    def clean(self) -> dict[str, Any] | None:
        """There is something to write."""
        found = super().clean()
        if not self.errors and not self.papers(self.cleaned_data):
            raise forms.ValidationError(_("这份文书现在还没有可写的内容：相应的步骤还没有办。"), code="nothing")
        return found

    def payload(self) -> dict[str, Any]:
        """Kind, template, and every paper in full: what is entered is what is sent."""
        said = self.cleaned_data
        cases = list(said.get("cases") or self.place.chosen)
        drawn = self.papers(said)
        papers = [{"content": one.content.model_dump(mode="json"), "to": list(one.to), "cc": list(one.cc)} for one in drawn]
        given = {"kind": self.place.kind.name, "template": self.place.template, "papers": papers}
        given |= {"meeting": said["meeting"]} if said.get("meeting") else {}
        return {**given, **({"cases": cases} if cases else {}), **({"signatory": said["signatory"]} if said.get("signatory") else {})}

    def context(self) -> dict[str, Any]:
        """{previews, kind}: the papers as they would go out, the first of them in words."""
        valid = self.is_bound and self.is_valid()
        said = self.cleaned_data if valid else self._so_far()
        drawn = self.papers(said) if valid or not self.is_bound else []
        return {"drawn": drawn[:1], "count": len(drawn), "kind": self.place.kind, "template": self.place.template}


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """Whose letterhead, and what it says now."""

    unit: str
    name: str
    now: dict[str, Any]
    year: int


@act_form("document.set_letterhead")
class LetterheadForm(ActForm):
    """设置版头."""

    page = "papers/letterhead.html"
    files_kept = {"mongolian_file": "mongolian_image"}
    places = {"numbering_has_begun": "begins_at", "numbering_begins_without_reason": "begins_reason"}

    mark_document = text(_("文件的红头"), limit=60, required=True, help_text=_("例如：中共某某旗委机构编制委员会办公室文件。"))
    mark_letter = text(_("函的红头"), limit=60, required=True, help_text=_("例如：某某旗林业和草原局。"))
    code_document = text(_("文件的代字"), limit=20, required=True, help_text=_("例如：阿编发。年份和序号由系统编。"))
    code_letter = text(_("函的代字"), limit=20, required=True, help_text=_("例如：阿编函。"))
    colour = text(_("颜色"), limit=6, required=True, help_text=_("六位十六进制数，红色是 C8102E。"))
    mongolian = text(_("蒙古文"), limit=200, help_text=_("竖排在红头上方；由本单位提供，系统不翻译。不填就没有。"))
    mongolian_file = forms.FileField(
        label=_("蒙古文图片"),
        required=False,
        help_text=_("有图片的用图片；PNG 或 JPEG。"),
        widget=forms.FileInput(attrs={"class": "form-control"}),
    )
    mongolian_image = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    mongolian_image_name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())
    printed_by = text(_("印发机关"), limit=60, required=True, help_text=_("印在版记里，例如办公室。"))
    begins_at = forms.IntegerField(
        label=_("本年从几号起编"), min_value=1, max_value=99_999, widget=forms.NumberInput(attrs={"class": "form-control"})
    )
    begins_reason = text(_("以前各号用在哪里"), limit=200, help_text=_("从一号起编的不填。"))

    def start(self) -> dict[str, Any]:
        """As it stands."""
        place: HeadPlace = self.scene.place
        first = {"mark_document": place.name, "mark_letter": place.name, "colour": "C8102E", "printed_by": place.name}
        return {**first, "begins_at": 1, **place.now}

    def clean_colour(self) -> str:
        """Six hexadecimal figures, in capitals."""
        return str(self.cleaned_data["colour"]).upper().removeprefix("#")

    def payload(self) -> dict[str, Any]:
        """The head, and where numbers begin."""
        place: HeadPlace = self.scene.place
        said = self.cleaned_data
        given = {name: said[name] for name in HEAD if said.get(name)}
        late = {"begins_at": said["begins_at"], "begins_reason": said["begins_reason"], "begins_year": place.year}
        return {"unit": place.unit, **given, **(late if said["begins_at"] > 1 else {})}

    def draft_title(self) -> str:
        """The unit."""
        return str(self.scene.place.name)


@dataclass(frozen=True, slots=True)
class TemplatePlace:
    """Whose template: the kind, its name, and whether there is an own one in force."""

    kind: Kind
    label: str
    own: bool
    names: Sequence[str]


@act_form("document.adopt_template")
class TemplateForm(ActForm):
    """启用模板."""

    page = "papers/adopt.html"
    files_kept = {"template_file": "file"}
    places = {
        "template_unknown_placeholders": "template_file",
        "template_braces_do_not_close": "template_file",
        "template_lacks_a_part": "template_file",
        "file": "template_file",
    }
    drafted = False

    template_file = forms.FileField(
        label=_("模板文件"),
        required=False,
        help_text=_("docx。不选文件的，改回随系统带来的模板。"),
        widget=forms.FileInput(attrs={"class": "form-control"}),
    )
    file = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    file_name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())
    note = text(_("改了什么"), limit=200)

    def payload(self) -> dict[str, Any]:
        """Kind and file."""
        place: TemplatePlace = self.scene.place
        said = self.cleaned_data
        return {"kind": place.kind.name, **{name: said[name] for name in ("file", "note") if said.get(name)}}

    def context(self) -> dict[str, Any]:
        """The names that it may hold."""
        return {"place": self.scene.place}


class SealedForm(ScanForm):
    """附盖章件, of whichever paper: there must be a file."""

    drafted = False

    scan_file = wanted(
        forms.FileField(
            label=_("扫描件"),
            required=False,
            help_text=_("盖章以后的扫描件：PDF 或图片，不超过 20 兆。不得上传涉密文件。"),
            widget=forms.FileInput(attrs={"class": "form-control"}),
        )
    )

    def clean(self) -> dict[str, Any] | None:
        """A file."""
        found = super().clean()
        if not self.cleaned_data.get("scan"):
            self.add_error("scan_file", forms.ValidationError(_("请选择盖章以后的扫描件。"), code="required"))
        return found


@act_form("document.attach_scan")
class AttachForm(SealedForm):
    """附盖章件."""

    page = "papers/of_paper.html"
    places = {"paper_is_void": "", "scan": "scan_file"}

    def payload(self) -> dict[str, Any]:
        """Which paper, which file."""
        return {"paper": self.scene.params["paper"], "scan": self.cleaned_data["scan"]}


@act_form("document.void")
class VoidForm(ActForm):
    """文号作废."""

    page = "papers/of_paper.html"
    places = {"number_void_without_reason": "reason", "paper_is_void": ""}
    drafted = False

    reason = wanted(paragraph(_("为什么作废"), limit=300, rows=3, help_text=_("这个号不会再用，号码表上一直写着理由。")))

    def payload(self) -> dict[str, Any]:
        """Which paper, why."""
        return {"paper": self.scene.params["paper"], "reason": self.cleaned_data["reason"]}
