"""7, 8: a report from its beginning to its ends, who may do what with it, what each side sees, and what the register keeps of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotDone, NotFound, Refused
from dutygate.base.register.queries import heads_of, public_heads
from dutygate.base.register.verify import verify_all
from dutygate.features.supervision.models import HandoverReport, ReportFile, ReportReminder
from dutygate.features.supervision.queries import here, report_seen, reports_page
from tests.rows import rows
from tests.supervision import MARKER, Reported, a_mandate, brought, with_oversight
from tests.world import BANNER, World


@pytest.fixture
def place(world: World) -> World:
    return with_oversight(world)


def _seen(place: World, who: str, report: Reported) -> Any:
    viewer = place.people[who]
    return report_seen(viewer, here(viewer, place.today), report.id)


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_report_is_examined_corrected_and_closed(place: World) -> None:
    report = Reported(place, files=[brought(place, "naji")]).up_to("closed")
    row = report.row
    assert (row.finding, row.correction_confirmed, row.outcome, row.ended_on) == ("handed_down", True, "已经撤回责任状", place.today)
    assert row.correct_by == here(place.people["discipline"], place.today).directory.calendar().add_working_days(place.today, 10).day
    told = _seen(place, "naji", report)
    assert (told.side, told.outcome, told.finding) == ("reporter", "已经撤回责任状", "handed_down")
    assert verify_all() == []
    found = replay()
    assert found.holds and found.apart == rows("register.Entry").filter(chain__key=f"{BANNER}-s").count() == 9


def test_what_is_not_corrected_is_sent_back_and_referred(place: World) -> None:
    report = Reported(place).up_to("corrected")
    with pytest.raises(Refused) as refused:
        report.do("discipline", "check_correction", accepted=False)
    assert _codes(refused) == ["reason_missing"]
    report.do("discipline", "check_correction", accepted=False, text="只撤了一半")
    assert report.row.state == "ordered" and not report.row.correction_confirmed
    with pytest.raises(Refused) as refused:
        report.do("discipline", "refer", to="旗委组织部")
    assert _codes(refused) == ["referral_incomplete"] * 3
    report.do("discipline", "refer", to="市纪委监委", document_number="阿纪函〔2024〕7号", dated_on=place.today, reason="逾期不改")
    assert report.row.state == "referred" and _seen(place, "naji", report).referred_to == "市纪委监委"


def test_an_emergency_is_marked_and_not_punished(place: World) -> None:
    report = Reported(place).up_to("heard")
    report.do("discipline", "find", outcome="emergency", text="山火扑救")
    with pytest.raises(Refused) as refused:
        report.do("discipline", "order_correction", text="撤回")
    assert _codes(refused) == ["emergency_is_not_corrected"]
    report.do("discipline", "close", text="属于紧急处置")
    assert report.row.state == "closed"


def test_no_finding_before_the_body_is_heard_or_its_time_is_over(place: World) -> None:
    report = Reported(place).up_to("asked")
    with pytest.raises(Refused) as refused:
        report.do("discipline", "find", outcome="unfounded", text="没有")
    assert _codes(refused) == ["body_not_heard"]
    HandoverReport.objects.update(answer_by=place.today - timedelta(days=1))
    report.do("discipline", "find", outcome="unfounded", text="没有")
    assert report.row.state == "found"


def test_a_report_about_the_lead_is_for_the_oversight_body_alone(place: World) -> None:
    report = Reported(place, body="lead")
    for who in ("lead", "lead2", "legal", "committee", "yadong", "liuhe", "naji2", "outsider"):
        with pytest.raises(NotFound):
            _seen(place, who, report)
        with pytest.raises(NotFound):
            report.do(who, "accept")
    report.up_to("asked")
    told = _seen(place, "lead", report)
    assert told.side == "body" and told.reporter is None and told.reporter_unit is None
    assert MARKER not in repr(told) and MARKER not in repr(reports_page(place.people["lead"], here(place.people["lead"], place.today), 9))
    with pytest.raises(NotAllowed):
        report.do("lead", "find", outcome="unfounded", text="没有")


def test_without_anybody_to_examine_it_a_report_about_the_lead_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        Reported(world, body="lead")
    assert _codes(refused) == ["nobody_examines"]
    entry = rows("register.Entry").get(chain__key=f"{BANNER}-s")
    assert entry.outcome == "refused" and MARKER in entry.sealed
    assert verify_all() == []


def test_the_lead_accepts_and_hears_and_decides_only_with_a_mandate(place: World) -> None:
    report = Reported(place).up_to("heard", "lead")
    find = {"outcome": "handed_down", "forms": ["pledge"], "text": "属实"}
    with pytest.raises(NotAllowed):
        report.do("lead", "find", **find)
    for who in ("lead", "naji"):
        with pytest.raises(NotAllowed):
            a_mandate(place, by=who)
    a_mandate(place, by="committee")
    report.up_to("closed", "lead")
    assert replay().holds


def test_a_unit_takes_no_part_in_what_it_reported_itself(place: World) -> None:
    a_mandate(place)
    report = Reported(place, by="lead")
    for action in ("accept", "dismiss"):
        with pytest.raises(NotAllowed):
            report.do("lead", action)
    with pytest.raises(NotFound):  # her colleague is told nothing
        report.do("lead2", "accept")
    report.do("lead", "add", text="又发了一次")
    report.up_to("accepted")
    assert report.row.added[0]["text"] == "又发了一次" and report.row.steps == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"body": "naji"}, "reports_itself"),
        ({"body": "yadong"}, "township_reported"),
        ({"forms": []}, "report_without_form"),
    ],
)
def test_a_report_that_is_none_is_refused(place: World, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        Reported(place, **given)
    assert code in _codes(refused)


def test_the_body_is_shown_the_examiners_words_and_never_the_reporters(place: World) -> None:
    report = Reported(place, files=[brought(place, "naji")])
    with pytest.raises(NotFound):
        _seen(place, "forestry", report)
    report.up_to("asked")
    report.do("naji", "add", text=f"{MARKER}又来了")
    told = _seen(place, "forestry", report)
    assert told.side == "body" and told.put_facts == "请说明上周五发文的事" and told.files == () and told.waits
    assert MARKER not in repr(told) and "naji" not in repr(told) and str(place.people["naji"].unit_id) not in repr(told)
    report.do("forestry", "answer", text="发过", files=[brought(place, "forestry")])  # what the reporter added has not made its page stale
    assert _seen(place, "forestry", report).files == (2,)
    assert _seen(place, "naji", report).files == (1,) and not hasattr(_seen(place, "naji", report), "answer")
    assert _seen(place, "discipline", report).files == (1, 2)


def test_a_file_belongs_to_who_brought_it(place: World) -> None:
    digest = brought(place, "yadong")
    with pytest.raises(Malformed):
        Reported(place, files=[digest])
    assert not ReportFile.objects.exists() and Reported(place, by="yadong", files=[digest]).id


def test_a_stale_page_of_the_examiner_is_told_so(place: World) -> None:
    report = Reported(place).up_to("accepted")
    with pytest.raises(Conflict):
        perform(place.people["discipline"], "supervision.hear", report.id, {"facts": "甲"}, expected={"report": 1}, via="page")


def test_the_public_id_is_drawn_and_no_number_leaves_the_door(place: World) -> None:
    wanted = "0" * 32
    first, second = Reported(place, public_id=wanted), Reported(place, public_id=wanted)
    assert wanted not in (first.id, second.id) and first.id != second.id and len(first.id) == 32
    assert (first.outcome.entry, first.outcome.head) == (first.id, "")
    assert first.do("discipline", "accept").entry == first.id


def test_the_same_request_again_is_the_same_report(place: World) -> None:
    payload = {"body": f"{BANNER}.forestry", "title": "事项", "text": "要求签责任状", "forms": ["pledge"]}
    naji = place.people["naji"]
    first, again = (perform(naji, "supervision.report", BANNER, payload, key="k1", via="api") for _ in range(2))
    assert first.result == again.result and HandoverReport.objects.count() == 1


def test_the_open_chain_and_the_logs_know_nothing_of_it(place: World) -> None:
    before = [(head.seq, head.hash) for head in heads_of(place.people["lead"])]
    logged, told = rows("actions.SecurityEvent").count(), rows("notices.OutboxMessage").count()
    report = Reported(place).up_to("found")
    for who, payload in (("yadong", {}), ("naji", {"text": ""}), ("forestry", {"outcome": "unfounded", "text": "无"})):
        with pytest.raises(NotDone):
            report.do(who, "add" if who == "naji" else "find", **payload)
    assert [(head.seq, head.hash) for head in heads_of(place.people["lead"])] == before
    assert (rows("actions.SecurityEvent").count(), rows("notices.OutboxMessage").count()) == (logged, told)


def test_each_day_the_confidential_chain_is_sealed_and_anchored_whatever_happened(place: World) -> None:
    def lines() -> list[tuple[str, int]]:
        return [(head.chain, head.seq) for head in public_heads() if head.chain.startswith(BANNER)]

    assert sweep().done == {} and sweep().failed == []
    chain = rows("register.Chain").get(key=f"{BANNER}-s")
    assert (chain.seq, chain.id) == (1, 2048 + rows("register.Chain").get(key=BANNER).id)
    quiet = lines()
    sweep()
    assert lines() == quiet, "once a day"
    anchor = rows("register.Entry").get(chain__key=BANNER, action="register.anchor")
    assert chain.head_hash not in anchor.sealed and f"{BANNER}-s" not in anchor.sealed
    Reported(place)
    assert verify_all() == [] and replay().holds
    # the tail is cut, and the head mended so that the chain by itself holds
    rows("register.Entry").filter(chain=chain).delete()
    rows("register.Chain").filter(pk=chain.pk).update(seq=0, head_hash="0" * 64, head_recorded_at=None)
    assert [(p.chain, p.seq) for p in verify_all()] == [(BANNER, anchor.seq)]
    chain.delete()
    assert [(p.chain, p.seq) for p in verify_all()] == [(BANNER, anchor.seq)]


def test_reminders_come_once_at_each_point_and_tell_only_who_owes_it(place: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Reported(place).up_to("ordered")
    calendar = here(place.people["discipline"], place.today).directory.calendar()
    last = calendar.add_working_days(place.today - timedelta(days=30), 10).day
    HandoverReport.objects.update(since=place.today - timedelta(days=30), correct_by=last)
    assert sweep().done == {} and sweep().failed == []
    sweep()
    given = ReportReminder.objects.all()
    assert [one.point for one in given] == (["late"] if calendar.is_workday(place.today) else [])
    assert len(_seen(place, "forestry", report).reminded_on) == len(given)
    assert _seen(place, "naji", report).reminded_on == () == _seen(place, "discipline", report).reminded_on


def test_whoever_changes_a_row_by_hand_is_found_out(place: World) -> None:
    report = Reported(place).up_to("found")
    HandoverReport.objects.filter(public_id=report.id).update(title="x", reporter=7, finding_text="x", state="closed")
    found = {(one.table, one.column) for one in replay().differences}
    assert found == {("supervision_handoverreport", column) for column in ("title", "reporter", "finding_text", "state")}


def test_a_changed_entry_of_the_confidential_chain_is_found_out(place: World) -> None:
    Reported(place)
    rows("register.Entry").filter(action="supervision.report").update(sealed='{"payload":{}}')
    assert [str(p) for p in verify_all()] == [f"{BANNER}-s/1: what is sealed does not match its digest"]


def test_a_list_takes_as_many_queries_with_six_reports_as_with_one(place: World) -> None:
    viewer, counts = place.people["discipline"], []
    for more in (1, 5):
        for _ in range(more):
            Reported(place)
        with CaptureQueriesContext(connection) as asked:
            assert len(reports_page(viewer, here(viewer, place.today), 30)) == (1 if more == 1 else 6)
        counts.append(len(asked))
    assert counts[0] == counts[1]
