"""第七条: one click from a task check to a township's reply that the task is not on its list, issued with its own number."""

from __future__ import annotations

import pytest

from dutygate.features.papers.models import Paper
from dutygate.features.papers.tests.stage import letterhead
from dutygate.features.taskcheck.tests.conftest import listed
from dutygate.features.taskcheck.tests.test_pages_taskcheck import NOTICE, ask, step_of
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.world import World

__all__ = ["listed"]
pytestmark = pytest.mark.django_db


def test_one_click_to_a_ready_reply_that_is_issued_with_its_own_number(listed: World) -> None:
    letterhead(listed, "naji")
    naji = browser_of(listed.people["naji"])
    where = "/papers/new/task_reply/"
    page = naji.post(where, step_of(ask(naji, NOTICE, listed), where))
    assert page.status_code == 200
    form = form_of(page)
    assert (form["task"], form["department"]) == (["犬只登记管理"], [listed.key("agriculture")])
    assert "不在清单上，也没有查到" in text(page) and "第七条" in text(page) and "“签订目标责任书”" in text(page)
    done = press(naji, where, page)
    assert done.status_code == 302
    paper = Paper.objects.get()
    assert paper.kind == "task_reply" and paper.number.endswith("1号") and paper.docx
    assert "犬只登记管理" in text(browser_of(listed.people["agriculture"]).get(done.headers["Location"]))
    assert browser_of(listed.people["liuhe"]).get(done.headers["Location"]).status_code == 404
    assert browser_of(listed.people["forestry"]).get(where).status_code == 403, "a department has no such letter"


def test_what_is_on_the_list_gets_no_such_letter(listed: World) -> None:
    naji = browser_of(listed.people["naji"])
    assert "/papers/new/task_reply/" not in text(ask(naji, "秸秆禁烧巡查", listed))
    assert "/papers/new/task_reply/" not in text(ask(browser_of(listed.people["forestry"]), "犬只登记", listed))
