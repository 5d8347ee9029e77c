"""Time at a screen (Article 3): a paused review goes on by keyboard alone; a digest is chosen on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.person import Person
from tests.browser.test_moments import enter, keys_to

pytestmark = pytest.mark.long
PAUSED = "150721-2026-0005"


def test_a_paused_review_goes_on_by_keyboard_alone(person: Callable[..., Person]) -> None:
    """Seen as paused by whoever takes part; the lead resumes it with Tab, Enter and letters."""
    person("sifa").open(f"/cases/{PAUSED}/").sees("暂停中，时限停着")
    who = person("bianban").open(f"/cases/{PAUSED}/review/").sees("审核时限的延长和暂停", "等待自治区主管部门答复")
    enter(keys_to(who, "恢复审核")).sees("停着", "照走")
    keys_to(who, "理由")
    who.page.keyboard.type("答复已到")
    enter(keys_to(who, "恢复审核")).sees("已办：恢复审核", "答复已到")
    person("sifa").open(f"/cases/{PAUSED}/").sees("还有")


def test_more_time_again_is_refused_with_the_article(person: Callable[..., Person]) -> None:
    who = person("bianban", narrow=True).open(f"/cases/{PAUSED}/do/review.extend/", 200)
    who.sees("已经延长过1次", "第三条")


def test_a_digest_is_chosen_on_a_narrow_screen(person: Callable[..., Person]) -> None:
    who = person("naji", narrow=True).open("/messages/").follow("每日或每周提要").sees("怎样告诉我", "没有接邮件服务器")
    who.pick("多久一次", "每周一").fill("办公邮箱", "naji").press("保存")
    who.fill("办公邮箱", "naji@arun.example").press("保存").sees("已保存", "没有接邮件服务器")
