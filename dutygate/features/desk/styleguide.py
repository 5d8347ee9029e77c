"""样式页: every state of the partials that all pages share, for developers only (DUTYGATE_STYLEGUIDE=1, or DEBUG)."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dutygate.base.actions.forms import ActForm, Scene, day_field, one_of, paragraph, picked, several, text, yes
from dutygate.base.actions.saying import Said, said
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.ui.language import language
from dutygate.law.rules import Finding

DAY: Final = date(2026, 11, 20)
MOMENT: Final = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ANYBODY: Final = ActingPost(1, 1, 1, "150721.sample", "department", 1, "150721", "handler")


class SampleForm(ActForm):
    """One field of each kind."""

    action = "case.open"
    drafted = False

    line = text(_("一行文字"), limit=40, required=True, help_text=_("提示写在这里。"))
    words = paragraph(_("几行文字"), limit=400)
    on = day_field(_("日期"))
    one = one_of(_("选一项"), (("a", _("第一项")), ("b", _("第二项"))))
    many = several(_("选几项"), (("a", _("第一项")), ("b", _("第二项"))), required=False)
    listed = picked(_("从列表选"), (("", "————"), ("a", _("第一项"))), required=False)
    ticked = yes(_("打勾"))
    scan_file = forms.FileField(label=_("文件"), required=False, widget=forms.FileInput(attrs={"class": "form-control"}))
    scan_name = forms.CharField(required=False, widget=forms.HiddenInput(), initial="原件.pdf")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every shared partial in each of its states."""
    if not settings.STYLEGUIDE:
        raise Http404
    lang = language()
    scene = Scene(ANYBODY, "150721", MOMENT, lang)
    findings = [
        said(Finding("excluded_power", "1", {"declared_class": "licence"}), lang),
        said(Finding("temporary_without_end", "4.3"), lang),
    ]
    wrong = SampleForm(scene, data=_typed())
    wrong.auto_id = "bad_%s"  # it stands beside the other one
    wrong.is_valid()
    page = SimpleNamespace(label=str(_("样例动作")), cites="4.1", back="/styleguide/", can=True, blocked=[])
    context = {
        "lights": _lights(),
        "findings": findings,
        "bare": Said("stale", "", "", str(_("不依据条款的一句话。")), str(_("下一步怎么办。")), {}),
        "states": _states(findings),
        "page": page,
        "form": SampleForm(scene),
        "bad_form": wrong,
        "roads": _roads(),
        "tasks": [_task(light) for light in _lights()],
        "pages": {"older": "?before=1", "newer": "?"},
        "saved_at": MOMENT,
        "hints": [{"label": str(_("疑似行政许可")), "words": "核发", "provision": "1"}],
    }
    return render(request, "desk/styleguide.html", context)


def _typed() -> QueryDict:
    return QueryDict("line=&one=x&on=2026-11-20")


def _lights() -> list[dict[str, Any]]:
    return [
        {"light": "green", "days_left": 8, "due_on": date(2026, 12, 2), "provisional": False},
        {"light": "yellow", "days_left": 1, "due_on": date(2026, 11, 23), "provisional": False},
        {"light": "yellow", "days_left": 0, "due_on": DAY, "provisional": False},
        {"light": "red", "days_left": -3, "due_on": date(2026, 11, 17), "provisional": False},
        {"light": "green", "days_left": 30, "due_on": date(2027, 1, 4), "provisional": True},
        {"light": None, "days_left": None, "due_on": None, "provisional": False},
    ]


def _states(findings: list[Said]) -> list[dict[str, Any]]:
    """What can stand above a form: (name, what ``_state.html`` is given)."""
    plain: dict[str, Any] = {"status": 200, "stale": False, "other_post": False, "restored": None, "tried": False, "changes": []}
    change = {"at": MOMENT, "unit": {"name": "那吉镇"}, "label": str(_("样例动作"))}
    wrong = [
        {"text": findings[0].message, "finding": findings[0], "href": ""},
        {"text": findings[1].message, "finding": findings[1], "href": "#f_line"},
    ]
    can = SimpleNamespace(can=True, blocked=[])
    return [
        {"name": _("已存草稿"), "said": {**plain, "restored": MOMENT}, "page": can},
        {"name": _("草稿之后有变动"), "said": {**plain, "restored": MOMENT, "changes": [change]}, "page": can},
        {"name": _("未办成"), "said": {**plain, "status": 422}, "page": can, "wrong": wrong},
        {"name": _("先检查：有问题"), "said": {**plain, "tried": True}, "page": can, "wrong": wrong},
        {"name": _("先检查：没有问题"), "said": {**plain, "tried": True}, "page": can},
        {"name": _("页面已旧，还能办"), "said": {**plain, "status": 409, "stale": True, "changes": [change]}, "page": can},
        {"name": _("页面已旧，不能再办"), "said": {**plain, "status": 409, "stale": True}, "page": SimpleNamespace(can=False, blocked=[])},
        {"name": _("另一个岗位"), "said": {**plain, "status": 409, "other_post": True}, "page": can},
        {"name": _("还缺什么"), "said": plain, "page": SimpleNamespace(can=True, blocked=findings)},
    ]


def _roads() -> list[list[dict[str, str]]]:
    names = [str(_("第一步")), str(_("第二步")), str(_("第三步"))]
    return [
        [{"label": name, "cites": "4.1", "is": "past" if at < now else "now" if at == now else "ahead"} for at, name in enumerate(names)]
        for now in (0, 1, 3)
    ]


def _task(light: dict[str, Any]) -> dict[str, Any]:
    return {
        **light,
        "number": "150721-2026-0001",
        "title": str(_("样例事项")),
        "case": "/styleguide/",
        "label": str(_("样例动作")),
        "cites": "4.1",
        "href": "/styleguide/",
        "opened_on": DAY,
    }
