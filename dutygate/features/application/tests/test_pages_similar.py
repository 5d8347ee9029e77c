"""第四条（一）、（二）: before an application is sent and before it is accepted, what is like it is shown, with why; nothing is stopped.

Of others only what the reader may see anyway: duties of the banner, her own cases; the lead sees all of its cases.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions import clock
from dutygate.features.application.tests.browser import form_of, press
from tests.journey import ITEMS
from tests.pages.signed_in import browser_of, text

pytestmark = pytest.mark.django_db


def similar(page) -> list[str]:
    """The links of the section."""
    found = re.search(r'<section class="similar.*?</section>', text(page), re.DOTALL)
    return re.findall(r'<a href="([^"]+)"', found[0]) if found else []


@pytest.fixture
def admitted(journey):
    """林草防火宣传, on the lists of three townships."""
    return journey().up_to("done")


def opened(journey, title, who="forestry", **items):
    """A case of that title that is being written."""
    case = journey(who)
    case.open(title=title)
    case.fill(items={**ITEMS, "content": f"由第{case.number[-4:]}号文件另定。", **items})
    return case


def test_a_duty_on_the_lists_is_shown_on_the_application_with_the_words(admitted, journey):
    again = opened(journey, "森林草原防火宣传")
    page = browser_of(again.people["forestry"]).get(f"/cases/{again.number}/application/")
    assert similar(page) == ["/duties/150721-D-0001/"]
    assert "在清单上" in text(page) and "“防火宣传”" in text(page) and "只是提醒，不妨碍办理" in text(page)


def test_on_the_check_page_and_before_it_is_sent_it_is_shown_too(admitted, journey):
    again = journey().up_to("agreed")
    client = browser_of(again.people["forestry"])
    for path in ("write/check", "application", "do/application.submit"):
        page = client.get(f"/cases/{again.number}/{path}/")
        assert similar(page) == ["/duties/150721-D-0001/"] and "几乎一样" in text(page), path


def test_the_lead_sees_it_before_it_accepts_and_nobody_afterwards(admitted, journey):
    again = journey().up_to("applied")
    lead = browser_of(again.people["lead"])
    for path in ("application", "do/review.accept"):
        assert "/duties/150721-D-0001/" in similar(lead.get(f"/cases/{again.number}/{path}/")), path
    assert similar(browser_of(again.people["legal"]).get(f"/cases/{again.number}/application/")) == []
    again.accept()
    assert similar(lead.get(f"/cases/{again.number}/application/")) == []


def test_a_township_that_reads_the_case_is_not_bothered_with_it(admitted, journey):
    again = journey().up_to("consulting")
    assert similar(browser_of(again.people["naji"]).get(f"/cases/{again.number}/application/")) == []


def test_while_a_new_case_is_named_it_is_told_what_there_is(admitted, world):
    client = browser_of(world.people["forestry"])
    assert similar(client.get("/cases/new/")) == []
    typed = press(client, "/cases/new/", "check", title="草原防火宣传")
    assert similar(typed) == ["/duties/150721-D-0001/"] and 'target="_blank"' in text(typed)
    page = client.get("/cases/new/")
    live = client.post("/cases/new/", {**form_of(page), "_intent": "check", "title": "草原防火宣传"}, headers={"HX-Request": "true"})
    assert similar(live) == ["/duties/150721-D-0001/"]
    assert similar(press(client, "/cases/new/", "check", title="图书馆开放")) == []


def test_the_content_that_is_typed_is_compared_before_it_is_saved(admitted, journey):
    other = opened(journey, "护林物品入户")
    client, path = browser_of(other.people["forestry"]), f"/cases/{other.number}/write/items/"
    assert similar(press(client, path, "check")) == []
    content = "乡镇在防火期内张贴公告、入户宣传、登记巡查情况；不实施处罚。"
    page = press(client, path, "check", content=content)
    assert similar(page) == ["/duties/150721-D-0001/"] and "内容里相同的字词" in text(page)


def test_a_refused_case_is_shown_to_whoever_may_read_it(journey):
    refused = opened(journey, "退耕还林面积核查")
    for step in (refused.request, refused.reply, refused.conclude, refused.submit, refused.accept, refused.ask_department, refused.comment):
        step()
    refused.assess(recommends="not_admit")
    refused.conclude_review("not_admit")
    refused.refuse()
    own = opened(journey, "退耕还林面积年度核查")
    page = browser_of(own.people["forestry"]).get(f"/cases/{own.number}/application/")
    assert similar(page) == [f"/cases/{refused.number}/"] and "不予准入" in text(page)
    others = opened(journey, "退耕还林面积年度核查", "agriculture")
    assert similar(browser_of(others.people["agriculture"]).get(f"/cases/{others.number}/application/")) == []


def test_a_case_under_way_is_told_to_the_lead_and_not_to_another_department(journey):
    first = opened(journey, "退耕还林面积核查")
    second = opened(journey, "退耕还林地块面积核查", "agriculture")
    path = f"/cases/{second.number}/application/"
    assert similar(browser_of(second.people["agriculture"]).get(path)) == []
    for step in (second.request, second.reply, second.conclude, second.submit):
        step()
    page = browser_of(second.people["lead"]).get(path)
    assert similar(page) == [f"/cases/{first.number}/"] and "正在办理" in text(page)


def test_what_was_withdrawn_and_what_became_a_duty_are_not_shown_twice(admitted, journey):
    journey().up_to("withdrawn")
    again = opened(journey, "林草防火宣传")
    page = browser_of(again.people["forestry"]).get(f"/cases/{again.number}/application/")
    assert similar(page) == ["/duties/150721-D-0001/"]


def test_an_earlier_term_is_shown_with_its_last_day(journey, monkeypatch):
    first = journey().up_to("done", track="temporary")
    again = opened(journey, "林草防火宣传")
    client, path = browser_of(again.people["forestry"]), f"/cases/{again.number}/application/"
    assert re.search(r"在清单上，至 \d{4}年", text(client.get(path)))
    later = clock.now() + timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    client = browser_of(again.people["forestry"])
    assert re.search(r"曾在清单上，至 \d{4}年", text(client.get(path))) and first.number not in similar(client.get(path))


def test_it_costs_the_same_however_many_there_are(admitted, journey):
    again = opened(journey, "林草防火宣传")
    client, path = browser_of(again.people["forestry"]), f"/cases/{again.number}/application/"
    few = statements(client, path)
    for number in range(5):
        opened(journey, f"林草防火宣传{number}")
    assert statements(client, path) == few and len(similar(client.get(path))) == 6


def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)
