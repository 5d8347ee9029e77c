"""第三条: a meeting on its pages and over the API: who gets in, forms that come back as typed, constant costs, the excerpt in the case."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dutygate.features.conference.models import AgendaItem, Meeting
from dutygate.features.conference.tests.conftest import CAME, Conference
from dutygate.features.review.tests.conftest import Review
from tests.journey import Journey
from tests.pages.signed_in import browser_of, send, text
from tests.trips.calling import Caller, token_for

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def page(conference: Conference, who: str, name: str, *args: str, status: int = 200) -> str:
    answer = browser_of(conference.review.people[who]).get(reverse(name, args=args))
    assert answer.status_code == status, (who, name, answer.status_code)
    return text(answer)


def do(conference: Conference, step: str) -> str:
    return reverse("meeting_act", args=[conference.number, step])


def test_who_gets_in_and_who_does_not(conference: Conference) -> None:
    number = conference.review.number
    conference.held(number)
    for who, status in (
        ("lead", 200),
        ("legal", 200),
        ("finance", 200),
        ("city", 200),
        ("naji", 403),
        ("forestry", 403),
        ("committee", 403),
    ):
        page(conference, who, "meetings", status=status)
        page(conference, who, "rulings", status=status)
        page(conference, who, "meeting", conference.number, status=200 if status == 200 else 404)
        page(conference, who, "meeting_sheet", conference.number, number, status=200 if status == 200 else 404)
    for name in ("meeting_new", "member_new"):
        page(conference, "legal", name, status=403)
    page(conference, "legal", "meeting_act", conference.number, "adopt", status=403)
    page(conference, "naji", "meeting_act", conference.number, "adopt", status=404)
    page(conference, "lead", "meeting_act", conference.number, "nothing", status=404)
    page(conference, "lead", "meeting_sheet", conference.number, "150721-2026-0099", status=404)
    page(conference, "security_admin", "meetings", status=403)


def test_the_sheet_says_what_the_townships_carry_already(conference: Conference) -> None:
    """4.2, 5: before the conference concludes it reads what each township in scope carries, on the screen and on paper."""
    number = conference.review.number
    conference.call(number)
    shown = page(conference, "legal", "meeting_sheet", conference.number, number)
    printed = shown[shown.index('<article class="sheet review-sheet">') : shown.index("</article>")]
    load = printed[printed.index("乡镇现有负担") : printed.index("征求部门意见")]
    assert all(words in load for words in ("那吉镇", "今年应到经费（元）")) and "六合镇" not in load, "those in scope alone"


def test_the_desk_of_members_shows_what_goes_on_and_that_of_the_lead_what_waits(conference: Conference) -> None:
    desk = {who: page(conference, who, "home") for who in ("lead", "legal", "naji")}
    assert "等待上会的办件" in desk["lead"] and "等待上会的办件" not in desk["legal"] + desk["naji"]
    conference.call(conference.review.number)
    title = Meeting.objects.get().title
    desk = {who: page(conference, who, "home") for who in ("lead", "legal", "finance", "naji", "city")}
    assert [title in desk[who] for who in desk] == [True, True, True, False, False]
    assert "等待上会的办件" not in desk["lead"]
    assert reverse("meetings") in page(conference, "city", "home"), "the city above finds the meetings of its banners"
    conference.review.day(5)
    conference.came()
    conference.settle(conference.review.number)
    conference.finish()
    assert title not in page(conference, "legal", "home")


def test_a_meeting_by_its_forms(conference: Conference) -> None:
    review, client = conference.review, browser_of(conference.review.people["lead"])
    keys = [conference.key(unit) for unit in ("lead_office", "justice", "services_bureau", "finance")]
    given = {"form": "meeting", "members": keys, "cases": [review.number], "note": "请准时到会。"}
    back = send(client, reverse("meeting_new"), **given)
    assert back.status_code == 422
    assert all(words in text(back) for words in ("没有写明哪一天开会", "没有写明在哪里开会", "第三条", "请准时到会。"))
    done = send(client, reverse("meeting_new"), back, **given, held_on="2026-03-05", place="会议室", reply_by="2026-03-09")
    assert done.status_code == 302
    conference.number = Meeting.objects.get().number
    assert done.headers["Location"].endswith(f"/meetings/{conference.number}/")

    empty = send(client, do(conference, "agenda"))
    assert empty.status_code == 422 and "请选择要列入或者撤下的议题" in text(empty)
    off = send(client, do(conference, "agenda"), empty, remove=[review.number])
    assert off.status_code == 422 and "没有写明理由" in text(off)
    assert send(client, do(conference, "agenda"), off, remove=[review.number], reason="改期").status_code == 302
    assert send(client, do(conference, "agenda"), add=[review.number]).status_code == 302
    assert "改期" in page(conference, "legal", "meeting", conference.number)

    review.day(5)
    ids = {unit: review.journey.world.unit_id(role) for unit, role in zip(CAME, ("lead", "legal", "services"), strict=True)}
    rows: dict[str, Any] = {f"how_{ids[unit]}": "present" for unit in CAME}
    rows |= {f"person_{ids[unit]}": name for unit, name in CAME.items() if unit != "justice"}
    rows |= {f"how_{review.unit('finance')}": "absent", "guest_0": conference.key("forestry"), "guest_person_0": "孙科长"}
    back = send(client, do(conference, "attendance"), **rows)
    assert back.status_code == 422 and "没有写明阿荣旗司法局是谁参加的" in text(back) and "孙科长" in text(back)
    more = send(client, do(conference, "attendance"), back, intent="again", **rows, guest_person_1="", guest_person_2="")
    assert "guest_person_5" in text(more)
    assert send(client, do(conference, "attendance"), back, **rows, **{f"person_{ids['justice']}": "李科长"}).status_code == 302

    item = f"{do(conference, 'item')}?case={review.number}"
    assert client.get(do(conference, "item")).status_code == 404
    back = send(client, item, outcome="admit", text="")
    assert back.status_code == 422 and "结论没有写内容" in text(back)
    assert send(client, item, back, outcome="admit", text="由那吉镇协助。").status_code == 302

    draft = client.get(do(conference, "minutes"))
    for words in (
        "2026年3月5日，",
        "研究1项职责准入事项",
        "林草防火宣传",
        review.number,
        "乡镇意见：同意1个",
        "会议议定：同意准入。由那吉镇协助。",
    ):
        assert words in text(draft), words
    assert send(client, do(conference, "minutes"), draft, text="第一稿\r\n　　第二行").status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.minutes) == ("held", "第一稿\n　　第二行")
    assert "第一稿" in text(client.get(do(conference, "minutes"))) and "起草的稿子" not in text(client.get(do(conference, "minutes")))
    assert "第一稿" not in page(conference, "legal", "meeting", conference.number)
    page(conference, "legal", "meeting_minutes", conference.number, status=404)
    assert send(client, do(conference, "minutes"), intent="finish", text="议定如下。", number="纪要1号").status_code == 302
    for words in ("出席：", "李科长", "请假：", "列席：", "孙科长", "纪要1号"):
        assert words in page(conference, "legal", "meeting_minutes", conference.number)
    for who in ("naji", "forestry", "legal"):
        assert "由那吉镇协助。" in page(conference, who, "case_tab", review.number, "meetings")
    assert "由那吉镇协助。" in page(conference, "city", "rulings")


def test_parameters_are_set_on_a_form_and_read_as_set(conference: Conference) -> None:
    conference.held(conference.review.number)
    client, path = browser_of(conference.review.people["lead"]), do(conference, "adopt")
    first = {"effective_from": "2026-03-06", "guided_by": "呼编办〔2026〕3号"}
    back = send(client, path, **first)
    assert back.status_code == 422 and "请选择一个参数" in text(back)
    wrong = {"name_0": "review", "regular_0": "二十", "temporary_0": "7", **first}
    back = send(client, path, back, **wrong)
    assert back.status_code == 422 and "的值不合用" in text(back) and "联席会议审核时限" in text(back) and "二十" in text(back)
    right = {**wrong, "regular_0": "20", "name_1": "conclusion_needs_meeting", "regular_1": "是", "temporary_1": "是"}
    right |= {"name_2": "second_signature", "regular_2": "提交书面申请、形成审核意见", "temporary_2": "提交书面申请、形成审核意见"}
    assert send(client, path, back, **right).status_code == 302
    said = page(conference, "legal", "meeting", conference.number)
    assert "联席会议审核时限" in said and "呼编办〔2026〕3号" in said
    before = page(conference, "naji", "law_parameters")
    assert "联席会议规定：" not in before
    conference.review.day(6)
    after = page(conference, "naji", "law_parameters")
    assert "提交书面申请、形成审核意见" in after
    assert "20 个工作日" in after and "联席会议规定：阿荣旗职责准入联席会议（第1次）纪要（联席会议纪要〔2026〕1号）" in after
    # An open case says on its page that another text is in force now.
    assert "法规版本" in page(conference, "lead", "case", conference.review.number)


def test_a_member_is_appointed_on_a_form(conference: Conference) -> None:
    client = browser_of(conference.review.people["lead"])
    back = send(client, reverse("member_new"), unit=conference.key("water"), valid_from="2026-03-02")
    assert back.status_code == 422 and "没有写明依据" in text(back)
    given = {"unit": conference.key("water"), "valid_from": "2026-03-02", "document": "阿编发〔2026〕2号"}
    assert send(client, reverse("member_new"), back, **given).status_code == 302
    assert "阿荣旗水务局" in page(conference, "lead", "meeting_new")


def test_more_meetings_and_items_cost_no_more_statements(conference: Conference) -> None:
    review = conference.review
    conference.held(review.number)
    first = conference.number
    people = {who: browser_of(review.people[who]) for who in ("lead", "legal", "city")}
    called = {who: token_for(review.journey.world, who) for who in people}
    sheet = reverse("meeting_sheet", args=[first, review.number])
    paths = [
        reverse("meetings"),
        reverse("rulings"),
        reverse("meeting", args=[first]),
        sheet,
        "/api/v1/meetings",
        f"/api/v1/meetings/{first}",
    ]

    def counted() -> dict[tuple[str, str], int]:
        found = {}
        for who, client in people.items():
            for path in paths:
                bearer = {"Authorization": f"Bearer {called[who]}"} if path.startswith("/api/") else {}
                assert client.get(path, headers=bearer).status_code == 200, (who, path)
                with CaptureQueriesContext(connection) as caught:
                    client.get(path, headers=bearer)
                found[who, path] = len(caught)
        return found

    before = counted()
    review.day(9)
    cases = [Review(Journey(review.journey.world, "water").up_to("reviewing"), review.time) for _ in range(2)]
    for n, case in enumerate(cases):
        conference.call(case.number, held_on="2026-03-09")
        conference.came()
        conference.settle(case.number)
        conference.finish()
        row = AgendaItem.objects.get(meeting__number=conference.number)
        row.pk, row.meeting_id, row.ordinal = row.pk + 1000 + n, Meeting.objects.get(number=first).pk, n + 2
        row.save(force_insert=True)
    assert counted() == before


def test_the_api_says_the_same(conference: Conference) -> None:
    review = conference.review
    conference.call(review.number)
    review.day(5)
    conference.came()
    conference.settle(review.number)
    conference.do("lead", "minutes", text="第一稿")
    caller = {who: Caller(token_for(review.journey.world, who)) for who in ("lead", "legal", "naji")}
    one = f"/meetings/{conference.number}"
    seen = caller["legal"].get(one).data
    assert (seen["status"], seen["minutes"], seen["items"], seen["concluded"]) == ("held", "", 1, 1)
    assert seen["agenda"][0]["outcome"] == "admit" and seen["expected"] == {"meeting": 4}
    assert caller["lead"].get(one).data["minutes"] == "第一稿"
    assert caller["naji"].get(one).status == 404 and caller["naji"].get("/meetings").data["items"] == []
    assert caller["naji"].get(f"/cases/{review.number}").data["sections"]["meetings"] == []
    done = caller["lead"].act("conference.minutes", conference.number, {"text": "定稿。", "finish": True}, expected=seen["expected"])
    assert done.status == 200 and done.data["result"]["finished"] is True
    stale = caller["lead"].act("conference.minutes", conference.number, {"text": "再改。"}, expected=seen["expected"])
    assert stale.status == 409
    assert caller["naji"].get(f"/cases/{review.number}").data["sections"]["meetings"][0]["outcome"] == "admit"


def test_an_applicant_in_the_conference_sees_nothing_of_its_own_case_before_the_others(conference: Conference, applied_by: Any) -> None:
    own = applied_by("finance")  # 旗财政局 is a member, and applies itself
    own.journey.do(
        "lead", "review.substitute", seat=f"member:{conference.key('finance')}", substitute=conference.key("justice"), reason="回避"
    )
    own.journey.accept()
    conference.call(own.number)
    own.day(5)
    conference.came()
    conference.settle(own.number, text="还有不同意见。")
    assert "还有不同意见。" in page(conference, "legal", "meeting", conference.number)
    assert "还有不同意见。" not in page(conference, "finance", "meeting", conference.number)
    assert "还有不同意见。" not in page(conference, "finance", "meeting_sheet", conference.number, own.number)
    assert "还有不同意见。" not in page(conference, "finance", "case_tab", own.number, "meetings")
    conference.finish()
    assert "还有不同意见。" in page(conference, "finance", "case_tab", own.number, "meetings")


def test_everything_is_said_in_english_too(conference: Conference) -> None:
    conference.held(conference.review.number)
    client = browser_of(conference.review.people["lead"])
    client.cookies["django_language"] = "en"
    for path in (reverse("meetings"), reverse("meeting", args=[conference.number]), do(conference, "adopt"), reverse("rulings")):
        said = text(client.get(path, headers={"accept-language": "en"}))
        assert "Joint conference" in said or "Back to the meeting" in said, path
