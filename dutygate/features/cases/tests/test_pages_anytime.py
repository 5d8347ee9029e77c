"""贯穿全程 on the page (Article 4.1): give the matter up, hand a task to a colleague, correct what was entered and have it confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.organizations.typed import mark_of
from tests.journey import Journey
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def on(case: Journey, who: str, action: str) -> tuple[Any, str]:
    return browser_of(case.people[who]), f"/cases/{case.number}/do/{action}/"


# 撤回事项


def test_withdrawn_with_a_reason_and_who_is_told_is_said_before(journey: Start) -> None:
    case = journey().up_to("consulting")
    client, path = on(case, "forestry", "case.withdraw")
    page = client.get(path)
    assert "那吉镇、六合镇、亚东镇" in text(page) and "不能再接着办" in text(page)
    answer = press(client, path, page)
    assert answer.status_code == 422 and "没有写明理由" in text(answer) and "第四条（一）" in text(answer) and case.state == "consulting"
    answer = press(client, path, answer, reason="条件不成熟")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/cases/{case.number}/register/"
    assert case.state == "withdrawn"


def test_not_withdrawn_once_a_body_has_decided_and_the_words_are_kept(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "forestry", "case.withdraw")
    opened = client.get(path)
    case.decide("banner_government")
    answer = press(client, path, opened, reason="不办了")
    assert answer.status_code == 422 and "不能再撤回" in text(answer) and form_of(answer)["reason"] == ["不办了"]


def test_only_the_applicant_withdraws(journey: Start) -> None:
    case = journey().up_to("consulting")
    for who, status in (("naji", 403), ("lead", 403), ("outsider", 404)):
        client, path = on(case, who, "case.withdraw")
        assert client.get(path).status_code == status
    assert press(*on(case, "naji", "case.withdraw"), reason="替他撤").status_code == 403
    assert case.state == "consulting"


# 转办、委托


def test_a_task_is_handed_to_the_only_colleague_without_choosing(journey: Start) -> None:
    case = journey().up_to("consulting")
    client, path = on(case, "naji", "case.reassign")
    page = client.get(path)
    assert form_of(page)["user"] == ["naji2"] and form_of(page)["task"] == ["consultation.reply"]
    assert "naji2 · 经办人" in text(page) and "liuhe" not in text(page)
    assert press(client, path, page).status_code == 302
    assert rows("cases.Assignment").get().user_id == case.people["naji2"].user_id
    assert "转办，自" in text(client.get(path))


def test_a_stand_in_has_days_in_order(journey: Start) -> None:
    case = journey().up_to("consulting")
    client, path = on(case, "naji", "case.stand_in")
    today = case.world.today
    assert form_of(client.get(path))["from_on"] == [str(today)]
    answer = press(client, path, from_on=str(today), to_on=str(today - timedelta(days=1)))
    assert answer.status_code == 422 and "止日不能早于起日" in text(answer)
    assert press(client, path, answer, to_on=str(today + timedelta(days=3))).status_code == 302
    row = rows("cases.Assignment").get()
    assert (row.kind, row.from_on, row.to_on) == ("stand_in", today, today + timedelta(days=3))


def test_who_works_alone_is_told_so(journey: Start) -> None:
    case = journey().up_to("consulting")
    client, path = on(case, "liuhe", "case.reassign")
    page = text(client.get(path))
    assert "只有您一个人有经办的岗位" in page and 'class="act"' not in page


def test_who_owes_nothing_hands_nothing_on(journey: Start) -> None:
    case = journey().up_to("consulting")
    client, path = on(case, "forestry", "case.reassign")
    assert client.get(path).status_code == 403


# 更正


def test_everything_the_unit_entered_is_offered_with_its_value_and_nothing_else(journey: Start) -> None:
    case = journey().up_to("agreed")
    client, path = on(case, "naji", "record.correct")
    page = text(client.get(path))
    assert "那吉镇的答复" in page and "六合镇的答复" not in page
    assert 'target=opinion%3A150721.naji&amp;field=answer"' in page and 'class="act"' not in page
    assert "没有本单位录入" in text(browser_of(case.people["lead"]).get(path))
    assert browser_of(case.people["outsider"]).get(path).status_code == 404


def test_corrected_by_one_confirmed_by_another_and_the_old_value_stays(journey: Start) -> None:
    case = journey().up_to("agreed")
    client, path = on(case, "naji", "record.correct")
    path += "?target=opinion:150721.naji&field=answer"
    page = client.get(path)
    assert "原来的内容" in text(page) and form_of(page).get("new") is None
    answer = press(client, path, page, new="disagree")
    assert answer.status_code == 422 and "没有写明理由" in text(answer) and form_of(answer)["new"] == ["disagree"]
    assert press(client, path, answer, reason="录错了").status_code == 302
    assert rows("application.Scope", unit=case.world.unit_id("naji")).get().answer == "agree"

    _, confirm = on(case, "naji", "record.confirm")
    own = text(client.get(confirm))
    assert "另一个人登录后确认" in own and 'class="act"' not in own
    second = browser_of(case.people["naji2"])
    assert "do/record.confirm/" in text(second.get(f"/cases/{case.number}/"))
    page = second.get(confirm)
    assert "同意" in text(page) and "不同意" in text(page) and "录错了" in text(page) and "naji " in text(page)
    assert press(second, confirm, page).status_code == 302
    assert rows("application.Scope", unit=case.world.unit_id("naji")).get().answer == "disagree"

    register = text(second.get(f"/cases/{case.number}/register/"))
    assert "那吉镇的答复" in register and "已确认：naji2" in register
    assert "那吉镇的答复" not in text(browser_of(case.people["liuhe"]).get(f"/cases/{case.number}/register/"))
    assert "do/record.confirm/" not in text(second.get(f"/cases/{case.number}/"))
    assert "没有等本单位确认的更正" in text(second.get(confirm))


def test_who_entered_it_cannot_confirm_it_by_sending_the_form_all_the_same(journey: Start) -> None:
    case = journey().up_to("agreed")
    case.do("naji", "record.correct", target="opinion:naji", field="reason", new="另有理由", reason="漏录")
    second, path = on(case, "naji2", "record.confirm")
    fields = form_of(second.get(path))
    first = case.people["naji"]
    answer = browser_of(first).post(path, {**fields, "_intent": "do"})
    assert answer.status_code == 409  # the form was opened by somebody else
    mine = mark_of(first.user_id, first.post_id, f"record.confirm:{case.number}")
    answer = browser_of(first).post(path, {**fields, "_intent": "do", "_mark": mine})
    assert answer.status_code == 422 and "录入人以外的第二个人" in text(answer)
    assert rows("cases.Correction").get().confirmed_at is None


def test_a_no_becomes_a_yes_only_with_a_new_document(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.reply("naji", answer="disagree", reason="没有人手")
    client, path = on(case, "naji", "record.correct")
    path += "?target=opinion:150721.naji&field=answer"
    answer = press(client, path, new="agree", reason="领导改了意见")
    assert answer.status_code == 422 and "没有附新的文件" in text(answer)
    assert form_of(answer)["reason"] == ["领导改了意见"]
    assert press(client, path, answer, document_number="那政函〔2026〕8号").status_code == 302
    assert rows("cases.Correction").get().document_number == "那政函〔2026〕8号"


def test_nothing_is_corrected_into_itself(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee")
    client, path = on(case, "committee", "record.correct")
    path += "?target=decision:banner_committee:1&field=dated_on"
    answer = press(client, path, reason="核对")
    assert answer.status_code == 422 and "没有改动" in text(answer) and not rows("cases.Correction").exists()
    answer = press(client, path, answer, new=str(case.world.today + timedelta(days=1)))
    assert answer.status_code == 422 and "不能晚于现在" in text(answer)
    answer = press(client, path, answer, new=str(case.world.today - timedelta(days=1)))
    assert answer.status_code == 302
    assert rows("cases.Correction").get().new == str(case.world.today - timedelta(days=1))


def test_an_outcome_that_is_corrected_is_void_and_that_is_said_before(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    case.decide_banner()
    client, path = on(case, "government", "record.correct")
    page = client.get(f"{path}?target=decision:banner_government:1&field=outcome")
    assert "就是作废这份决定" in text(page) and "旗政府的决定（第1次上报）" in text(page)
    assert (
        press(client, f"{path}?target=decision:banner_government:1&field=outcome", page, new="against", reason="录错了").status_code == 302
    )
    assert press(*on(case, "government2", "record.confirm")).status_code == 302
    assert case.state == "banner_decision"


def test_what_can_no_longer_be_corrected_is_not_offered(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    said = text(browser_of(case.people["naji"]).get(f"/cases/{case.number}/do/record.correct/"))
    assert "field=document_number" in said and "field=answer" not in said
    said = text(browser_of(case.people["city"]).get(f"/cases/{case.number}/do/record.correct/"))
    assert "field=dated_on" in said and "field=outcome" not in said and "field=effective_on" not in said
    said = text(browser_of(case.people["lead"]).get(f"/cases/{case.number}/do/record.correct/"))
    assert "target=notice%3A" in said
    said = text(browser_of(case.people["finance"]).get(f"/cases/{case.number}/do/record.correct/"))
    assert "阿荣旗财政局反馈的意见" in said


def test_a_correction_waits_in_the_messages_of_the_unit(journey: Start) -> None:
    case = journey().up_to("agreed")
    case.do("naji", "record.correct", target="opinion:naji", field="reason", new="另有理由", reason="漏录")
    assert "要由本单位另一个人确认" in text(browser_of(case.people["naji2"]).get("/messages/"))
    assert "要由本单位另一个人确认" not in text(browser_of(case.people["liuhe"]).get("/messages/"))


@pytest.mark.parametrize("action", ["case.withdraw", "case.reassign", "record.correct", "record.confirm"])
def test_the_pages_cost_the_same_however_many_townships(journey: Start, action: str) -> None:
    found = []
    for townships in (("naji",), ("naji", "liuhe", "yadong")):
        case = journey(townships=townships).up_to("consulting")
        for role in townships:
            case.do("forestry", "consultation.reply", answer="agree", **case.on_paper("forestry", role))
        case.do("forestry", "record.correct", target="opinion:naji", field="reason", new="补录", reason="漏录")
        client, path = on(case, "forestry", action)
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        found.append([q["sql"] for q in seen.captured_queries])
    few, many = found
    assert len(few) == len(many), [sql for sql in many if sql not in few]


def test_english(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.reply("naji", answer="disagree", reason="没有人手")
    client, path = on(case, "naji", "record.correct")
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get(path))
    assert "Reply of 那吉镇" in page and "As it stands" in page and "Disagree" in page
    client, path = on(case, "forestry", "case.withdraw")
    client.post("/language/", {"language": "en", "next": "/"})
    assert "These units will be told:" in text(client.get(path))
