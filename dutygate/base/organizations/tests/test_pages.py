"""登录与首页 (graded protection, GB/T 22239-2019): lock-out, first change, idle log-out, the acting post, both languages."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from dutygate.base.actions.models import SecurityEvent
from dutygate.base.actions.perform import perform
from dutygate.base.organizations import credentials
from dutygate.base.organizations.models import LoginRecord, User

PASSWORD, NEW = "Naji-2026!", "Liuhe-2027?"


@pytest.fixture
def clerk(office):
    acting = office.person("naji", "150721.naji", "handler")
    credentials.set_initial_password(acting.user_id, PASSWORD, must_change=False)
    return acting


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=False)


def log_in(browser, username="naji", password=PASSWORD, **more):
    return browser.post("/login/", {"username": username, "password": password, **more})


def text(response):
    return response.content.decode()


def test_without_login_the_first_page_asks_for_it(db, browser):
    assert browser.get("/").headers["Location"] == "/login/"
    page = text(browser.get("/login/"))
    assert "国家秘密" in page and '<html lang="zh-Hans">' in page


def test_who_logs_in_acts_in_her_only_post(clerk, browser):
    assert log_in(browser).headers["Location"] == "/"
    page = text(browser.get("/"))
    for said in ("NAJI", "那吉镇", "经办人", "工作台", "现在没有等您办的事"):
        assert said in page
    assert [(r.event, r.username, r.post_id) for r in LoginRecord.objects.all()] == [("in", "naji", clerk.post_id)]


def test_user_names_may_be_typed_in_capitals(clerk, browser):
    assert log_in(browser, " NAJI ").headers["Location"] == "/"


def test_a_wrong_password_tells_nothing_about_the_account(clerk, browser):
    known, unknown = log_in(browser, password="wrong"), log_in(browser, "nobody", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert "用户名或口令不对" in text(known) and "用户名或口令不对" in text(unknown)
    assert set(LoginRecord.objects.values_list("event", "username")) == {("failed", "naji"), ("failed", "nobody")}
    assert SecurityEvent.objects.filter(kind="login_failed").count() == 2


def test_five_failures_lock_the_account_even_for_the_right_password(clerk, browser):
    answers = [log_in(browser, password="wrong") for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 200, 429]
    elsewhere = log_in(Client(REMOTE_ADDR="10.0.0.9"))
    assert elsewhere.status_code == 429 and "账号已锁定" in text(elsewhere)
    assert "_auth_user_id" not in browser.session
    assert LoginRecord.objects.filter(event="locked").count() == 2


def test_another_account_is_not_locked_by_it(office, clerk, browser):
    other = office.person("liuhe", "150721.liuhe", "handler")
    credentials.set_initial_password(other.user_id, PASSWORD, must_change=False)
    for _ in range(5):
        log_in(browser, password="wrong")
    assert log_in(browser, "liuhe").headers["Location"] == "/"


def test_the_first_password_is_changed_before_anything_else(office, browser):
    acting = office.person("naji", "150721.naji", "handler")
    credentials.set_initial_password(acting.user_id, PASSWORD)
    assert log_in(browser, next="/post/").headers["Location"] == "/password/?next=%2Fpost%2F"
    for path in ("/", "/post/"):
        assert browser.get(path).headers["Location"] == "/password/"
    assert "第一次登录" in text(browser.get("/password/"))
    done = browser.post("/password/", {"old": PASSWORD, "new": NEW, "again": NEW, "next": "/post/"})
    assert done.headers["Location"] == "/post/"
    assert "那吉镇" in text(browser.get("/"))
    assert not User.objects.get(username="naji").must_change_password
    assert log_in(Client(), password=PASSWORD).status_code == 200
    assert log_in(Client(), password=NEW).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", NEW, NEW, "现在的口令不对"),
        (PASSWORD, PASSWORD, PASSWORD, "不能和现在的一样"),
        (PASSWORD, NEW, NEW + "x", "不一致"),
        (PASSWORD, "Ab1!", "Ab1!", "至少 8 位"),
        (PASSWORD, "onlysmallletters", "onlysmallletters", "四类中的三类"),
        (PASSWORD, "", "", "必填"),
    ],
)
def test_a_password_that_is_not_taken(clerk, browser, old, new, again, said):
    log_in(browser)
    answer = browser.post("/password/", {"old": old, "new": new, "again": again})
    assert answer.status_code == 200 and said in text(answer)
    assert User.objects.get(username="naji").check_password(PASSWORD)


def test_guessing_the_old_password_at_an_open_screen_locks_too(clerk, browser):
    log_in(browser)
    answers = [browser.post("/password/", {"old": f"wrong{n}", "new": NEW, "again": NEW}) for n in range(5)]
    assert answers[-1].status_code == 429
    assert browser.get("/").headers["Location"] == "/login/"


def test_other_sessions_end_with_the_old_password(clerk, browser):
    elsewhere = Client()
    log_in(browser)
    log_in(elsewhere)
    browser.post("/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert browser.get("/").status_code == 200
    assert elsewhere.get("/").headers["Location"] == "/login/"


def test_with_several_posts_one_is_chosen_and_can_be_changed(office, clerk, browser):
    second = office.system("post.appoint", "150721.liuhe", username="naji", kind="signatory", valid_from="2026-01-05").result["id"]
    assert log_in(browser, next="/?x=1").headers["Location"] == "/post/?next=%2F%3Fx%3D1"
    page = text(browser.get("/post/"))
    assert "那吉镇" in page and "六合镇" in page and "签发人" in page
    assert browser.get("/").headers["Location"] == "/post/"
    assert browser.post("/post/", {"post": second, "next": "/?x=1"}).headers["Location"] == "/?x=1"
    assert "六合镇 · 签发人" in text(browser.get("/"))
    browser.post("/post/", {"post": clerk.post_id})
    assert "那吉镇 · 经办人" in text(browser.get("/"))
    assert LoginRecord.objects.filter(event="post").count() == 2


def test_nobody_chooses_the_post_of_another_person(office, clerk, browser):
    other = office.person("liuhe", "150721.liuhe", "handler")
    log_in(browser)
    for post in (other.post_id, 0, "x", -1, 2**70):
        answer = browser.post("/post/", {"post": post})
        assert answer.status_code == 200 and "不由您担任" in text(answer)
    assert "那吉镇" in text(browser.get("/"))


def test_a_post_that_ended_is_no_longer_acted_in(administrators, clerk, browser):
    log_in(browser)
    perform(administrators("security_admin"), "post.end", "150721.naji", {"username": "naji", "kind": "handler"})
    assert "没有任何岗位" in text(browser.get("/", follow=True))
    assert "没有任何岗位" in text(browser.get("/post/"))


@pytest.mark.parametrize(("kind", "minutes"), [("handler", 30), ("security_admin", 15)])
def test_idle_sessions_end(office, browser, kind, minutes):
    acting = office.person("someone", "150721.services_bureau", kind)
    credentials.set_initial_password(acting.user_id, PASSWORD, must_change=False)
    log_in(browser, "someone")
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=minutes - 1) < left <= timedelta(minutes=minutes)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/").headers["Location"] == "/login/"


def test_looking_at_pages_writes_nothing(clerk, browser, django_assert_num_queries):
    log_in(browser)
    browser.get("/")
    # session, person, post, what is owed, the reference version, the lists counted, drafts, the reference version (for the seats), unread
    # messages, the reference version (for reports), reports, the tasks, posts with words
    with django_assert_num_queries(13) as seen:
        browser.get("/")
    assert all(q["sql"].startswith("SELECT") for q in seen.captured_queries)


def test_log_out_ends_the_session_and_is_no_link(clerk, browser):
    log_in(browser)
    assert browser.get("/logout/").status_code == 405
    assert browser.post("/logout/").headers["Location"] == "/login/"
    assert browser.get("/").headers["Location"] == "/login/"
    assert LoginRecord.objects.filter(event="out", post_id=clerk.post_id).exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_led_to_another_site(clerk, browser, target):
    assert log_in(browser, next=target).headers["Location"] == "/"
    assert browser.post("/post/", {"post": clerk.post_id, "next": target}).headers["Location"] == "/"


def test_a_form_without_its_token_is_refused_with_a_page_that_says_why(clerk):
    answer = log_in(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403 and "页面已过期" in text(answer)


def test_everything_is_there_in_english(clerk, browser):
    browser.post("/language/", {"language": "en", "next": "/login/"})
    login = text(browser.get("/login/"))
    assert '<html lang="en">' in login and "User name" in login
    assert "User name or" not in login and "The user name or the password is wrong" in text(log_in(browser, password="wrong"))
    log_in(browser)
    pages = [login] + [text(browser.get(path)) for path in ("/", "/password/", "/post/", "/nowhere/")]
    for page in pages:
        own = re.sub(r"那吉镇|阿荣旗|中文", "", page).replace("（naji）", "")
        assert not re.search(r"[\u4e00-\u9fff]", own), re.findall(r".*[\u4e00-\u9fff].*", own)


def test_no_page_carries_script_or_style_of_its_own_and_every_input_has_a_label(clerk, browser):
    login = browser.get("/login/")
    log_in(browser)
    for response in (login, *(browser.get(path) for path in ("/", "/password/", "/post/", "/nowhere/"))):
        page = text(response)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
        assert "<style" not in page and "style=" not in page and not re.search(r"\son\w+=", page)
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        for field in re.findall(r"<input(?![^>]*hidden)[^>]*>", page):
            name = re.search(r'id="([^"]+)"', field)
            assert name and re.search(f'<label[^>]* for="{name[1]}">', page)
        for address in re.findall(r'(?:href|src)="([^"]+)"', page):
            assert address.startswith(("/", "#")), address


def test_pages_of_refusal(clerk, browser, monkeypatch):
    log_in(browser)
    assert "没有这一页" in text(browser.get("/nowhere/"))
    browser.raise_request_exception = False

    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("dutygate.features.desk.web.count_own_tasks", broken)
    answer = browser.get("/")
    assert answer.status_code == 500 and "系统出错" in text(answer) and "RuntimeError" not in text(answer)


def test_busy_says_when_to_come_back(rf):
    from dutygate.base.ui.web import busy

    answer = busy(rf.get("/"), 7)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7") and "系统繁忙" in text(answer)


def test_passwords_are_checked_as_graded_protection_asks():
    names = [validator["NAME"].rsplit(".", 1)[-1] for validator in settings.AUTH_PASSWORD_VALIDATORS]
    assert "ThreeClassesValidator" in names
    assert settings.AXES_FAILURE_LIMIT == 5
