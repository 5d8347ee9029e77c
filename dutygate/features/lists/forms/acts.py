"""更正、依法列入、公布 as forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, ScanForm, act_form, day_field, one_of, paragraph, picked, several, text, wanted, yes
from dutygate.features.bases.wording import kind_choices
from dutygate.features.lists.words import LEVELS, LISTS, SECTIONS

SHOWN_ON: Final = ("title", "category", "ordinal", "section", "department")
SAID: Final = ("upper_department", "upper_duties", "township_duties", "taken_over_by", "working_method", "legal_basis")
_CODE_AND_WHY: Final = re.compile(r"([0-9]{4,9}-D-[0-9]+)[\s,，:：;；、]*(.*)")


@dataclass(frozen=True, slots=True)
class CorrectPlace:
    """What a correction begins with: who has it, what it reads like now, and who decided it. ``now``: field -> text."""

    title: str
    national: bool
    powers: bool
    level: str
    townships: list[tuple[str, str]]
    holding: list[str]
    departments: list[tuple[str, str]]
    now: Mapping[str, str]
    since: date


@act_form("list.correct")
class CorrectForm(ScanForm):
    """更正清单: what reads otherwise is what was changed in the form; everything else stays."""

    page = "lists/act.html"
    places = {
        "list_correction_without_reason": "reason",
        "list_document_missing": "document_number",
        "correction_without_decision": "document_number",
        "correction_would_adjust": "how",
        "decided_by_a_higher_level": "level",
        "other_seat_has_not_agreed": "other_seat",
    }

    how = one_of(
        _("怎么更正"),
        (
            ("change", _("这些日子里写错了，改成下面的内容")),
            ("remove", _("这些日子里不该有，撤下")),
            ("place", _("这些日子里都该有，补上")),
        ),
    )
    townships = several(_("哪些乡镇的清单"), ())
    valid_from = day_field(_("从哪一天起"), required=True, help_text=_("这一天起，清单应当是更正以后的样子。"))
    last_day = day_field(_("到哪一天止"), help_text=_("含当天；一直如此的不填。"))
    title = text(_("职责名称"), limit=200)
    category = text(_("类别"), limit=60)
    ordinal = forms.IntegerField(
        label=_("序号"), required=False, min_value=1, max_value=999_999, widget=forms.NumberInput(attrs={"class": "form-control"})
    )
    section = picked(_("部分"), (), required=False)
    department = picked(_("主管部门"), (), required=False)
    upper_department = paragraph(_("对应上级部门"), limit=4000, rows=2)
    upper_duties = paragraph(_("上级部门职责"), limit=4000, rows=3)
    township_duties = paragraph(_("乡镇配合职责"), limit=4000, rows=3)
    taken_over_by = paragraph(_("承接部门"), limit=4000, rows=2)
    working_method = paragraph(_("工作方式"), limit=4000, rows=2)
    legal_basis = paragraph(_("法定依据"), limit=4000, rows=2)
    reason = wanted(paragraph(_("理由"), limit=500, rows=2, help_text=_("哪里错了，怎么发现的。")))
    document_number = text(_("文号"), limit=80, help_text=_("写明正确内容的文件；三张清单的事项必填。"))
    level = picked(_("文件由哪一级印发"), (), required=False)
    other_seat = text(_("会商文件"), limit=200, help_text=_("更正权责清单时填：另一席位会商同意的文号或者纪要。"))

    def shape(self) -> None:
        """Choices of this duty; what does not belong to it is not asked."""
        place: CorrectPlace = self.scene.place
        self._choices("townships", place.townships)
        self._choices("section", [(name, gettext(SECTIONS[name])) for name in ("basic", "cooperative", "taken_back")])
        self._choices("department", [("", gettext("没有")), *place.departments])
        self._choices("level", [("", "————"), *((name, gettext(label)) for name, label in LEVELS.items())])
        for name, needed in (("section", place.national), ("level", place.national), ("other_seat", place.powers)):
            if not needed:
                del self.fields[name]
        self.order_fields([name for name in self.fields if not name.startswith("scan")])

    def _choices(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def start(self) -> dict[str, Any]:
        """As it reads now."""
        place: CorrectPlace = self.scene.place
        first = {"how": "change", "townships": place.holding, "valid_from": place.since, "level": place.level}
        return {**first, **dict(place.now)}

    def payload(self) -> dict[str, Any]:
        """The cells, and only what differs from how it reads now."""
        plain, now = self.cleaned_data, self.scene.place.now
        changes: dict[str, Any] = {}
        if plain["how"] != "remove":
            for name in (*SHOWN_ON, *SAID):
                if name in self.fields and str(plain.get(name) or "") != str(now.get(name) or ""):
                    changes[name] = plain[name] if plain[name] is not None else None
        found = {
            **{name: plain[name] for name in ("how", "townships", "valid_from")},
            **{name: plain[name] for name in ("reason", "document_number", "level", "other_seat", "scan") if plain.get(name)},
            "duty": self.scene.params["duty"],
        }
        if plain.get("last_day"):
            found["valid_to"] = plain["last_day"] + timedelta(days=1)
        if changes := {name: value for name, value in changes.items() if value is not None}:
            found["changes"] = changes
        return found

    def clean(self) -> dict[str, Any] | None:
        """It ends after it begins, and changes something."""
        found = super().clean()
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("last_day")
        if start and end and end < start:
            self.add_error("last_day", forms.ValidationError(gettext("结束的日期早于开始的日期。"), code="order"))
        return found

    def draft_title(self) -> str:
        """The duty."""
        return str(self.scene.place.title)


@dataclass(frozen=True, slots=True)
class TownshipsPlace:
    """The townships and departments of a jurisdiction, as (key, name), the legal seat, and today."""

    townships: list[tuple[str, str]]
    departments: list[tuple[str, str]]
    legal: tuple[str, str]
    today: date


@act_form("list.enter_by_law")
class ByLawForm(ScanForm):
    """依法列入清单."""

    page = "lists/act.html"
    places = {
        "legal_finding_missing": "finding",
        "provision_is_no_law": "kind",
        "provision_without_article": "article",
        "provision_not_in_force": "in_force_from",
    }

    title = text(_("职责名称"), limit=200, required=True)
    section = one_of(_("部分"), (("basic", _("基本履职：由乡镇自己做")), ("cooperative", _("配合履职：由部门做，乡镇配合"))))
    category = text(_("类别"), limit=60)
    content = paragraph(_("内容"), limit=4000, rows=3)
    law = text(_("法律、法规、规章的名称"), limit=200, required=True, help_text=_("全称，不用书名号。"))
    kind = picked(_("种类"), ())
    article = wanted(text(_("条款"), limit=100, help_text=_("直接规定由乡镇承担的那一条，例如：第五条第二款。")))
    issuer = text(_("制定机关"), limit=100)
    number = text(_("文号"), limit=80)
    in_force_from = day_field(_("施行日期"))
    in_force_to = day_field(_("失效日期"), help_text=_("从这一天起不再有效；现行有效的不填。"))
    finding = wanted(paragraph(_("法制审核意见"), limit=1000, rows=3, help_text=_("照法制审核席位的书面意见写。")))
    found_on = day_field(_("法制审核意见的日期"), required=True)
    finding_number = text(_("法制审核意见的文号"), limit=80)
    department = picked(_("主管部门"), (), required=False)
    townships = several(_("哪些乡镇"), ())
    valid_from = day_field(_("从哪一天起"), required=True)
    last_day = day_field(_("到哪一天止"), help_text=_("含当天；长期的不填。"))

    def shape(self) -> None:
        """The kinds, townships and departments."""
        place: TownshipsPlace = self.scene.place
        for name, choices in (
            ("kind", kind_choices()),
            ("townships", place.townships),
            ("department", [("", gettext("没有")), *place.departments]),
        ):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        self.fields["finding"].label = gettext("%(unit)s的法制审核意见") % {"unit": place.legal[1] or gettext("法制审核席位")}
        self.order_fields([name for name in self.fields if not name.startswith("scan")])

    def start(self) -> dict[str, Any]:
        """For all townships, from today on."""
        place: TownshipsPlace = self.scene.place
        return {"townships": [key for key, _name in place.townships], "valid_from": place.today, "section": "basic"}

    def payload(self) -> dict[str, Any]:
        """As the action takes it."""
        plain = self.cleaned_data
        provision = {
            "title": plain["law"], "kind": plain["kind"], "article": plain["article"], "issuer": plain["issuer"],
            "document_number": plain["number"], "in_force_from": plain["in_force_from"], "in_force_to": plain["in_force_to"],
        }  # fmt: skip
        finding = {"by": self.scene.place.legal[0] or "-", "text": plain["finding"], "given_on": plain["found_on"]}
        if plain["finding_number"]:
            finding["document_number"] = plain["finding_number"]
        found = {
            **{name: plain[name] for name in ("title", "section", "townships", "valid_from")},
            **{name: plain[name] for name in ("category", "content", "department", "scan") if plain.get(name)},
            "provision": {name: value for name, value in provision.items() if value},
            "finding": finding,
        }
        if plain.get("last_day"):
            found["valid_to"] = plain["last_day"] + timedelta(days=1)
        return found

    def place_of_path(self, path: str) -> str:
        """``provision.title`` at the law's name."""
        inner = {"provision.title": "law", "provision.document_number": "number", "finding.given_on": "found_on"}
        return super().place_of_path(inner.get(path, path.removeprefix("provision.")))

    def draft_title(self) -> str:
        """The title as typed."""
        return str(self.given.get("title", "") if self.given is not None else "")[:100]


@dataclass(frozen=True, slots=True)
class PublishPlace:
    """Which list may be published by whom; what stayed internal the last time; today. ``lists``: (name, label)."""

    lists: list[tuple[str, str]]
    townships: list[tuple[str, str]]
    internal: str
    today: date


LAYOUT: Final = 2
"""A published list also says what townships do, and on which laws each duty rests."""


@act_form("list.publish")
class PublishForm(ActForm):
    """公布清单: the disclosure check, a number, and out."""

    page = "lists/publish.html"
    places = {
        "disclosure_not_checked": "checked",
        "internal_without_reason": "internal",
        "publication_without_number": "number",
        "publication_number_taken": "number",
        "other_seat_has_not_agreed": "other_seat",
        "lead_keeps_the_duty_list": "list_name",
    }

    list_name = one_of(_("公布哪一张清单"), ())
    as_of = day_field(_("哪一天的清单"), required=True)
    townships = several(_("哪些乡镇"), ())
    internal = paragraph(
        _("不公开的事项和理由"),
        limit=200_000,
        rows=5,
        help_text=_("一行一项：事项编号、空格、理由。例如：150721-D-0012 涉及个人信息。没有的不填。"),
    )
    checked = yes(_("已经逐项做过公开审查，其余事项都可以公开"))
    checked_by = wanted(text(_("审查人"), limit=100, help_text=_("做公开审查的单位和人。")))
    number = wanted(text(_("编号"), limit=80, help_text=_("例如公布文件的文号；每次公布各有一个。")))
    published_on = day_field(_("公布日期"), required=True)
    written_on = day_field(_("成文日期"), help_text=_("公布文件落款的日期；不填的，对外写公布日期。"))
    index_number = text(_("索引号"), limit=60, help_text=_("政府信息公开目录给这份文件的编号；还没有的不填。"))
    topic = text(_("主题分类"), limit=60, help_text=_("例如：机构编制；没有的不填。"))
    other_seat = text(_("会商文件"), limit=200, help_text=_("公布权责清单时填：另一席位会商同意的文号或者纪要。"))

    def shape(self) -> None:
        """The lists and townships."""
        place: PublishPlace = self.scene.place
        self.fields["list_name"].choices = [(name, gettext(LISTS[name])) for name, _label in place.lists]  # type: ignore[attr-defined]
        self.fields["townships"].choices = place.townships  # type: ignore[attr-defined]

    def start(self) -> dict[str, Any]:
        """Today's lists of all townships, with what was internal the last time."""
        place: PublishPlace = self.scene.place
        every = [key for key, _name in place.townships]
        first = {"list_name": place.lists[0][0] if place.lists else "duties", "as_of": place.today, "published_on": place.today}
        return {**first, "townships": every, "internal": place.internal}

    def clean_internal(self) -> list[dict[str, str]]:
        """{duty, reason} of each line. Raises ValidationError for a line without a code."""
        found = []
        for line in str(self.cleaned_data["internal"]).splitlines():
            if not line.strip():
                continue
            match = _CODE_AND_WHY.fullmatch(line.strip())
            if match is None:
                raise forms.ValidationError(gettext("这一行没有事项编号：%(line)s") % {"line": line.strip()[:60]}, code="code")
            found.append({"duty": match.group(1), "reason": match.group(2)[:200]})
        return found

    def payload(self) -> dict[str, Any]:
        """As the action takes it."""
        plain = self.cleaned_data
        kept = ["list_name", "as_of", "published_on", "townships", "number", "checked", "checked_by", "internal", "other_seat"]
        kept += ["written_on", "index_number", "topic"]
        return {"layout": LAYOUT, **{name: plain[name] for name in kept if plain.get(name) not in (None, "", [])}}
