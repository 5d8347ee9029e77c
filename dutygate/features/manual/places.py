"""本页说明: which part of the manual is about which page. A test holds that each part and each route exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse

from dutygate.base.ui.guide import guides_by

PLACES: Final[Mapping[str, str]] = {
    "login": "start#login",
    "post": "start#posts",
    "password": "start#password",
    "account": "start#password",
    "home": "desk#tasks",
    "desk_part": "desk#tasks",
    "digest": "time#reminders",
    "board": "board#read",
    "board_rows": "board#read",
    "messages": "desk#messages",
    "cases": "desk#case",
    "case": "desk#case",
    "case_tab": "desk#case",
    "case_tab:register": "desk#register",
    "case_new": "department#open",
    "case_write": "department#write",
    "reply_set": "township#reply",
    "case_act:consultation.reply": "township#reply",
    "case_act:consultation.change_reply": "township#reply",
    "case_act:consultation.settle_conditions": "township#conditions",
    "case_act:consultation.request": "department#ask",
    "case_act:consultation.answer_conditions": "department#ask",
    "case_act:consultation.ask_again": "department#ask",
    "case_act:consultation.narrow": "department#ask",
    "case_act:consultation.conclude": "department#submit",
    "case_act:application.submit": "department#submit",
    "case_act:application.take_back": "department#submit",
    "case_act:case.withdraw": "time#withdraw",
    "case_act:review.accept": "lead#accept",
    "case_act:review.return": "lead#accept",
    "case_act:review.assess": "seats#assess",
    "case_act:review.substitute": "seats#avoid",
    "case_act:review.comment": "department#comment",
    "case_act:review.conclude": "lead#conclude",
    "case_act:review.refuse": "lead#conclude",
    "case_act:decision.submit_to_banner": "lead#conclude",
    "case_act:decision.record": "banner#record",
    "case_act:decision.submit_to_city": "banner#to-city",
    "decision_set": "banner#record",
    "case_act:notice.issue": "lead#notice",
    "case_act:notice.acknowledge": "desk#receipts",
    "case_act:case.urge": "time#urge",
    "case_act:case.reassign": "desk#colleagues",
    "case_act:case.stand_in": "desk#colleagues",
    "case_act:case.circulate": "desk#colleagues",
    "review_sheet": "seats#sheet",
    "meetings": "lead#meeting",
    "meeting": "lead#meeting",
    "meeting_new": "lead#meeting",
    "lists": "lists#read",
    "lists_all": "lists#read",
    "list_township": "lists#read",
    "list_compare": "lists#compare",
    "list_search": "lists#read",
    "list_imports": "lists#import",
    "list_import": "lists#import",
    "list_publish": "lists#publish",
    "publications": "lists#publish",
    "duty": "lists#duty",
    "exit_new": "lists#exit",
    "adjustment_new": "lists#exit",
    "yearly": "lists#yearly",
    "bases": "lists#bases",
    "basis": "lists#bases",
    "basis_amend": "lists#bases",
    "basis_repeal": "lists#bases",
    "support": "support#ledger",
    "support_act:support.deliver": "support#deliver",
    "support_act:support.settle": "support#settle",
    "support_sheet": "support#sheet",
    "support_dispute": "support#sheet",
    "task_check": "check#check",
    "task_kept_all": "check#keep",
    "deployments": "check#deployments",
    "reports": "oversight#reports",
    "report": "oversight#steps",
    "report_new": "check#report",
    "report_mandates": "oversight#mandate",
    "report_chain": "oversight#chain",
    "papers": "files#papers",
    "paper": "files#papers",
    "paper_issue": "files#papers",
    "administration": "administrators#units",
    "administration_changes": "administrators#changes",
    "administration_people": "administrators#people",
    "administration_calendar": "administrators#calendar",
    "administration_logins": "administrators#locked",
    "audit": "audit#register",
    "audit_heads": "audit#heads",
    "audit_checks": "audit#checks",
    "audit_security": "audit#security",
    "editions": "lead#editions",
    "edition_draft": "lead#editions",
    "public_contacts": "lists#publish",
}
"""Route -> chapter#section. A tab, a form or a step may stand behind a colon; the route alone is for all others."""
_PART_OF: Final = ("action", "tab", "step", "part")


def place_of(route: str, told: Mapping[str, Any]) -> str:
    """chapter#section for a page, or "". ``told``: the arguments of its address."""
    part = next((str(told[name]) for name in _PART_OF if name in told), "")
    return PLACES.get(f"{route}:{part}") or PLACES.get(route, "")


@guides_by
def guide(route: str, told: Mapping[str, Any]) -> str:
    """The address in the manual, or ""."""
    chapter, _, anchor = place_of(route, told).partition("#")
    return f"{reverse('manual_chapter', args=[chapter])}#{anchor}" if chapter else ""
