"""Articles 3-8: who has a board, that for all others there is none, what its pages, files and the API say, and what is kept apart."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.journey import Journey
from tests.pages.signed_in import browser_of, text
from tests.rows import rows
from tests.supervision import Reported, with_oversight
from tests.trips.calling import Caller, token_for
from tests.world import World

HAVE = ("lead", "committee", "government", "city")
HAVE_NONE = ("forestry", "naji", "outsider", "legal", "services", "system_admin", "security_admin", "audit_admin", "discipline")
PATHS = ("/board/", "/board/rows/cases/", "/board/rows/reports/", "/board/export.xlsx")


@pytest.fixture
def place(world: World, journey: Callable[..., Journey]) -> World:
    """With an oversight body, a case under review and one that was opened just now."""
    found = with_oversight(world)
    journey().up_to("reviewing")
    journey().up_to("drafting")
    return found


def test_the_board_is_there_for_the_lead_the_bodies_and_the_city_and_for_nobody_else(place: World) -> None:
    for who in HAVE:
        client = browser_of(place.people[who])
        page = client.get("/board/")
        assert page.status_code == 200 and 'href="/board/"' in text(page), who
        assert client.get("/board/rows/cases/").status_code == client.get("/board/export.xlsx").status_code == 200
        assert client.get("/board/rows/strange/").status_code == client.get("/board/export.exe").status_code == 404
        answer = Caller(token_for(place, who)).get("/board")
        assert (answer.status, answer.data["place"]) == (200, "150721")
    for who in HAVE_NONE:
        client = browser_of(place.people[who])
        assert [client.get(path).status_code for path in PATHS] == [404] * len(PATHS), who
        assert 'href="/board/"' not in text(client.get("/account/")), who
        assert Caller(token_for(place, who)).get("/board").status == 404
    assert Client().get("/board/").status_code == 302


def test_days_of_rows_are_those_of_the_offices(place: World) -> None:
    rows("cases.Case").update(opened_at=datetime(2026, 3, 4, 23, 30, tzinfo=UTC))  # half past seven in the morning of the 5th
    page = text(browser_of(place.people["lead"]).get("/board/rows/cases/"))
    assert "2026-03-05" in page and "2026-03-04" not in page


def test_each_counts_what_she_may_read(place: World) -> None:
    """The lead and the city both cases, the committee neither: nothing was sent up to it yet."""
    for who, number in (("lead", 2), ("city", 2), ("committee", 0)):
        answer = Caller(token_for(place, who)).get("/board").data
        assert sum(line["count"] for line in answer["cases"]) == answer["opened"] == number
        page = text(browser_of(place.people[who]).get("/board/rows/cases/"))
        assert f'<strong class="count-of-rows">{number}</strong>' in page
        assert len(re.findall(r'<td data-label="编号"', page)) == number


def test_every_link_of_the_page_opens_as_many_rows_as_it_says(place: World) -> None:
    client = browser_of(place.people["lead"])
    page = text(client.get("/board/"))
    links = re.findall(r'<a href="(/board/rows/[^"]+)">(\d+)', page)
    assert len(links) > 8
    for href, said in links:
        behind = client.get(href.replace("&amp;", "&"))
        assert behind.status_code == 200 and f'<strong class="count-of-rows">{said}</strong>' in text(behind), href


def test_what_the_address_says_wrongly_is_read_as_now(place: World) -> None:
    client = browser_of(place.people["lead"])
    page = client.get("/board/?year=1999&on=never&place=999")
    assert page.status_code == 200 and "阿荣旗" in text(page)
    for day in ("0001-01-01", "9999-12-31"):
        assert client.get(f"/board/?on={day}").status_code == client.get(f"/board/rows/ending/?on={day}").status_code == 200
        assert Caller(token_for(place, "lead")).get(f"/board?on={day}").status == 200
    assert client.get("/board/rows/ages/?band=x").status_code == client.get("/board/rows/late/?unit=x&from=y").status_code == 200
    assert Caller(token_for(place, "lead")).get("/board?place=999").status == 404
    assert Caller(token_for(place, "lead")).get("/board?year=1").status == 422


def sheets(client: Client) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/board/export.xlsx").content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_the_tables_of_the_page_but_no_reports(place: World) -> None:
    Reported(place)
    client = browser_of(place.people["lead"])
    found = sheets(client)
    assert list(found) == ["办件在哪一步", "申请以后多久了", "哪些步骤逾期", "本年办结", "哪些规则拒绝了办理", "各乡镇承担多少", "保障兑现"]
    assert ["合计", "2", "0", "2"] in found["办件在哪一步"]
    assert 'id="reports"' in text(client.get("/board/"))


def without_tokens(page: Any) -> str:
    """The page without what is drawn for each request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"csrfToken": "[^"]*"', "", text(page))


def test_reports_are_counted_for_who_examines_them_and_leave_everybody_elses_board_as_it_was(place: World) -> None:
    others = {who: browser_of(place.people[who]) for who in ("committee", "government", "city")}
    lead, secret = browser_of(place.people["lead"]), Caller(token_for(place, "lead"))
    api = {who: Caller(token_for(place, who)) for who in others}
    before = {who: (without_tokens(client.get("/board/")), api[who].get("/board").data) for who, client in others.items()}
    none = without_tokens(lead.get("/board/"))
    Reported(place, body="lead").do("discipline", "accept")
    Reported(place, body="forestry", by="lead")
    assert without_tokens(lead.get("/board/")) == none, "neither about the lead nor from it"
    Reported(place, forms=["pledge", "targets"]).up_to("closed")
    Reported(place, body="agriculture", forms=["targets"])
    after = {who: (without_tokens(client.get("/board/")), api[who].get("/board").data) for who, client in others.items()}
    assert after == before
    assert all(data["reports"] is None and 'id="reports"' not in page for page, data in after.values())
    said = {(line["form"], line["outcome"]): line["count"] for line in secret.get("/board").data["reports"] if line["count"]}
    assert said == {
        ("pledge", "handed_down"): 1,  # as it was found, not as it was reported
        ("targets", "under_way"): 1,
        (None, "handed_down"): 1,
        (None, "under_way"): 1,
    }
    assert rows("supervision.HandoverReport").count() == 4
    for query, number in (
        ("", 2),
        ("?form=targets", 1),
        ("?outcome=handed_down", 1),
        ("?form=pledge&outcome=under_way", 0),
        ("?outcome=x", 0),
    ):
        assert f'<strong class="count-of-rows">{number}</strong>' in text(lead.get(f"/board/rows/reports/{query}")), query
    for client in others.values():
        assert client.get("/board/rows/reports/").status_code == 404
