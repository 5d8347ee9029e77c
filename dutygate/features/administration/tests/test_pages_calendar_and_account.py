"""工作日历 (Article 3) and one's own account (GB/T 22239-2019)."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from tests.pages.signed_in import browser_of, hidden, send, text

ApiToken = apps.get_model("organizations.ApiToken")
CalendarDay = apps.get_model("organizations.CalendarDay")
LoginRecord = apps.get_model("organizations.LoginRecord")
Entry = apps.get_model("register.Entry")

LOAD = "/administration/calendar/load/?place=150721&year=2027"
DAY = "/administration/calendar/day/?place=150721"
TOKEN = "/account/token/"


def at(page, field):
    said = text(page)
    return said[said.index(f'id="f_{field}') :].partition('<div class="field')[0]


def cells(page):
    """Marks by month and day: {(month, day): 休 or 班}."""
    found = {}
    for month, table in re.findall(r"<caption>2027-(\d+)</caption>(.*?)</table>", text(page), re.DOTALL):
        for day, mark in re.findall(r'<td class="cal-[^"]*">(\d+)<span class="mark">(.)</span>', table):
            found[int(month), int(day)] = mark
    return found


def test_a_year_that_is_not_published_is_provisional_and_cannot_be_loaded_without_its_days(browser):
    client = browser("lead")
    page = client.get("/administration/calendar/?year=2027")
    assert "暂按周末推算" in text(page) and cells(page) == {}
    refused = send(client, LOAD, year="2027")
    assert refused.status_code == 422 and "还没有公布" in at(refused, "year")


def test_a_year_is_loaded_from_its_notice(browser):
    client = browser("lead")
    typed = {"off": "2027-01-01\n2027-02-05 至 2027-02-11", "makeup": "2027-02-13", "source": "国办发明电〔2026〕7号"}
    done = send(client, LOAD, year="2027", **typed)
    assert done.headers["Location"] == "/administration/calendar/?place=150721&year=2027"
    page = client.get("/administration/calendar/?year=2027")
    assert "国办发明电〔2026〕7号" in text(page) and "暂按周末推算" not in text(page)
    off = {(1, 1), (2, 5), (2, 8), (2, 9), (2, 10), (2, 11)}
    assert cells(page) == {**dict.fromkeys(off, "休"), (2, 13): "班"}


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"off": "2027-02-05 到底", "source": "通知"}, "off", "这一行看不懂"),
        ({"off": "2027-02-30", "source": "通知"}, "off", "这一行看不懂"),
        ({"off": "2027-02-11 至 2027-02-05", "source": "通知"}, "off", "起止日期不对"),
        ({"off": "2027-02-05"}, "source", "写明依据的通知"),
        ({"off": "2027-02-05", "makeup": "2027-02-05", "source": "通知"}, "makeup", "不能又放假又上班"),
        ({"off": "2026-02-05", "source": "通知"}, "off", "上一年的十二月"),
        ({"year": "1999"}, "year", "2000"),
    ],
)
def test_days_that_do_not_fit_come_back_at_their_field(browser, typed, field, said):
    page = send(browser("system_admin"), LOAD, **{"year": "2027", **typed})
    assert page.status_code == 422 and said in at(page, field)
    assert not CalendarDay.objects.filter(day__year=2027).exists()


def test_a_local_day_is_set_and_marked(browser):
    client = browser("lead")
    assert "必填" in at(send(client, DAY, day="2026-08-03", working="no"), "source")
    assert send(client, DAY, day="2026-08-03", working="no", source="旗庆放假通知").status_code == 302
    page = text(client.get("/administration/calendar/?year=2026"))
    assert "旗庆放假通知" in page and "本地设定" in page.partition("放假和调休的日子")[2]
    assert '<span class="cal-local">*</span>' in page.partition("2026-8")[2]


def test_years_are_leafed_through_within_reason(browser):
    client = browser("lead")
    assert "?place=150721&amp;year=2025" in text(client.get("/administration/calendar/?year=2026"))
    assert client.get("/administration/calendar/?year=9999999").status_code == 200
    assert client.get("/administration/calendar/?year=1").status_code == 200


def test_a_token_is_issued_shown_once_and_works(browser, world):
    client = browser("naji")
    page = send(client, TOKEN, label="办公系统", expires_on=world.today.isoformat())
    secret = re.search(r'<p class="code secret">(dg_[^<]+)</p>', text(page)).group(1)
    assert secret not in text(client.get("/account/")) and "办公系统" in text(client.get("/account/"))
    assert not Entry.objects.filter(sealed__contains=secret).exists()
    assert client.get("/api/v1/cases", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    token = ApiToken.objects.get()
    assert send(client, f"/account/token/{token.id}/revoke/").headers["Location"] == "/account/"
    assert client.get("/api/v1/cases", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert "已撤销" in text(client.get("/account/"))
    again = send(client, f"/account/token/{token.id}/revoke/")
    assert again.status_code == 422 and "已经撤销" in at(again, "reason")


def test_the_same_request_again_shows_no_second_secret(browser, world):
    client = browser("naji")
    filled = {**hidden(client.get(TOKEN)), "_intent": "do", "label": "办公系统", "expires_on": world.today.isoformat()}
    first, second = client.post(TOKEN, filled), client.post(TOKEN, filled)
    assert "dg_" in text(first) and second.headers["Location"] == "/account/" and ApiToken.objects.count() == 1
    assert "已经显示过了" in text(client.get("/account/"))


def test_a_token_without_a_good_end_is_refused_at_its_field(browser):
    page = send(browser("naji"), TOKEN, label="办公系统", expires_on="2099-01-01")
    assert page.status_code == 422 and "到期日" in at(page, "expires_on") and 'value="办公系统"' in text(page)


def test_somebody_elses_token_does_not_exist(browser, world):
    client = browser("naji")
    send(client, TOKEN, label="办公系统", expires_on=world.today.isoformat())
    token = ApiToken.objects.get()
    for role in ("naji2", "liuhe", "security_admin"):
        assert browser(role).get(f"/account/token/{token.id}/revoke/").status_code == 404
        assert "办公系统" not in text(browser(role).get("/account/"))


def test_ones_own_log_ins_and_nobody_elses(browser, world):
    for name in ("naji", "liuhe"):
        acting = world.people[name]
        LoginRecord.objects.create(at="2026-01-01T00:00:00Z", event="in", username=name, user_id=acting.user_id, address=f"10.0.0.{name}")
    page = text(browser_of(world.people["naji"]).get("/account/"))
    assert "10.0.0.naji" in page and "10.0.0.liuhe" not in page
    assert "10.0.0.liuhe" not in text(browser_of(world.people["naji"]).get("/account/logins/"))
    assert 'href="/password/?next=/account/"' in page
