"""第三条: a meeting from its calling to finished minutes; who may do it, what is refused, who is told, who reads what."""

from __future__ import annotations

from typing import Any

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.features.conference.models import AgendaItem, Attendance, Meeting
from dutygate.features.conference.queries import (
    excerpts_of,
    items_of,
    meeting_visible,
    meetings_visible,
    minutes_of,
    rulings_visible,
    waiting_cases,
)
from dutygate.features.conference.tests.conftest import CALLED, Conference
from dutygate.features.review.tests.conftest import rows
from tests.world import BANNER


def codes(raised: Any) -> list[str]:
    return sorted(finding.code for finding in raised.value.findings)


def told(conference: Conference, kind: str, subject: str) -> set[str]:
    ids = rows("notices.OutboxMessage", kind=kind, subject=subject).values_list("unit_id", flat=True)
    return {conference.review.journey.world.by_unit.get(unit, "") for unit in ids}


def test_a_meeting_from_its_calling_to_its_minutes(conference: Conference) -> None:
    case = conference.review.case
    conference.call(case.number)
    meeting = Meeting.objects.get(number="150721-M-0001")
    assert (meeting.status, meeting.title) == ("called", "阿荣旗职责准入联席会议（第1次）")
    assert told(conference, "conference_called", meeting.number) == {"legal", "services", "finance"}
    assert not waiting_cases(conference.review.people["lead"]).exists()
    conference.review.day(5)
    conference.came(sits_in={"forestry": "孙科长"})
    conference.settle(case.number)
    conference.do("lead", "minutes", text="第一稿")
    assert Meeting.objects.get(pk=meeting.pk).status == "held"
    conference.finish(number="联席会议纪要〔2026〕1号")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes_number) == ("closed", "联席会议纪要〔2026〕1号")
    assert {(row.how, row.person) for row in Attendance.objects.filter(meeting=meeting)} == {
        *(("present", name) for name in ("王主任", "李科长", "赵科长")),
        ("absent", ""),
        ("sits_in", "孙科长"),
    }
    item = AgendaItem.objects.get(meeting=meeting)
    assert (item.outcome, item.revision) == ("admit", case.revision)
    assert {"forestry", "naji"} <= told(conference, "conference_dealt_with", case.number)
    # 会议的结论不是审核意见: the case stands where it stood.
    case.refresh_from_db()
    assert case.state == "reviewing" and not rows("review.ReviewConclusion", case=case).exists()


def test_only_the_lead_keeps_the_records_and_others_do_not_see_the_meeting(conference: Conference) -> None:
    for who in ("legal", "services", "finance", "forestry", "naji", "city"):
        with pytest.raises(NotAllowed):
            conference.call(who=who)
    conference.call(conference.review.number)
    conference.review.day(5)
    for who, refusal in (("legal", NotAllowed), ("finance", NotAllowed), ("city", NotAllowed), ("forestry", NotFound), ("naji", NotFound)):
        with pytest.raises(refusal):
            conference.do(who, "minutes", text="改一改")
    people = conference.review.people
    assert meeting_visible(people["city"], conference.number) == meeting_visible(people["finance"], conference.number)
    for who in ("forestry", "naji", "committee", "security_admin"):
        assert not meetings_visible(people[who]).exists()


def test_the_agenda_takes_waiting_cases_alone_until_the_meeting_is_held(conference: Conference, applied_by: Any) -> None:
    early = applied_by("water")
    with pytest.raises(Refused) as raised:
        conference.call(early.number)
    assert codes(raised) == ["case_not_waiting"]
    conference.call()
    first = conference.number
    conference.do("lead", "agenda", add=[conference.review.number])
    conference.call()
    with pytest.raises(Refused) as raised:
        conference.do("lead", "agenda", add=[conference.review.number])
    assert codes(raised) == ["case_on_another_agenda"]
    conference.number = first
    with pytest.raises(Refused) as raised:
        conference.do("lead", "agenda", remove=[{"case": conference.review.number}])
    assert codes(raised) == ["item_removed_without_reason"]
    conference.do("lead", "agenda", remove=[{"case": conference.review.number, "reason": "部门意见还没有到"}])
    assert AgendaItem.objects.get(meeting__number=first).removed_reason == "部门意见还没有到"
    conference.do("lead", "agenda", add=[conference.review.number])
    conference.review.day(5)
    conference.came()
    with pytest.raises(Refused) as raised:
        conference.do("lead", "agenda", remove=[{"case": conference.review.number, "reason": "不议了"}])
    assert codes(raised) == ["agenda_closed"]


def test_attendance_accounts_for_everybody_and_waits_for_the_day(conference: Conference) -> None:
    conference.call(conference.review.number)
    with pytest.raises(Refused) as raised:
        conference.came()
    assert codes(raised) == ["meeting_not_yet"]
    conference.review.day(5)
    with pytest.raises(Refused) as raised:
        conference.do("lead", "attendance", attendance=[{"unit": conference.key("lead_office"), "how": "present"}])
    assert codes(raised) == ["attendance_missing"] * 3 + ["attendance_without_name", "too_few_members"]
    with pytest.raises(Malformed):
        conference.came(absent=(), sits_in={"finance": "钱科长"})
    conference.came(sits_in={"forestry": "孙科长"})
    conference.came()  # anew: the list takes the place of the one before
    assert not Attendance.objects.filter(how="sits_in").exists()


def test_a_written_round_ends_with_its_last_day_or_the_last_answer(conference: Conference) -> None:
    conference.call(conference.review.number, form="written", reply_by="2026-03-09")
    meeting = Meeting.objects.get(number=conference.number)
    assert (meeting.place, str(meeting.day)) == ("", "2026-03-09")
    with pytest.raises(Refused) as raised:
        conference.came()
    assert codes(raised) == ["round_still_open"]
    conference.review.day(9)
    conference.came()


def test_minutes_are_finished_with_a_conclusion_for_every_item_and_then_nothing_changes(conference: Conference) -> None:
    number = conference.review.number
    conference.call(number)
    with pytest.raises(Refused) as raised:
        conference.settle(number)
    assert codes(raised) == ["meeting_not_held"]
    conference.review.day(5)
    conference.came()
    with pytest.raises(Refused) as raised:
        conference.finish("")
    assert codes(raised) == ["item_not_concluded", "minutes_without_text"]
    with pytest.raises(Refused) as raised:
        conference.settle("150721-2026-9999")
    assert codes(raised) == ["item_not_on_agenda"]
    conference.settle(number, "next_time", "等财政意见。")
    conference.finish()
    for again in (lambda: conference.came(), lambda: conference.settle(number), lambda: conference.finish("改")):
        with pytest.raises(Refused) as raised:
            again()
        assert "meeting_closed" in codes(raised)
    # 下次再议: the case waits again, and goes on another agenda.
    assert [case.number for case in waiting_cases(conference.review.people["lead"])] == [number]
    conference.call(number)


def test_a_stale_page_changes_nothing(conference: Conference) -> None:
    conference.call(conference.review.number)
    lead = conference.review.people["lead"]
    conference.do("lead", "agenda", remove=[{"case": conference.review.number, "reason": "改期"}])
    with pytest.raises(Conflict):
        perform(lead, "conference.agenda", conference.number, {"add": [conference.review.number]}, expected={"meeting": 1}, via="page")


def test_a_draft_is_the_leads_and_an_excerpt_comes_with_the_finished_minutes(conference: Conference) -> None:
    review, people = conference.review, conference.review.people
    conference.call(review.number)
    review.day(5)
    conference.came()
    conference.settle(review.number)
    conference.do("lead", "minutes", text="第一稿")
    meeting = Meeting.objects.get(number=conference.number)
    on = review.time.now.date()
    assert (minutes_of(people["lead"], meeting, on), minutes_of(people["legal"], meeting, on)) == ("第一稿", "")
    assert [len(excerpts_of(people[who], review.case)) for who in ("legal", "forestry", "naji")] == [1, 0, 0]
    assert items_of(people["legal"], meeting)[0].text and not rulings_visible(people["legal"]).exists()
    conference.finish()
    assert [len(excerpts_of(people[who], review.case)) for who in ("legal", "forestry", "naji", "city")] == [1, 1, 1, 1]
    assert [item.text for item in rulings_visible(people["legal"], "防火 协助")] == ["会议同意，防火宣传由乡镇协助。"]
    assert not rulings_visible(people["legal"], "河道").exists()
    assert not rulings_visible(people["forestry"]).exists()


def test_only_members_are_called(conference: Conference) -> None:
    with pytest.raises(Refused) as raised:
        conference.call(members=[conference.key("justice"), conference.key("water")])
    assert codes(raised) == ["called_is_no_member"]
    with pytest.raises(Malformed):
        conference.call(members=["150721.nobody"])
    conference.call(members=[conference.key("justice")])
    assert {row.unit_id for row in Attendance.objects.all()} == {conference.review.unit("lead"), conference.review.unit("legal")}


def test_a_member_is_appointed_on_minutes_or_a_document(conference: Conference) -> None:
    directory = conference.review.directory
    with pytest.raises(Refused) as raised:
        conference.do("lead", "appoint_member", BANNER, unit=conference.key("water"))
    assert codes(raised) == ["appointment_without_paper"]
    with pytest.raises(NotAllowed):
        conference.do("legal", "appoint_member", BANNER, unit=conference.key("water"), document="阿编发〔2026〕2号")
    with pytest.raises(Refused) as raised:
        conference.do("lead", "appoint_member", BANNER, unit=conference.key("justice"), document="阿编发〔2026〕2号")
    assert codes(raised) == ["conference_seat_held"]
    conference.call(conference.review.number)
    with pytest.raises(Refused) as raised:
        conference.do("lead", "appoint_member", BANNER, unit=conference.key("water"), meeting=conference.number)
    assert codes(raised) == ["minutes_not_finished"]
    conference.do("lead", "appoint_member", BANNER, unit=conference.key("water"), document="阿编发〔2026〕2号")
    assert conference.review.unit("water") in directory().members(conference.review.time.now.date())
    assert ("review.assess", "water") in conference.review.tasks()


def test_what_is_called_is_told_once_and_by_its_number(conference: Conference) -> None:
    assert CALLED["form"] == "meeting"
    conference.held(conference.review.number)
    assert told(conference, "minutes_finished", conference.number) == {"legal", "services", "finance"}
