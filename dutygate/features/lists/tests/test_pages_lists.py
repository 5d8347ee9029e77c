"""第四条（三）、（五）: a township's list on a day, as it was known on a day, on the page; temporary duties stand beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.features.lists.models import OPEN_MOMENT, Duty, DutyRevision, ListEntry
from dutygate.features.lists.tests.many import copies_of
from tests.journey import Journey, last_day
from tests.pages.signed_in import browser_of, text
from tests.world import BANNER, CITY, FOUNDED, World, _do, _person, _unit

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
NAJI = f"/lists/{BANNER}.naji/"
CODE = "150721-D-0001"


def page(world: World, role: str, path: str) -> str:
    """What that person reads there."""
    response = browser_of(world.people[role]).get(path)
    assert response.status_code == 200, (role, path, response.status_code)
    return text(response)


def rows(said: str) -> list[str]:
    """The numbers in the tables of the page, in their order, each once."""
    return list(dict.fromkeys(re.findall(r'<td data-label="编号"[^>]*><a href="/duties/([^/"]+)/"', said)))


def test_a_township_comes_straight_to_its_own_list(journey: Start) -> None:
    case = journey().up_to("done")
    client = browser_of(case.people["naji"])
    assert client.get("/lists/").headers["Location"] == NAJI
    said = text(client.get(NAJI))
    assert "那吉镇 乡镇职责事项清单" in said and 'href="/lists/all/"' in said and 'href="/law/4.5/"' in said
    assert rows(said) == [CODE]
    for told in ("林草防火宣传", "阿荣旗林业和草原局", "交由", "以乡镇名义宣传，由旗林草局答复投诉", "长期", case.case.title):
        assert told in said, told
    assert Duty.objects.get().document_number in said and f'href="/lists/department/{BANNER}.forestry/"' in said
    assert 'aria-current="page">清单' in said


def test_the_sections_are_counted_and_what_was_never_imported_is_said_so(journey: Start) -> None:
    said = page(journey().up_to("done").world, "naji", NAJI)
    counts = dict(re.findall(r"<dt>(基本履职|配合履职|上级收回|准入事项)</dt><dd>(?:<span class=\"count\">)?([^<]+)", said))
    assert counts == {"基本履职": "还没有导入", "配合履职": "还没有导入", "上级收回": "还没有导入", "准入事项": "1"}
    assert "基本履职、配合履职、上级收回三张清单还没有导入" in said


def test_an_empty_list_teaches(world: World) -> None:
    said = page(world, "naji", NAJI)
    assert rows(said) == [] and "清单上还没有事项" in said and "自动列入" in said and "三张清单还没有导入" in said


def test_the_list_of_a_day_before_it_was_admitted_does_not_hold_it(journey: Start) -> None:
    world = journey().up_to("done").world
    before = world.today - timedelta(days=1)
    said = page(world, "naji", f"{NAJI}?on={before}")
    assert rows(said) == [] and f"{before.year}年{before.month}月{before.day}日" in said
    assert rows(page(world, "naji", f"{NAJI}?on={last_day(4000, world)}")) == [CODE]


def test_a_list_as_it_was_known_then(journey: Start) -> None:
    world = journey().up_to("done").world
    zone, today = ZoneInfo(settings.TIME_ZONE), world.today
    entry = ListEntry.objects.get(township=world.unit_id("naji"))
    wrong, right = today - timedelta(days=9), today - timedelta(days=3)
    ListEntry.objects.filter(pk=entry.pk).update(
        valid_from=today - timedelta(days=20),
        recorded_from=datetime.combine(wrong, time(23, 59), zone),
        recorded_to=datetime.combine(right, time(0, 1), zone),
    )  # entered late on one day, and found wrong early on another
    assert rows(page(world, "naji", NAJI)) == []
    for known, found in ((wrong - timedelta(days=1), []), (wrong, [CODE]), (right - timedelta(days=1), [CODE]), (right, [])):
        said = page(world, "naji", f"{NAJI}?known={known}")
        assert rows(said) == found, known
        assert f"<strong>{known.year}年{known.month}月{known.day}日</strong>" in said
    assert rows(page(world, "lead", f"/lists/department/{BANNER}.forestry/?known={wrong}")) == [CODE]
    ListEntry.objects.filter(pk=entry.pk).update(recorded_to=OPEN_MOMENT)
    assert rows(page(world, "naji", f"{NAJI}?known={today}")) == [CODE]


@pytest.mark.parametrize(
    ("query", "said_so"), [("on=2026-13-01", "有效的日期"), ("on=heute", "有效的日期"), ("known=2999-01-01", "不能晚于今天")]
)
def test_a_wrong_day_is_told_at_its_field_and_today_is_shown(journey: Start, query: str, said_so: str) -> None:
    said = page(journey().up_to("done").world, "naji", f"{NAJI}?{query}")
    assert said_so in said and 'aria-invalid="true"' in said and rows(said) == [CODE]
    assert query not in re.sub(r"<form.*?</form>", "", said, flags=re.DOTALL), "no link carries it on"


def test_temporary_duties_stand_beside_the_list_and_are_not_part_of_it(journey: Start) -> None:
    journey().up_to("done")
    world = journey().up_to("done", "temporary").world
    said = page(world, "naji", NAJI)
    on_list, beside = said.split("列在清单旁的阶段性任务", 1)
    assert rows(on_list) == [CODE] and rows(beside) == ["150721-D-0002"]
    assert "它们不属于清单" in beside and 'href="/law/4.3/"' in beside
    assert '乡镇职责事项清单 <span class="count">1</span>' in said and '>准入事项</dt><dd><span class="count">1<' in said
    end = last_day(90, world)
    assert f"{end.year}年{end.month}月{end.day}日" in beside
    assert rows(page(world, "naji", f"{NAJI}?on={end}")) == [CODE, "150721-D-0002"]
    assert "列在清单旁" not in page(world, "naji", f"{NAJI}?on={end + timedelta(days=1)}").split('class="filters"')[1].split("</form>")[1]
    overview = page(world, "lead", "/lists/")
    assert re.search(r'那吉镇</a></td>.*?class="num">1</td>.*?class="num">1</td>.*?class="num">0</td>', overview)


def test_narrowed_by_words_and_by_section(journey: Start) -> None:
    case = journey().up_to("done")
    journey().up_to("done", "temporary")
    copies_of(Duty.objects.get(code=CODE), 12)
    assert rows(page(case.world, "naji", f"{NAJI}?q=宣传5")) == ["150721-D-0005"]
    assert rows(page(case.world, "naji", f"{NAJI}?q=宣传1+防火")) == [f"150721-D-{n:04d}" for n in (10, 11, 12, 13, 14)]
    assert rows(page(case.world, "naji", f"{NAJI}?section=temporary")) == ["150721-D-0002"]
    assert len(rows(page(case.world, "naji", f"{NAJI}?section=admitted"))) == 13
    nothing = page(case.world, "naji", f"{NAJI}?q=没有的字")
    assert "没有符合条件的事项" in nothing and 'value="没有的字"' in nothing and 'href="?">去掉查找条件' in nothing
    assert "没有符合条件的任务" in nothing, "of the temporary one beside it nothing fits either"


def test_the_powers_list_is_another_list(journey: Start) -> None:
    world = journey().up_to("done").world
    ListEntry.objects.filter(township=world.unit_id("naji")).update(list_name="powers")
    assert rows(page(world, "naji", NAJI)) == []
    said = page(world, "naji", f"{NAJI}?list=powers")
    assert rows(said) == [CODE] and "那吉镇 权责清单" in said and "三张清单" not in said
    assert rows(page(world, "naji", f"{NAJI}?list=other")) == [], "an unknown list is the list of duties"


def test_a_long_list_comes_in_pages_and_whole_for_printing(journey: Start) -> None:
    case = journey().up_to("done")
    copies_of(Duty.objects.get(), 129)
    first = page(case.world, "naji", f"{NAJI}?q=宣传&on={case.world.today + timedelta(days=1)}")
    assert len(rows(first)) == 100
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = page(case.world, "naji", NAJI + following[1].replace("&amp;", "&"))
    assert rows(second) == [f"150721-D-{n:04d}" for n in range(101, 131)] and 'rel="prev"' in second
    whole = page(case.world, "naji", f"{NAJI}?print=1")
    assert len(rows(whole)) == 130 and "data-print" in whole and 'class="filters"' not in whole and "回到清单" in whole
    assert rows(page(case.world, "naji", f"{NAJI}?page=junk")) == rows(page(case.world, "naji", NAJI))


def test_all_townships_in_the_order_of_their_codes_with_their_counts(journey: Start) -> None:
    world = journey(townships=("liuhe",)).up_to("done").world
    for role in ("lead", "city", "finance", "committee"):
        said = page(world, role, "/lists/")
        table = re.findall(r'<a href="/lists/150721\.(\w+)/">[^<]+</a></td><td[^>]*>(\d+)</td><td[^>]*class="num">(\d+)<', said)
        assert table == [
            ("naji", "150721100", "0"),
            ("liuhe", "150721101", "1"),
            ("yadong", "150721102", "0"),
            ("huoerqi", "150721103", "0"),
        ]
        assert re.search(r'department/150721\.forestry/">阿荣旗林业和草原局</a></td><td[^>]*class="num">1<', said), role
    assert "还没有部门把事项交给乡镇" in page(world, "lead", f"/lists/?on={world.today - timedelta(days=1)}")


def test_what_a_department_has_handed_to_whom(journey: Start) -> None:
    case = journey().up_to("done")
    journey("agriculture", ("liuhe",)).up_to("done")
    DutyRevision.objects.filter(duty__code=CODE).update(co_leads=[f"{BANNER}.finance"])
    said = page(case.world, "naji", f"/lists/department/{BANNER}.forestry/")
    assert rows(said) == [CODE] and "那吉镇、六合镇、亚东镇" in said and "配合，不牵头" not in said
    helping = page(case.world, "lead", f"/lists/department/{BANNER}.finance/")
    assert rows(helping) == [CODE] and "配合，不牵头" in helping
    own = page(case.world, "water", f"/lists/department/{BANNER}.water/")
    assert rows(own) == [] and 'href="/cases/new/"' in own
    assert 'href="/cases/new/"' not in page(case.world, "naji", f"/lists/department/{BANNER}.water/")
    entry = ListEntry.objects.filter(duty__code=CODE).order_by("-id")[0]
    entry.id, entry.township_id = entry.id + 1, case.people["outsider"].unit_id
    entry.save(force_insert=True)
    assert "全部乡镇" in page(case.world, "lead", f"/lists/department/{BANNER}.forestry/"), "all four have it now"


def test_read_by_every_office_of_the_banner_and_of_its_city(journey: Start) -> None:
    world = journey().up_to("done").world
    for role in ("naji", "outsider", "forestry", "finance", "lead", "legal", "committee", "city"):
        assert rows(page(world, role, NAJI)) == [CODE], role
        assert "林草防火宣传" in page(world, role, f"/duties/{CODE}/"), role


def test_not_there_for_administrators_nor_for_another_banner(journey: Start) -> None:
    world = journey().up_to("done").world
    _do("jurisdiction.create", "", code="150722", name="莫力达瓦旗", kind="banner", parent=CITY)
    _unit("150722", "nierji", "township", "尼尔基镇", "150722100")
    _unit("150722", "water", "department", "莫旗水利局")
    _person(world, "stranger", "150722.water")
    paths = ("/lists/", "/lists/all/", NAJI, f"/lists/department/{BANNER}.forestry/", f"/duties/{CODE}/")
    for role in ("system_admin", "security_admin", "audit_admin"):
        client = browser_of(world.people[role])
        assert [client.get(path).status_code for path in paths] == [404] * 5, role
        assert 'href="/lists/"' not in text(client.get("/")), "nor in the navigation"
    client = browser_of(world.people["stranger"])
    assert [client.get(path).status_code for path in paths] == [200, 200, 404, 404, 404]
    assert "那吉镇" not in text(client.get("/lists/"))
    assert browser_of(world.people["naji"]).get("/lists/150722.nierji/").status_code == 404
    both = page(world, "city", "/lists/?place=150722")
    assert "尼尔基镇" in both and "那吉镇" not in both and '<option value="150721">阿荣旗' in both
    assert page(world, "city", "/lists/150722.nierji/")


def test_what_is_no_township_or_no_department_is_not_there(world: World) -> None:
    client = browser_of(world.people["lead"])
    for path in (f"/lists/{BANNER}.forestry/", f"/lists/department/{BANNER}.naji/", "/lists/nowhere/", "/duties/150721-D-9999/"):
        assert client.get(path).status_code == 404, path
    assert client.get("/lists/150721100/").status_code == 200, "its nine-digit code will do"


def test_a_township_that_is_no_more_keeps_its_old_list(journey: Start) -> None:
    world = journey().up_to("done").world
    said = page(world, "lead", f"{NAJI}?on={FOUNDED - timedelta(days=1)}")
    assert "这一天，这个乡镇还没有设立" in said
    assert "这一天不存在" in page(world, "lead", f"/lists/?on={date(2023, 12, 31)}")


@pytest.mark.parametrize("more", [12, pytest.param(297, marks=pytest.mark.long)])
@pytest.mark.parametrize("role", ["naji", "forestry", "lead", "city"])
def test_the_number_of_queries_does_not_grow_with_the_duties(journey: Start, role: str, more: int) -> None:
    world = journey().up_to("done").world
    duty, client = Duty.objects.get(), browser_of(world.people[role])
    paths = (NAJI, "/lists/all/", f"/lists/department/{BANNER}.forestry/", f"/duties/{CODE}/", f"{NAJI}?print=1")

    def counted() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        return found

    copies_of(duty, 2)
    counted()
    few = counted()
    copies_of(duty, more)
    assert counted() == few and max(few) <= 27, few


def test_in_english(journey: Start) -> None:
    journey().up_to("done")
    world = journey().up_to("done", "temporary").world
    client = browser_of(world.people["lead"])
    client.cookies["django_language"] = "en"
    for path, words in (
        ("/lists/", ("lists of the townships", "In the order of their division codes")),
        (NAJI, ("List of township duties", "Temporary tasks beside the list", "Assigned", "no end", "not imported yet")),
        (f"/lists/department/{BANNER}.forestry/", ("duties handed to townships", "Decision number")),
        (f"/duties/{CODE}/", ("What the department has promised", "Townships that have it", "Administrative regulation", "each township")),
    ):
        said = text(client.get(path))
        assert [word for word in words if word not in said] == [], path
