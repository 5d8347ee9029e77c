"""词: what bodies, outcomes and lists are called on a page, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext, gettext_noop

from dutygate.law.regulation.edition import Edition

OUTCOMES: Final = {"for": gettext_noop("同意"), "against": gettext_noop("不同意"), "return": gettext_noop("退回")}
HOW: Final = {"hand": gettext_noop("当面送达"), "post": gettext_noop("邮寄")}
"""送达 otherwise than in the system."""
LISTS: Final = {"duties": gettext_noop("乡镇职责事项清单"), "powers": gettext_noop("权责清单")}


def body_label(edition: Edition, body: str, lang: str) -> str:
    """旗委, 旗政府, 市政府."""
    seat = edition.seats.get(body)
    return seat.label.in_language(lang) if seat else body


def outcome_choices() -> list[tuple[str, str]]:
    """同意、不同意、退回, to choose from."""
    return [(outcome, gettext(words)) for outcome, words in OUTCOMES.items()]


def outcome_label(outcome: str) -> str:
    """How an outcome is called."""
    return gettext(OUTCOMES[outcome]) if outcome in OUTCOMES else outcome


def listed(names: Iterable[str]) -> str:
    """Several names as one text."""
    return gettext("、").join(names)


def day_in_document(day: date) -> str:
    """A day as Chinese documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"
