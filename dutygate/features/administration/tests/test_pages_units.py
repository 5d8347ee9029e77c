"""机构和席位 (Articles 1, 3, 4.5): created, renamed and seated through the one door; a refusal stands at its field."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.apps import apps

from dutygate.base.actions.perform import perform, system_acting
from tests.pages.signed_in import send, text

Seat = apps.get_model("organizations.Seat")
Unit = apps.get_model("organizations.Unit")
UnitName = apps.get_model("organizations.UnitName")
Entry = apps.get_model("register.Entry")

NEW = "/administration/units/new/?place=150721"
RENAME = "/administration/units/150721.naji/rename/"
TAKE = "/administration/seats/take/?place=150721&seat=member"
A_UNIT = {"name": "阿荣旗乡村振兴局", "kind": "department", "slug": "rural"}


def at(page, field):
    """What the page says at a field: from its input to the next field."""
    said = text(page)
    return said[said.index(f'id="f_{field}') :].partition('<div class="field')[0]


def outcomes(action):
    return list(Entry.objects.filter(action=action, via="page").values_list("outcome", flat=True))


def test_a_unit_is_created_and_its_page_shows_it(browser):
    client = browser("system_admin")
    done = send(client, NEW, **A_UNIT, short_name="振兴局", document="阿党办发〔2026〕1号")
    assert (done.status_code, done.headers["Location"]) == (302, "/administration/units/150721.rural/")
    page = text(client.get("/administration/units/150721.rural/"))
    assert "阿荣旗乡村振兴局" in page and "振兴局" in page and "阿党办发〔2026〕1号" in page and outcomes("unit.create") == ["permitted"]


@pytest.mark.parametrize(
    ("typed", "field", "said", "status"),
    [
        ({"slug": "naji"}, "slug", "已经有了", 409),
        ({"code": "150721100"}, "code", "已由“那吉镇”使用", 422),
        ({"slug": "Bad Slug"}, "slug", "只能用小写字母", 422),
        ({"code": "123"}, "code", "应当是九位数字", 422),
        ({"name": ""}, "name", "必填", 422),
    ],
)
def test_what_does_not_fit_comes_back_at_its_field_with_the_text_kept(browser, typed, field, said, status):
    page = send(browser("system_admin"), NEW, **{**A_UNIT, "document": "某文件", **typed})
    assert page.status_code == status and said in at(page, field)
    assert 'value="某文件"' in text(page) and f'href="#f_{field}' in text(page)
    assert "这一卷有了变动" not in text(page)
    assert not Unit.objects.filter(key="150721.rural").exists()


def test_units_are_found_by_former_names_codes_and_kind(browser, world):
    client = browser("system_admin")
    send(client, RENAME, name="那吉街道", document="更名文件", valid_from=world.today.isoformat())
    page = text(client.get("/administration/?q=那吉镇"))
    assert "那吉街道" in page and "曾用名 那吉镇" in page and "六合镇" not in page
    assert "六合镇" in text(client.get("/administration/?q=150721101"))
    townships = text(client.get("/administration/?kind=township"))
    assert "六合镇" in townships and "阿荣旗农牧局" not in townships
    assert "没有符合条件的机构" in text(client.get("/administration/?q=没有的"))


def test_a_rename_needs_its_document_and_follows_the_last_one(browser, world):
    client = browser("system_admin")
    assert "必填" in at(send(client, RENAME, name="那吉街道"), "document")
    page = send(client, RENAME, name="那吉街道", document="文件", valid_from="2024-01-01")
    assert page.status_code == 422 and "新名称的启用日应当更晚" in at(page, "valid_from")
    done = send(client, RENAME, name="那吉街道", document="文件", valid_from=world.today.isoformat())
    assert done.status_code == 302 and outcomes("unit.rename") == ["refused", "permitted"]
    page = text(client.get("/administration/units/150721.naji/"))
    assert "那吉街道" in page and "那吉镇" in page
    assert UnitName.objects.filter(unit__key="150721.naji").count() == 2


def test_a_seat_passes_to_another_unit(browser, world):
    client = browser("system_admin")
    path = "/administration/seats/take/?place=150721&seat=legal"
    assert re.search(r'<input[^>]* value="legal"[^>]* checked', text(client.get(path)))
    done = send(client, path, seat="legal", unit="150721.water", valid_from=world.today.isoformat(), document="调整文件")
    assert done.headers["Location"] == "/administration/seats/?place=150721"
    page = text(client.get("/administration/seats/"))
    now, _, past = page.partition("以前的")
    assert "阿荣旗水务局" in now and "调整文件" in now and "阿荣旗司法局" in past
    assert Seat.objects.get(seat="legal", unit__key="150721.justice").valid_to == world.today


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"seat": "member", "unit": "150721.justice"}, "unit", "联席会议的各席位要由不同单位担任"),
        ({"seat": "legal", "unit": "150721.water", "valid_from": "2024-01-01"}, "valid_from", "接任的日期应当更晚"),
        ({"seat": "member", "unit": "150721.water", "valid_from": "2020-01-01"}, "valid_from", "还没有设立"),
        (
            {"seat": "member", "unit": "150721.water", "valid_from": "2026-01-05", "last_day": "2026-01-03"},
            "last_day",
            "结束日期应当晚于开始日期",
        ),
        ({"seat": "member", "unit": "150721.naji"}, "unit", ""),
    ],
)
def test_a_seat_is_refused_at_its_field(browser, typed, field, said):
    page = send(browser("system_admin"), TAKE, document="保留", **typed)
    assert page.status_code == 422 and said in at(page, field) and 'value="保留"' in text(page)


def test_the_last_day_is_one_on_which_it_still_holds(browser, world):
    last = world.today + timedelta(days=30)
    send(browser("system_admin"), TAKE, seat="member", unit="150721.water", last_day=last.isoformat())
    assert Seat.objects.get(seat="member").valid_to == last + timedelta(days=1)
    assert f"{last.year}年{last.month}月{last.day}日" in text(browser("lead").get("/administration/seats/"))


def test_an_empty_seat_is_said(browser):
    perform(system_acting(), "unit.create", "1507", {"slug": "other", "kind": "other", "name": "市某局"}, via="import")
    Seat.objects.filter(seat="services").delete()
    page = text(browser("system_admin").get("/administration/seats/"))
    assert "现在空着的席位" in page and "/administration/seats/take/?place=150721&amp;seat=services" in page
    assert "席位在各旗县市区" in text(browser("city").get("/administration/seats/?place=1507"))


def test_pages_speak_english(browser):
    client = browser("system_admin")
    client.cookies["django_language"] = "en"
    for path, words in (
        ("/administration/", ("Units", "Create a unit", "Township (sumu, subdistrict)")),
        ("/administration/units/150721.naji/", ("People and posts", "Names and codes", "Handler")),
        ("/administration/seats/", ("Seats of the conference", "Hand over")),
        (NEW, ("Full name", "Begins with a small letter")),
        ("/administration/people/", ("User name", "Enter a person")),
        ("/administration/calendar/", ("Working calendar", "Mon")),
        ("/account/", ("My account", "Issue a token for the present post")),
    ):
        page = text(client.get(path))
        assert all(word in page for word in words), path
