"""规则检查 before anything is sent: every rule that will be asked later, as it stands now, with the place where it is mended."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.foreseen import Asked, foreseen
from dutygate.base.actions.saying import all_said
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.forms.present import FROM_REPLIES
from dutygate.features.application.queries import items_of
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.opening import hints_in
from dutygate.law.rules.statements import statement

FROM_TOWNSHIPS: Final = frozenset({"consent_stands"})
"""What only the townships' replies can bring: no reproach before they were asked."""
FIELDS: Final = {
    "mode_missing": "f_mode",
    "necessity_missing": "f_necessity",
    "temporary_without_end": "f_ends_on",
    "excluded_power": "f_declared_class",
    "power_class_unknown": "f_declared_class",
    "emergency_handling": "f_handles_emergency",
    "legal_basis_missing": "bases",
    "policy_alone_is_no_basis": "bases",
    "basis_not_in_force": "bases",
}
DECLARED: Final = frozenset({"f_mode", "f_necessity", "f_ends_on", "f_declared_class", "f_handles_emergency"})


def checks_of(found: CaseScene) -> dict[str, Any]:
    """{lines, passed, red, amber, first}: what has to be mended first; ``passed`` are the lines in which nothing is wrong.

    A line is {rule, light, what, cites, when, note, findings: [{said, href}], todo, href}; ``first`` leads to the first place to mend.
    """
    request, submit = foreseen(found.now, "consultation.request"), foreseen(found.now, "application.submit")
    asked_now = {asked.rule for asked in request}
    lines = [_line(found, asked, _("征求意见以前")) for asked in request]
    lines += [_line(found, asked, _("提交申请以前")) for asked in submit if asked.rule not in asked_now]
    if found.case.state == "drafting":
        lines = [_without_replies(line) for line in lines]
    lines = _each_once(lines)
    red = [line for line in lines if line["light"] == "red"]
    amber = _amber(found)
    return {
        "lines": [*red, *amber, *(line for line in lines if line["light"] == "none")],
        "passed": [line for line in lines if line["light"] == "green"],
        "red": sum(len(line["findings"]) for line in red),
        "amber": len(amber),
        "first": next((finding["href"] for line in red for finding in line["findings"] if finding["href"]), ""),
    }


def _line(found: CaseScene, asked: Asked, when: str) -> dict[str, Any]:
    said = all_said(asked.findings, found.lang)
    return {
        "rule": asked.rule,
        "light": "red" if said else "green",
        "what": statement(asked.rule, found.lang),
        "cites": asked.cites,
        "when": when,
        "note": "",
        "findings": [{"said": one, "href": place_of(found.case.number, one.code, one.params)} for one in said],
    }


def _each_once(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What an earlier rule says already a later one does not say again; one that then has nothing to say is left out."""
    kept, told = [], set[str]()
    for line in lines:
        fresh = [one for one in line["findings"] if one["said"].message not in told]
        told |= {one["said"].message for one in fresh}
        if fresh or not line["findings"]:
            todo = dict.fromkeys(one["said"].what_to_do for one in fresh if one["said"].what_to_do)
            kept.append({**line, "findings": fresh, "todo": list(todo)})
    return kept


def _without_replies(line: dict[str, Any]) -> dict[str, Any]:
    """While nobody was asked, what comes from the townships is ahead, and no mistake."""
    waits = line["rule"] in FROM_TOWNSHIPS
    kept = [] if waits else [one for one in line["findings"] if one["said"].params.get("item") != FROM_REPLIES]
    if len(kept) == len(line["findings"]):
        return line
    light = "none" if not kept else "red"
    return {**line, "light": light, "findings": kept, "note": _("由各乡镇的书面答复形成，征求意见以后才有。") if not kept else ""}


def _amber(found: CaseScene) -> list[dict[str, Any]]:
    """What a person has to judge: a declared class that the legal seat finds on, and wording that makes one think of a power."""
    case, lang = found.case, found.lang
    edition = edition_by_digest(case.edition_digest)
    power = edition.exclusions.classes.get(case.declared_class)
    lines = []
    if power is not None and power.effect == "amber":
        what = _("事项类别是“%(power)s”：可以申请，由法制审核单位认定为什么不在排除之列。") % {"power": power.label.in_language(lang)}
        lines.append(_yellow(what, power.cites, place_of(case.number, "excluded_power", {})))
    texts = [case.title, *(row.text for row in items_of(found.viewer, case) if row.text)]
    for hint in hints_in(edition, "\n".join(texts), lang):
        what = _("用语提示：%(label)s（%(words)s）。只是提醒，请看看写的是不是这个意思。") % hint
        lines.append(_yellow(what, hint["provision"], place_of(case.number, "item_missing", {"item": "content"})))
    return lines


def _yellow(what: str, cites: str, href: str) -> dict[str, Any]:
    return {"rule": "", "light": "yellow", "what": what, "cites": cites, "when": "", "note": "", "findings": [], "todo": [], "href": href}


def place_of(number: str, code: str, params: Any) -> str:
    """The very place where a finding is mended; "" where that is not in the application."""
    items = reverse("case_write", args=[number, "items"])
    if code == "no_township_in_scope":
        return reverse("case_write", args=[number, "townships"])
    if code == "item_missing":
        item = str(params.get("item", ""))
        return reverse("case_tab", args=[number, "opinions"]) if item == FROM_REPLIES else f"{items}#f_{item}"
    if code in ("safeguard_missing", "none_needed_without_reason"):
        part = "needed" if code == "safeguard_missing" else "note"
        return f"{items}#f_sg_all_{params.get('safeguard', '')}_{part}"
    if code in FIELDS:
        field = FIELDS[code]
        return f"{items}?open=declared#{field}" if field in DECLARED else f"{items}#{field}"
    if code in ("consent_missing", "township_silent", "township_against", "opinion_lapsed", "condition_open", "entry_contested"):
        return reverse("case_tab", args=[number, "opinions"])
    return ""
