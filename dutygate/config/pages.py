"""哪些页面显示哪些条款: route (for a tab ``case_tab:name``, for a form ``case_act:action``) -> the provisions whose tags stand on it.

A test (tests/trips/test_pages_show_their_articles.py) opens each as somebody who may, and finds the tag of each provision listed.
``dutygate law coverage`` and the page of a provision show it.
"""

from collections.abc import Mapping
from typing import Final

PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "home": ("4.1",),
    "case": ("4.1",),
    "case_new": ("1", "4.1", "4.3", "7"),
    "case_tab:diagram": ("4", "4.1"),
    "case_tab:register": ("4", "4.1"),
    "law": ("1", "2", "3", "4.1", "4.2", "4.3", "7", "10", "11"),
    "law_parameters": ("1", "3", "4.1", "4.2", "4.3", "4.4", "4.5", "8"),
    "law_diagram": ("1", "4", "4.1", "4.2", "4.3", "4.4"),
    "law_glossary": ("1", "3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "5", "7", "8", "10", "11"),
}
