"""Article 4.5 in the browser: what a repeal touches is seen before it is done, and afterwards each duty has its adjustment."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.features.lists.tests.many import copies_of
from dutygate.features.lists.tests.test_change_of_law import PAPER, Ten, ten
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.rows import rows

__all__ = ["ten"]


def path(found: Ten) -> str:
    return f"/bases/{found.basis.id}/repeal/"


def named(page: Any) -> list[str]:
    return form_of(page).get("duties", [])


@pytest.mark.parametrize("who", ["lead", "legal"])
def test_three_of_ten_are_shown_repealed_and_adjusted(ten: Ten, who: str) -> None:
    client = browser_of(ten.world.people[who])
    page = client.get(path(ten))
    assert named(page) == ten.codes(0, 1, 2)
    shown = text(page)
    for words in ("所涉部门", "阿荣旗林业和草原局", "那吉镇、六合镇、亚东镇", "森林防火条例(2008修订)"):
        assert words in shown, words
    assert "请核对" not in shown and not rows("cases.Case", kind="adjustment").exists(), "nothing is done by looking"
    done = press(client, path(ten), page, **PAPER, on=ten.world.today.isoformat())
    assert done.status_code == 302
    cases = list(rows("cases.Case", kind="adjustment").order_by("id"))
    assert [case.duty.code for case in cases] == ten.codes(0, 1, 2)
    shown = text(client.get(done.headers["Location"]))
    assert "已废止" in shown and all(code in shown for code in ten.codes(0, 1, 2))
    assert [case.number in shown for case in cases] == [who == "lead"] * 3, "the legal seat reads a case once it is applied for"
    desk = text(browser_of(ten.world.people["forestry"]).get("/"))
    assert all(case.number in desk for case in cases)


def test_the_whole_text_touches_more_and_the_page_says_so_first(ten: Ten) -> None:
    client = browser_of(ten.lead)
    again = press(client, path(ten), intent="again", reach="text")
    assert named(again) == ten.codes(0, 1, 2, 5, 6) and not rows("register.Entry", action="basis.repeal").exists()
    unseen = press(client, path(ten), reach="text", **PAPER)
    assert unseen.status_code == 422 and named(unseen) == ten.codes(0, 1, 2, 5, 6), "what was not before her is shown, and not done"
    assert text(unseen).count("没有列出来") >= 2
    assert press(client, path(ten), unseen).status_code == 302
    assert rows("cases.Case", kind="adjustment").count() == 5


def test_what_came_onto_the_lists_meanwhile_stops_it(ten: Ten) -> None:
    client = browser_of(ten.lead)
    page = client.get(path(ten))
    ten.rest(3, {"title": "森林防火条例", "article": "第五条"})
    late = press(client, path(ten), page, **PAPER)
    assert late.status_code == 422 and ten.codes(3)[0] in text(late) and named(late) == ten.codes(0, 1, 2, 3)


def test_who_names_no_article_is_ticked_or_not(ten: Ten) -> None:
    for number in (8, 9):
        ten.rest(number, {"title": "森林防火条例"})
    client = browser_of(ten.lead)
    page = client.get(path(ten))
    assert text(page).count("请核对") >= 2 and named(page) == ten.codes(0, 1, 2), "not ticked by itself"
    back = press(client, path(ten), page, duties=ten.codes(0, 1, 2, 9))
    assert back.status_code == 422 and re.search(rf'value="{ten.codes(9)[0]}" checked', text(back)), "a tick is not lost"
    assert press(client, path(ten), back, **PAPER).status_code == 302
    assert [case.duty.code for case in rows("cases.Case", kind="adjustment").order_by("id")] == ten.codes(0, 1, 2, 9)


def test_statements_do_not_grow_with_the_duties(ten: Ten) -> None:
    client = browser_of(ten.lead)

    def counted(where: str) -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(where).status_code == 200
        return len(seen)

    places = (path(ten), f"/bases/{ten.basis.id}/", f"/duties/{ten.codes(0)[0]}/")
    before = [counted(where) for where in places]
    copies_of(ten.duties[0], 12)
    assert len(named(client.get(path(ten)))) == 15
    assert [counted(where) for where in places] == before
