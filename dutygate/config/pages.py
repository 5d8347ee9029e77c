"""哪些页面显示哪些条款: route -> the provisions whose tags stand on the page.

A route may have a part behind a colon: a tab ``case_tab:name``, a form ``case_act:action``, ``duty_act:action``,
a step ``case_write:step``. A test
(tests/pages/test_pages_show_their_articles.py) opens each as somebody who may, and finds the tag of each provision listed.
``dutygate law coverage`` and the page of a provision show it.
"""

from collections.abc import Mapping
from typing import Final

PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "home": ("4.1",),
    "case": ("1", "4.1", "4.2", "4.3", "4.4"),
    "case_new": ("1", "4.1", "4.3", "7"),
    "case_write:townships": ("4.1",),
    "case_write:items": ("1", "4.1", "4.3", "5", "7"),
    "case_write:check": ("1", "4.1", "4.3", "5", "7", "11"),
    "case_tab:application": ("1", "4.1", "4.3", "7"),
    "case_tab:opinions": ("4.1",),
    "case_tab:review": ("1", "3", "4.2", "7"),
    "case_tab:decision": ("4.2", "4.3"),
    "case_tab:papers": ("4.4", "4.5"),
    "case_tab:diagram": ("4", "4.1"),
    "case_tab:register": ("4", "4.1"),
    "case_act:consultation.reply": ("1", "4.1", "4.3", "4.5", "5"),
    "case_act:consultation.conclude": ("4.1",),
    "case_act:application.submit": ("4.1",),
    "case_act:review.accept": ("1", "3", "4.1", "4.2", "4.3", "5", "7", "11"),
    "case_act:review.substitute": ("3",),
    "case_act:review.assess": ("1", "2", "3", "4.2", "7"),
    "case_act:review.conclude": ("4.2",),
    "case_act:review.refuse": ("4.2",),
    "case_act:decision.record": ("4.3",),
    "case_act:notice.issue": ("4.4", "4.5"),
    "review_sheet": ("2", "3", "4.1", "4.2"),
    "decision_set": ("4.3",),
    "lists_all": ("1", "4.5"),
    "list_search": ("4.5",),
    "duty_act:duty.notify_end": ("4.4",),
    "duty_act:duty.acknowledge_end": ("4.4",),
    "bases": ("1",),
    "basis": ("1", "4.5"),
    "basis_amend": ("4.5",),
    "basis_repeal": ("4.5",),
    "basis_correct": ("1",),
    "administration_seats": ("3",),
    "administration_calendar": ("3",),
    "law": ("1", "2", "3", "4.1", "4.2", "4.3", "7", "10", "11"),
    "editions": ("11",),
    "edition": ("3", "10", "11"),
    "edition_difference": ("11",),
    "edition_draft": ("11",),
    "edition_publish": ("11",),
    "case_act:edition.move_case": ("11",),
    "case_tab:edition": ("11",),
    "law_provision": ("9", "10"),
    "law_questions": ("5", "10"),
    "law_override": ("9",),
    "law_parameters": ("1", "3", "4.1", "4.2", "4.3", "4.4", "4.5", "8"),
    "law_diagram": ("1", "4", "4.1", "4.2", "4.3", "4.4"),
    "law_glossary": ("1", "3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "5", "7", "8", "10", "11"),
}
