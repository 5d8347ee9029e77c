"""人员和任职 (Article 3; GB/T 22239-2019): entered by one administrator, appointed by another, never one person all three."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.test import Client

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.organizations import credentials
from tests.pages.signed_in import browser_of, hidden, send, text

SecurityEvent = apps.get_model("actions.SecurityEvent")
ApiToken = apps.get_model("organizations.ApiToken")
LoginRecord = apps.get_model("organizations.LoginRecord")
Post = apps.get_model("organizations.Post")
User = apps.get_model("organizations.User")
Entry = apps.get_model("register.Entry")

NEW = "/administration/people/new/"
APPOINT = "/administration/people/appoint/?unit=150721.naji&person=forestry"
END = "/administration/people/end/?unit=150721.naji&person=naji&post=handler"


def password_on(page):
    found = re.search(r'<dd class="code secret">([^<]+)</dd>\s*</dl>', text(page))
    return found.group(1) if found else ""


def test_a_person_is_entered_and_the_first_password_opens_the_door_once(browser, world):
    client = browser("system_admin")
    page = send(client, NEW, name="王丽", username="wang.li")
    password = password_on(page)
    assert page.status_code == 200 and re.fullmatch(r"\w{4}-\w{4}-\w{4}", password) and "no-store" in page.headers["Cache-Control"]
    assert password not in text(client.get("/administration/person/wang.li/"))
    assert not Entry.objects.filter(sealed__contains=password).exists()
    assert SecurityEvent.objects.filter(kind="password_set", detail__username="wang.li").count() == 1
    new = Client()
    assert new.post("/login/", {"username": "wang.li", "password": password}).headers["Location"].startswith("/password/")
    assert User.objects.get(username="wang.li").must_change_password


def test_the_same_form_sent_twice_makes_one_person_and_shows_no_second_password(browser):
    client = browser("system_admin")
    filled = {**hidden(client.get(NEW)), "_intent": "do", "name": "王丽", "username": "wang.li"}
    first = client.post(NEW, filled)
    before = User.objects.get(username="wang.li").password
    second = client.post(NEW, filled)
    assert password_on(first) and (second.status_code, second.headers["Location"]) == (302, "/administration/person/wang.li/")
    assert User.objects.get(username="wang.li").password == before
    assert "已经显示过了" in text(client.get("/administration/person/wang.li/"))


@pytest.mark.parametrize(("typed", "status", "said"), [("naji", 409, "已经有了"), ("王丽", 422, "只能用小写字母"), ("", 422, "必填")])
def test_a_user_name_is_refused_at_its_field(browser, typed, status, said):
    page = send(browser("system_admin"), NEW, name="王丽", username=typed)
    field = text(page)[text(page).index('id="f_username"') :]
    assert page.status_code == status and said in field and 'value="王丽"' in text(page)


def test_a_lost_first_password_is_made_again_but_never_ones_own(browser, world):
    client = browser("system_admin")
    first = password_on(send(client, NEW, name="王丽", username="wang.li"))
    second = password_on(client.post("/administration/person/wang.li/first-password/"))
    assert second and second != first
    user = User.objects.get(username="wang.li")
    assert user.check_password(second) and not user.check_password(first)
    for person in ("wang.li", "naji"):
        user = User.objects.get(username=person)
        credentials.change_password(user, "Her-Own-2026", "2026-01-01T00:00:00Z")
        assert client.post(f"/administration/person/{person}/first-password/").status_code == 302
        assert User.objects.get(username=person).check_password("Her-Own-2026")
        assert "重发首次口令" not in text(client.get(f"/administration/person/{person}/"))
    assert browser("security_admin").post("/administration/person/wang.li/first-password/").status_code == 403


def test_who_is_new_waits_for_her_post_where_she_was_entered(browser, elsewhere):
    send(browser("system_admin"), NEW, name="王丽", username="wang.li")
    page = text(browser("security_admin").get("/administration/people/"))
    assert "wang.li" in page and "还没有任职" in page
    assert "wang.li" not in text(browser_of(elsewhere.people["security_admin"]).get("/administration/people/"))


def test_a_person_is_appointed_from_the_unit_and_from_her_own_page(browser, world):
    client = browser("security_admin")
    assert "/administration/people/?unit=150721.naji" in text(client.get("/administration/units/150721.naji/"))
    chosen = text(client.get("/administration/people/?unit=150721.naji&q=forestry"))
    assert APPOINT.replace("&", "&amp;") in chosen and "请选人" in chosen
    assert APPOINT.replace("&", "&amp;") in text(client.get("/administration/?person=forestry&q=那吉"))
    done = send(client, APPOINT, kind="signatory")
    assert done.headers["Location"] == "/administration/person/forestry/"
    post = Post.objects.get(user__username="forestry", unit__key="150721.naji")
    assert (post.kind, post.valid_from) == ("signatory", world.today)
    page = text(client.get("/administration/person/forestry/"))
    assert "那吉镇" in page and "签发人" in page


def test_never_one_person_all_three_and_the_rule_says_so_at_its_field(browser):
    client = browser("security_admin")
    path = "/administration/people/appoint/?unit=150721.services_bureau&person=system.admin"
    page = send(client, path, kind="audit_admin")
    at = text(page)[text(page).index('id="f_kind') :].partition('id="f_valid_from"')[0]
    assert page.status_code == 422 and "三员必须由不同的人担任" in at and 'href="/law/3/"' in at
    assert not Post.objects.filter(user__username="system.admin", kind="audit_admin").exists()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"kind": "handler", "valid_from": "2020-01-01"}, "valid_from", "还没有设立"),
        ({"kind": "handler", "valid_from": "2026-03-01", "last_day": "2026-02-01"}, "last_day", "结束日期应当晚于开始日期"),
        ({}, "kind", "必填"),
    ],
)
def test_a_post_is_refused_at_its_field(browser, typed, field, said):
    page = send(browser("security_admin"), APPOINT, **typed)
    at = text(page)[text(page).index(f'id="f_{field}') :].partition('<div class="field')[0]
    assert page.status_code == 422 and said in at


def test_a_post_held_already_is_said(browser):
    page = send(browser("security_admin"), "/administration/people/appoint/?unit=150721.naji&person=naji", kind="handler")
    assert page.status_code == 422 and "任期不能重叠" in text(page)


def test_a_post_ends_and_stays_readable(browser, world):
    client = browser("security_admin")
    assert END.replace("&", "&amp;") in text(client.get("/administration/person/naji/"))
    done = send(client, END, reason="调离")
    assert done.headers["Location"] == "/administration/person/naji/"
    assert Post.objects.get(user__username="naji").valid_to == world.today
    page = text(client.get("/administration/person/naji/"))
    assert "现在没有任职" in page and "以前的任职" in page
    again = send(client, END)
    assert again.status_code == 422 and "无从免去" in text(again)[text(again).index('id="f_ends_on"') :]
    assert browser_of(world.people["naji"]).get("/account/").headers["Location"].startswith("/post/")


def test_people_are_found_and_paged(browser, world):
    client = browser("system_admin")
    for n in range(60):
        perform(system_acting(), "user.create", "", {"username": f"zz{n:02d}", "name": f"周{n}"}, via="import")
    first = text(client.get("/administration/people/?q=zz"))
    assert "zz00" in first and "zz49" in first and "zz50" not in first and "?q=zz&amp;after=zz49" in first
    second = text(client.get("/administration/people/?q=zz&after=zz49"))
    assert "zz50" in second and "zz59" in second and "zz49<" not in second and "下一页" not in second
    assert "没有找到这个人" in text(client.get("/administration/people/?q=没有"))


def test_the_security_administrator_revokes_somebody_elses_token(browser, world, elsewhere):
    def token_of(acting):
        made = perform(acting, "token.issue", str(acting.post_id), {"label": "办公系统", "expires_on": world.today}, via="api")
        return int(made.result["id"])

    ours, theirs = token_of(world.people["naji"]), token_of(elsewhere.people["clerk"])
    client = browser("security_admin")
    path = f"/administration/person/naji/tokens/{ours}/revoke/"
    assert path in text(client.get("/administration/person/naji/"))
    assert path not in text(browser("system_admin").get("/administration/person/naji/"))
    assert send(client, path, reason="遗失").status_code == 302
    assert ApiToken.objects.get(pk=ours).revoked_at is not None
    assert client.get(f"/administration/person/naji/tokens/{theirs}/revoke/").status_code == 404
    assert browser("system_admin").get(path).status_code == 403


def lock(username):
    for _ in range(5):
        Client().post("/login/", {"username": username, "password": "wrong"})


def test_a_locked_account_is_shown_unlocked_and_noted(browser, world):
    credentials.set_initial_password(world.people["naji"].user_id, "Naji-2026!", must_change=False)
    lock("naji")
    assert Client().post("/login/", {"username": "naji", "password": "Naji-2026!"}).status_code == 429
    client = browser("security_admin")
    page = text(client.get("/administration/logins/"))
    assert '<input type="hidden" name="username" value="naji">' in page and "口令不对" in page
    assert client.post("/administration/logins/unlock/", {"username": "naji"}).status_code == 302
    assert Client().post("/login/", {"username": "naji", "password": "Naji-2026!"}).status_code == 302
    noted = SecurityEvent.objects.get(kind="account_unlocked")
    assert (noted.user_id, noted.detail) == (world.people["security_admin"].user_id, {"username": "naji"})
    assert "没有锁定的账号" in text(client.get("/administration/logins/"))
    assert client.post("/administration/logins/unlock/", {"username": "naji"}).status_code == 404


def test_locks_and_log_ins_elsewhere_are_none_of_ours(browser, elsewhere):
    lock("nierji")
    lock("nobody")
    client = browser("security_admin")
    page = text(client.get("/administration/logins/"))
    assert "nierji" not in page and "nobody" in page
    assert client.post("/administration/logins/unlock/", {"username": "nierji"}).status_code == 404
    assert browser("system_admin").post("/administration/logins/unlock/", {"username": "nobody"}).status_code == 403
    assert "nierji" in text(browser_of(elsewhere.people["security_admin"]).get("/administration/logins/"))


def test_log_in_records_are_narrowed(browser, world):
    user = User.objects.get(username="naji")
    for day, event in (("2026-02-01T04:00:00Z", "in"), ("2026-02-02T04:00:00Z", "failed")):
        LoginRecord.objects.create(at=day, event=event, username="naji", user=user, address="10.0.0.7")
    client = browser("security_admin")
    day = text(client.get("/administration/logins/?since=2026-02-02&until=2026-02-02"))
    assert "2026年2月2日" in day and "2026年2月1日" not in day.partition("最早的一条")[2].partition("<form")[2]
    assert "10.0.0.7" in text(client.get("/administration/logins/?username=naj&event=failed"))
    assert "没有符合条件" in text(client.get("/administration/logins/?username=liuhe"))
    assert client.get("/administration/logins/?since=nonsense&before=x").status_code == 200
