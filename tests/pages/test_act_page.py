"""办理页: nothing typed is ever lost, a refusal stands at its field with its article (Articles 1, 4.3, 7; REGULATION "all")."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from dutygate.base.actions.models import Draft
from dutygate.base.organizations import credentials
from dutygate.base.register.models import Entry
from dutygate.features.cases.models import Case
from tests.pages.signed_in import browser_of, hidden, send, text

NEW = "/cases/new/"
OPEN = {
    "title": "林草防火宣传",
    "track": "regular",
    "declared_class": "public_service",
    "handles_emergency": "no",
    "mode": "assign",
    "necessity": "乡镇熟悉各村情况",
}


def entries(action="case.open"):
    return list(Entry.objects.filter(action=action).order_by("id").values_list("outcome", flat=True))


def test_a_case_is_opened_from_the_page_and_goes_on_to_the_next_step(world):
    client = browser_of(world.people["forestry"])
    done = send(client, NEW, **OPEN)
    case = Case.objects.get()
    assert (done.status_code, done.headers["Location"]) == (302, f"/cases/{case.number}/write/townships/")
    assert (case.title, case.track, case.mode) == ("林草防火宣传", "regular", "assign")
    assert entries() == ["permitted"]
    assert Entry.objects.get(action="case.open").via == "page"


def test_a_forbidden_matter_is_refused_at_its_field_with_article_and_road(world):
    client = browser_of(world.people["forestry"])
    page = send(client, NEW, **{**OPEN, "declared_class": "licence", "title": "林木采伐许可证核发"})
    said = text(page)
    assert page.status_code == 422 and not Case.objects.exists() and entries() == ["refused"]
    at_field = said[said.index('id="f_declared_class"') :]
    assert "不能通过职责准入交给乡镇" in at_field and "按赋权程序" in at_field and 'href="/law/1/"' in at_field
    assert 'value="林木采伐许可证核发"' in said  # as typed


def test_a_form_that_is_not_whole_comes_back_as_typed_and_leaves_no_entry(world):
    client = browser_of(world.people["forestry"])
    page = send(client, NEW, title="防", necessity="只写了这一句")
    said = text(page)
    assert page.status_code == 422 and entries() == []
    assert "只写了这一句" in said and 'href="#f_' in said and 'aria-invalid="true"' in said


def test_typed_text_is_kept_as_a_draft_and_is_there_again(world):
    client = browser_of(world.people["forestry"])
    assert send(client, NEW, intent="draft", title="先写个题目").status_code == 302
    again = text(client.get(NEW))
    assert 'value="先写个题目"' in again and "上次填到这里" in again
    desk = text(client.get("/desk/drafts/"))
    assert "先写个题目" in desk and 'href="/cases/new/"' in desk
    assert "先写个题目" not in text(browser_of(world.people["forestry2"]).get(NEW)), "a draft is its writer's alone"
    send(client, NEW, **OPEN)
    assert not Draft.objects.exists(), "gone with the act"


def test_what_the_page_saves_by_itself_after_the_act_is_not_left_as_a_draft(world):
    client = browser_of(world.people["forestry"])
    typed = {**hidden(client.get(NEW)), **OPEN}

    def saved(**more):
        answer = client.post(NEW, {**typed, **more, "_intent": "draft"}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return Draft.objects.count()

    assert saved() == 1
    refused = client.post(NEW, {**typed, "declared_class": "licence", "_intent": "do"})
    assert refused.status_code == 422 and saved() == 1, "a refusal is no end"
    again = {**hidden(refused), **OPEN}
    assert client.post(NEW, {**again, "_intent": "do"}).status_code == 302 and not Draft.objects.exists()
    assert saved(**again) == 0
    assert saved(**hidden(client.get(NEW))) == 1, "the next one is kept"


def test_a_draft_can_be_thrown_away(world):
    client = browser_of(world.people["forestry"])
    send(client, NEW, intent="draft", title="先写个题目")
    assert send(client, NEW, intent="discard").status_code == 302
    assert "先写个题目" not in text(client.get(NEW)) and not Draft.objects.exists()


def test_while_typing_the_rules_are_tried_out_and_nothing_is_entered(world):
    client = browser_of(world.people["forestry"])
    given = {**hidden(client.get(NEW)), "_intent": "check", **OPEN, "declared_class": "penalty"}
    partial = client.post(NEW, given, headers={"HX-Request": "true"})
    assert partial.status_code == 200 and "<html" not in text(partial)
    assert "行政处罚" in text(partial) and "/law/1/" in text(partial) and entries() == []
    good = client.post(NEW, {**given, "declared_class": "routine"}, headers={"HX-Request": "true"})
    assert "没有发现问题" in text(good)
    whole = client.post(NEW, given)
    assert "没有提交" not in text(whole) and "现在提交，会有下面的问题" in text(whole)


def test_the_same_form_sent_twice_opens_one_case(world):
    client = browser_of(world.people["forestry"])
    given = {**hidden(client.get(NEW)), "_intent": "do", **OPEN}
    first, second = client.post(NEW, given), client.post(NEW, given)
    assert first.headers["Location"] == second.headers["Location"] and Case.objects.count() == 1


def test_a_page_opened_in_another_post_does_not_act_in_this_one(world):
    other = browser_of(world.people["forestry"])
    form = hidden(other.get(NEW))
    client = browser_of(world.people["forestry2"])
    page = client.post(NEW, {**form, "_intent": "do", **OPEN})
    assert page.status_code == 409 and "另一个岗位" in text(page) and 'value="林草防火宣传"' in text(page)
    assert not Case.objects.exists()


def test_the_session_ends_in_the_middle_and_the_text_is_there_after_the_login(world):
    acting = world.people["forestry"]
    credentials.set_initial_password(acting.user_id, "Linye-2026!", must_change=False)
    client = browser_of(acting)
    given = {**hidden(client.get(NEW)), "_intent": "do", **OPEN, "title": "写到一半的题目"}
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    login = client.post(NEW, given)
    assert login.status_code == 401 and "没有丢" in text(login) and not Case.objects.exists()
    carried = re.search(r'name="typed" value="([^"]*)"', text(login))
    assert carried
    wrong = client.post("/login/", {"username": "forestry", "password": "no", "typed": unescape(carried[1]), "next": NEW})
    assert 'name="typed"' in text(wrong), "a slip at the log-in loses nothing either"
    entered = client.post("/login/", {"username": "forestry", "password": "Linye-2026!", "typed": unescape(carried[1]), "next": NEW})
    assert entered.headers["Location"] == NEW
    assert 'value="写到一半的题目"' in text(client.get(NEW))
    assert 'value="写到一半的题目"' not in text(client.get(NEW)), "once; from then on it is a draft or nothing"


def test_somebody_else_at_the_same_screen_does_not_get_the_text(world):
    client = browser_of(world.people["forestry"])
    given = {**hidden(client.get(NEW)), "_intent": "do", **OPEN, "title": "别人不该看到"}
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    login = text(client.post(NEW, given))
    carried = re.search(r'name="typed" value="([^"]*)"', login)
    other = world.people["agriculture"]
    credentials.set_initial_password(other.user_id, "Nongmu-2026!", must_change=False)
    client.post("/login/", {"username": "agriculture", "password": "Nongmu-2026!", "typed": unescape(carried[1]), "next": NEW})
    assert "别人不该看到" not in text(client.get(NEW))


def test_who_may_not_open_a_case_is_told_why(world):
    for role in ("naji", "lead", "city"):
        page = browser_of(world.people[role]).get(NEW)
        expected = 200 if world.people[role].unit_kind == "department" else 403
        assert page.status_code == expected, role
        if expected == 403:
            assert "第四条" in text(page)
    assert Client().get(NEW).headers["Location"].startswith("/login/")
