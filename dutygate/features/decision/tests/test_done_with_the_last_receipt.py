"""第四条（二）、（四）: every party is told in writing; the case is done when the last of them has acknowledged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound, Refused
from dutygate.base.notices.receipts import receipts_of
from tests.journey import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
PARTIES = ["finance", "forestry", "legal", "liuhe", "naji", "services", "yadong"]


def test_applicant_townships_seats_and_departments_asked_are_told_but_not_the_lead_that_tells(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    assert sorted(case.owing()) == PARTIES


def test_a_township_that_left_the_scope_is_told_too(journey: Start) -> None:
    case = journey()
    case.open()
    case.fill()
    case.request()
    case.reply("naji", "liuhe")
    case.do("forestry", "consultation.narrow", townships=["yadong"], reason="该镇无林地")
    for step in (case.conclude, case.submit, case.accept, case.assess, case.conclude_review, case.to_banner, case.decide_banner):
        step()
    case.to_city()
    case.decide("city_government")
    case.notify()
    assert "yadong" in case.owing()


def test_a_partner_of_the_applicant_is_told_too(journey: Start) -> None:
    case = journey()
    case.open(co_initiators=["agriculture"])
    case.fill()
    case.request()
    case.reply()
    for step in (case.conclude, case.submit, case.accept, case.assess, case.conclude_review, case.to_banner):
        step()
    case.decide_banner("against")
    case.notify()
    assert "agriculture" in case.owing()


def test_refused_when_a_party_is_left_out(journey: Start) -> None:
    case = journey().up_to("approved")
    with pytest.raises(Refused) as refused:
        case.notify(addressees=["forestry", "naji", "liuhe", "justice", "services_bureau", "finance"])
    assert [(f.code, f.params["unit"]) for f in refused.value.findings] == [("addressee_missing", "150721.yadong")]


def test_others_may_be_told_besides_and_acknowledge_as_well(journey: Start) -> None:
    case = journey().up_to("approved")
    everybody = [case.people[role].unit for role in (*PARTIES, "water")]
    case.notify(addressees=everybody)
    assert "water" in case.owing()
    case.acknowledge()
    assert case.state == "done"


def test_done_with_the_last_receipt_and_not_before(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    *early, last = case.owing()
    case.acknowledge(*early)
    assert case.state == "approved"
    assert case.tasks() == {("notice.acknowledge", last)}
    case.acknowledge(last)
    assert (case.state, case.case.outcome) == ("done", "approved")
    assert case.case.closed_at is not None
    assert case.tasks() == set()


def test_a_unit_acknowledges_once(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    case.acknowledge("naji")
    with pytest.raises(Refused) as refused:
        case.acknowledge("naji")
    assert [f.code for f in refused.value.findings] == ["no_receipt_awaited"]


def test_receipts_do_not_disturb_each_other_and_a_stale_page_conflicts(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    for role in ("naji", "liuhe"):
        case.do(role, "notice.acknowledge", expected={"receipt": 0})
    with pytest.raises(Conflict):
        case.do("naji", "notice.acknowledge", expected={"receipt": 0})


def test_nothing_to_acknowledge_before_the_notice(journey: Start) -> None:
    case = journey().up_to("approved")
    with pytest.raises(Refused):
        case.acknowledge("naji")


def test_who_is_no_party_finds_no_case_and_who_was_not_told_has_nothing_to_acknowledge(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    with pytest.raises(NotFound):
        case.acknowledge("outsider")
    with pytest.raises(NotAllowed):
        case.acknowledge("committee")


def test_a_receipt_on_paper_is_entered_by_the_lead_for_that_unit(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    paper = case.on_paper("lead", "那吉镇")
    case.do("lead", "notice.acknowledge", **paper)
    receipt = next(r for r in receipts_of(case.case.id) if r.unit_id == case.world.unit_id("naji"))
    assert (receipt.entered_for, receipt.scan, receipt.acknowledged_by) == (True, paper["scan"], case.people["lead"].user_id)
    assert "naji" not in case.owing()
    with pytest.raises(NotAllowed):
        case.do("forestry", "notice.acknowledge", **case.on_paper("forestry", "liuhe"))


def test_the_notice_is_issued_once_and_by_the_lead(journey: Start) -> None:
    case = journey().up_to("approved")
    for who in ("forestry", "naji", "legal", "city", "committee"):
        with pytest.raises(NotAllowed):
            case.do(who, "notice.issue", document_number="一号")
    case.notify()
    with pytest.raises(Refused) as refused:
        case.notify()
    assert [f.code for f in refused.value.findings] == ["notice_already_issued"]
