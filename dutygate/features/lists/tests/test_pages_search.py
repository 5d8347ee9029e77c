"""第四条（五）: "is this ours, and who has it" is answered by words, for any day, from the lists that the reader may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.features.lists.models import Duty
from dutygate.features.lists.queries import Wanted, duties_of_township
from dutygate.features.lists.queries.finding import duties_found
from dutygate.features.lists.tests.many import copies_of
from tests.journey import Journey, last_day
from tests.pages.signed_in import browser_of, text
from tests.world import World

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
CODE = "150721-D-0001"


def page(world: World, role: str, query: str = "") -> str:
    response = browser_of(world.people[role]).get(f"/lists/search/{query}")
    assert response.status_code == 200, (role, query)
    return text(response)


def test_a_duty_is_found_by_its_name_its_code_and_what_townships_do(journey: Start) -> None:
    world = journey().up_to("done").world
    for words in ("林草", "防火 宣传", "火", "张贴公告", "150721-d-0001", "林草防火宣传", "不参与火情处置"):
        said = page(world, "naji", f"?q={words}")
        assert f'href="/duties/{CODE}/"' in said and "阿荣旗林业和草原局" in said and "那吉镇、六合镇、亚东镇" in said, words
    for words in ("林草 养老", "草林", "火林", "%", "_"):
        assert "没有这样的事项" in page(world, "naji", f"?q={words.replace('%', '%25')}"), words


def test_before_anything_is_typed_nothing_is_shown(journey: Start) -> None:
    said = page(journey().up_to("done").world, "lead")
    assert "/duties/" not in said and "没有这样的事项" not in said and 'name="q"' in said and 'href="/law/4.5/"' in said


def test_a_list_of_another_day_is_searched_as_it_was(journey: Start) -> None:
    case = journey().up_to("done", track="temporary")
    today = case.world.today
    assert CODE in page(case.world, "lead", "?q=林草")
    for day in (today - timedelta(days=1), last_day(91, case.world)):
        assert "没有这样的事项" in page(case.world, "lead", f"?q=林草&on={day}"), day
    assert "没有这样的事项" in page(case.world, "lead", f"?q=林草&known={today - timedelta(days=1)}")
    assert CODE in page(case.world, "lead", f"?q=林草&on={last_day(90, case.world)}")


def test_who_may_not_read_lists_finds_nothing(journey: Start) -> None:
    world = journey().up_to("done").world
    for role in ("system_admin", "security_admin", "audit_admin"):
        assert browser_of(world.people[role]).get("/lists/search/?q=林草").status_code == 404, role
        assert duties_found(world.people[role], "林草", world.today) == []


def test_the_city_finds_its_banners_duties(journey: Start) -> None:
    assert CODE in page(journey().up_to("done").world, "city", "?q=林草")


def test_the_search_over_all_lists_and_that_in_one_list_agree(journey: Start) -> None:
    case = journey().up_to("done")
    world = case.world
    copies_of(Duty.objects.get(), 30)
    lead, naji = world.people["lead"], world.people["naji"]
    for words in ("林草", "宣传2", "传 3", "0007", "没有"):
        everywhere = [duty.code for duty in duties_found(lead, words, world.today, limit=100)]
        here = [line.code for line in duties_of_township(naji, naji.unit_id, world.today, wanted=Wanted(q=words))]
        plain = {duty.code for duty in Duty.objects.all() if all(word in f"{duty.title} {duty.code}" for word in words.split())}
        assert everywhere == sorted(here) == sorted(plain), words


def test_two_pages_of_what_was_found_and_the_same_statements(journey: Start) -> None:
    case = journey().up_to("done")
    few = statements(case.world, "?q=林草")
    copies_of(Duty.objects.get(), 60)
    assert statements(case.world, "?q=林草") == few
    first, second = (page(case.world, "lead", f"?q=林草{more}") for more in ("", "&page=2"))
    assert first.count('<td data-label="编号"') == 50 and second.count('<td data-label="编号"') == 11
    assert 'rel="next"' in first and 'rel="prev"' in second


def statements(world: World, query: str) -> int:
    client = browser_of(world.people["lead"])
    client.get(f"/lists/search/{query}")
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/lists/search/{query}").status_code == 200
    return len(seen)
