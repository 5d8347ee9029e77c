"""条款页用的内容: the edition and its parts, one provision with all that rests on it, what keeps each, the parameters."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.ui.language import language
from dutygate.features.cases.acts import TABS
from dutygate.law.procedure.coverage import Kept, coverage, packaged_evidence
from dutygate.law.procedure.graph import Move, in_order, moves
from dutygate.law.procedure.saying import action_label, in_states, roles_label, state_label
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.edition import ALL, Edition, Parameter, Value
from dutygate.law.regulation.wording import OfficialWording, WordingDamaged, load_wording
from dutygate.law.rules.statements import statement

_log = logging.getLogger(__name__)
PARTS: Final = {"1": "classes", "2": "principles", "3": "seats", "4.1": "items", "4.2": "focus_points", "4.3": "tracks"}
"""Which list of the edition belongs to which provision."""


def official_wording(edition: Edition) -> OfficialWording | None:
    """What the office loaded, or None; a damaged one is logged and not shown."""
    try:
        return load_wording(settings.DUTYGATE_HOME, edition.id)
    except WordingDamaged as damaged:
        _log.error("%s", damaged)
        return None


@lru_cache(maxsize=16)
def kept(edition: Edition) -> Mapping[str, Kept]:
    """Provision -> the rules, actions, pages and tests that keep it; worked out once for each edition."""
    return coverage(edition, packaged_evidence(), settings.PAGES)


def lines_of(edition: Edition, wording: OfficialWording | None) -> list[dict[str, Any]]:
    """The provisions in order: {id, label, summary, official (paragraphs), item}."""
    words = wording.provisions if wording else {}
    return [
        {
            "id": one.id,
            "label": one.label,
            "summary": one.summary,
            "official": words.get(one.id, "").splitlines(),
            "item": "." in one.id,
        }
        for one in edition.provisions.values()
    ]


def part_of(edition: Edition, provision: str) -> dict[str, Any]:
    """The list that belongs to a provision: {name: list}, or nothing."""
    name = PARTS.get(provision, "")
    if name == "classes":
        return {name: list(edition.exclusions.classes.values())}
    return {name: list(getattr(edition, name).values())} if name else {}


def provision_page(edition: Edition, provision: str, lang: str) -> dict[str, Any]:
    """One provision with its neighbours, the rules and actions that rest on it, and what keeps it."""
    procedure, holds = procedure_of(edition), kept(edition)[provision]
    ids = list(edition.provisions)
    at = ids.index(provision)
    around = {"before": ids[at - 1] if at else "", "after": ids[at + 1] if at + 1 < len(ids) else ""}
    return {
        "provision": edition.provisions[provision],
        **{name: edition.provisions[other] if other else None for name, other in around.items()},
        "rules": [{"name": name, "says": statement(name, lang)} for name in holds.rules],
        "actions": [action_line(procedure, name, lang) for name in holds.actions],
        "pages": [page_line(procedure, route, lang) for route in holds.pages],
        "tests": holds.tests,
        "limits": [parameter_line(one) for one in edition.parameters.values() if one.cites == provision],
        **part_of(edition, provision),
    }


def action_line(procedure: Procedure, name: str, lang: str) -> dict[str, Any]:
    """An action: {name, label, who, ways: [{from, to}]}; an office action has no states."""
    by_row: dict[int, list[Move]] = {}
    for move in moves(procedure):
        if move.action == name:
            by_row.setdefault(move.row, []).append(move)
    joined = ", " if lang == "en" else "、"
    return {
        "name": name,
        "label": action_label(procedure, name, lang),
        "who": roles_label(procedure, in_order(procedure, procedure.roles_of(name)), lang),
        "ways": [
            {
                "from": in_states(procedure, list(dict.fromkeys(move.source for move in mine)), lang),
                "to": joined.join(dict.fromkeys(state_label(procedure, move.target, lang) for move in mine if not move.stays)),
                "stays": any(move.stays for move in mine),
            }
            for mine in by_row.values()
        ],
    }


NOT_FOR_ALL: Final = frozenset(
    {
        "case_new",
        "meetings",
        "meeting_new",
        "member_new",
        "rulings",
        "law_questions",
        "decision_set",
        "reply_set",
        "lists_all",
        "list_imports",
        "list_by_law",
        "list_publish",
        "publications",
        "support",
        "yearly",
        "public_contacts",
        "task_check",
        "task_kept_all",
        "deployments",
        "reports",
        "report_new",
        "report_mandates",
        "orders",
        "papers",
        "paper_letterheads",
        "paper_templates",
        "paper_numbers",
        "administration_seats",
        "administration_calendar",
        "administration_changes",
    }
)
"""Pages that some posts may not open: named, without a link that would turn the reader away."""


def page_line(procedure: Procedure, route: str, lang: str) -> dict[str, str]:
    """A page that shows a provision, by name: {label, href}; no href where it is a page of one case, or not everybody's."""
    name, _colon, part = route.partition(":")
    labels = {
        "home": _("工作台"),
        "cases": _("办件"),
        "case": _("办件页"),
        "case_new": _("新建"),
        "law": _("办法条款"),
        "law_parameters": _("参数"),
        "law_diagram": _("程序图"),
        "law_coverage": _("条款对照"),
        "law_glossary": _("用语"),
        "help": _("帮助"),
        "duty": _("事项"),
        "exit_new": _("提出退出"),
        "adjustment_new": _("提出调整"),
        "editions": _("各个版本"),
        "edition": _("一个版本"),
        "edition_difference": _("版本差异"),
        "edition_draft": _("版本草案"),
        "edition_publish": _("发布版本"),
        "law_provision": _("一条的页面"),
        "law_questions": _("询问与解释"),
        "law_override": _("标明从其规定"),
        "lists_all": _("清单"),
        "list_search": _("查找事项"),
        "list_imports": _("导入清单"),
        "list_by_law": _("依法列入清单"),
        "list_publish": _("公布清单"),
        "publications": _("公布过的版本"),
        "bases": _("法定依据"),
        "basis": _("一条依据"),
        "review_sheet": _("审核表"),
        "meetings": _("联席会议"),
        "meeting": _("一次会议"),
        "meeting_new": _("召集会议或者书面审议"),
        "meeting_sheet": _("审议表"),
        "meeting_minutes": _("会议纪要"),
        "member_new": _("增补成员单位"),
        "rulings": _("查先例"),
        "decision_set": _("一文多卷登记决定"),
        "reply_set": _("一函多复"),
        "papers": _("公文"),
        "paper": _("一份公文"),
        "paper_issue": _("拟文、发文"),
        "paper_letterheads": _("版头"),
        "paper_letterhead": _("设置版头"),
        "paper_templates": _("公文模板"),
        "paper_adopt": _("启用模板"),
        "paper_numbers": _("发文字号"),
        "administration_seats": _("席位"),
        "administration_changes": _("机构变更"),
        "administration_calendar": _("工作日历"),
        "support": _("保障台账"),
        "support_pledge": _("一项事项的保障承诺"),
        "support_one": _("一笔保障"),
        "support_sheet": _("年度确认单"),
        "support_dispute": _("对保障兑现提出异议"),
        "yearly": _("年度回看"),
        "gk": _("乡镇职责清单公开"),
        "gk_place": _("公布的乡镇职责清单"),
        "gk_duty": _("公布的一项事项"),
        "public_contacts": _("对外公布的联系方式"),
        "task_check": _("任务核对"),
        "task_kept_all": _("留存的核对结果"),
        "deployments": _("旗委、旗政府统一部署"),
        "reports": _("线索"),
        "report_new": _("反映线索"),
        "report": _("一条线索"),
        "report_mandates": _("查处的授权"),
        "orders": _("整改通知一览"),
    }
    steps = {"townships": _("选乡镇"), "items": _("申请内容"), "check": _("检查")}
    if name == "case_tab" and part in TABS:
        label = _("办件页：%(part)s") % {"part": _(TABS[part].label)}
    elif name == "case_write":
        label = _("写申请：%(part)s") % {"part": steps.get(part, part)}
    elif name in ("case_act", "duty_act", "support_act"):
        label = _("办理页：%(part)s") % {"part": action_label(procedure, part, lang)}
    elif name == "meeting_act":
        label = _("办理页：%(part)s") % {"part": action_label(procedure, f"conference.{part}", lang)}
    elif name.startswith("basis_"):
        label = _("办理页：%(part)s") % {"part": action_label(procedure, name.replace("_", ".", 1), lang)}
    else:
        label = labels.get(name, route)
    try:
        return {"label": label, "href": "" if part or name in NOT_FOR_ALL else reverse(name)}
    except NoReverseMatch:
        return {"label": label, "href": ""}


def coverage_lines(edition: Edition, lang: str) -> list[dict[str, Any]]:
    """The whole table: {provision, rules, actions, pages, tests}, the first three in words."""
    procedure = procedure_of(edition)
    return [
        {
            "provision": edition.provisions[provision],
            "rules": [statement(name, lang) for name in holds.rules],
            "actions": [label_in(procedure.labels.get(name), lang, name) for name in holds.actions],
            "pages": [page_line(procedure, route, lang)["label"] for route in holds.pages],
            "tests": len(holds.tests),
        }
        for provision, holds in kept(edition).items()
    ]


def parameter_line(parameter: Parameter) -> dict[str, Any]:
    """A parameter in words: {name, label, values: [(track or all, value)], set, state, source, since, cites}."""
    if parameter.status == "set":
        state = _("联席会议已规定")
    elif parameter.is_default:
        state = _("未设定，使用缺省值")
    else:
        state = _("未设定，没有缺省值")
    same = len(set(parameter.values.values())) == 1
    return {
        "name": parameter.name,
        "label": parameter.label,
        "values": [
            {"track": "" if same else track_name(track), "value": in_unit(parameter, value)}
            for track, value in (list(parameter.values.items())[:1] if same else parameter.values.items())
        ],
        "set": parameter.status == "set",
        "state": state,
        "source": parameter.source,
        "since": parameter.effective_from,
        "cites": parameter.cites,
    }


def counted(lines: list[dict[str, Any]]) -> str:
    """How many there are, and how many of them nobody has set."""
    return _("共 %(all)s 项，其中 %(unset)s 项联席会议还没有规定。") % {"all": len(lines), "unset": sum(not line["set"] for line in lines)}


def track_name(track: str) -> str:
    """A track, or all others."""
    names = {"regular": _("常态化"), "temporary": _("阶段性、临时性"), ALL: _("其他")}
    return str(names.get(track, track))


def in_unit(parameter: Parameter, value: Value) -> str:
    """A value with its unit, in words."""
    if value is None and parameter.unit == "codes":
        return _("没有")
    if value is None:
        return _("不设时限") if parameter.unit in ("working_days", "calendar_days", "years") else _("不设上限")
    if parameter.unit == "flag":
        return _("是") if value else _("否")
    if parameter.unit == "choice":
        choices = {
            "decides": _("作决定"),
            "informed": _("知悉"),
            "none": _("不设"),
            "optional": _("可设可不设"),
            "required": _("必须"),
        }
        return str(choices.get(str(value), value))
    if parameter.unit == "codes":
        codes = {
            "reminder": _("予以提醒"),
            "correction_notice": _("整改通知"),
            "circular": _("通报"),
            "referral": _("移送"),
        }
        steps = newest_procedure().labels
        return _("、").join(str(codes.get(code) or label_in(steps.get(code), language(), code)) for code in str(value).split())
    units = {
        "working_days": _("%(n)s 个工作日"),
        "calendar_days": _("%(n)s 天"),
        "years": _("%(n)s 年"),
        "month": _("%(n)s 月"),
        "count": _("%(n)s 次（个）"),
    }
    return str(units.get(parameter.unit, "%(n)s")) % {"n": value}
