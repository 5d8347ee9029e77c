"""第一条、第四条（三）: each body's own office, once, on what lies before it now; on paper the lead enters it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound, Refused
from dutygate.features.decision.models import Decision
from tests.journey import Journey
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def test_nobody_but_the_offices_records_for_the_banner(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    for who in ("lead", "legal", "forestry", "naji", "city"):
        with pytest.raises((NotAllowed, Conflict)):
            case.do(who, "decision.record", body="banner_committee", outcome="for", **case.paper())
    assert not Decision.objects.exists()


def test_an_outsider_finds_no_case(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    with pytest.raises(NotFound):
        case.do("outsider", "decision.record", body="banner_committee", outcome="for", **case.paper())


def test_no_office_records_for_another_body(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    with pytest.raises(Refused) as refused:
        case.do("government", "decision.record", body="banner_committee", outcome="for", **case.paper())
    assert [f.code for f in refused.value.findings] == ["not_that_body"]


def test_the_city_does_not_decide_what_the_banner_has_not_endorsed(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee")
    with pytest.raises(Refused) as refused:
        case.to_city()
    assert [(f.code, f.params["body"]) for f in refused.value.findings] == [("banner_outcome_missing", "banner_government")]
    with pytest.raises(Conflict):
        case.decide("city_government")


def test_a_temporary_matter_does_not_go_to_the_city(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    case.decide("banner_committee")
    with pytest.raises(Refused) as refused:
        case.to_city()
    assert "banner_decides_temporary" in [f.code for f in refused.value.findings]


def test_a_second_outcome_of_the_same_body_is_a_conflict_for_a_stale_page(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    seen = {"submission": 1, "recorded": 0}
    given = {"body": "banner_committee", "outcome": "for", **case.paper()}
    case.do("committee", "decision.record", expected=seen, **given)
    entries = rows("register.Entry").count()
    with pytest.raises(Conflict) as conflict:
        case.do("committee2", "decision.record", expected=seen, **given)
    assert [f.code for f in conflict.value.findings] == ["stale"]
    assert rows("register.Entry").count() == entries
    with pytest.raises(Refused) as refused:
        case.do("committee2", "decision.record", expected={"submission": 1, "recorded": 1}, **given)
    assert [f.code for f in refused.value.findings] == ["body_already_decided"]


def test_the_two_bodies_do_not_disturb_each_other(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    seen = {"submission": 1, "recorded": 0}
    for who, body in (("committee", "banner_committee"), ("government", "banner_government")):
        case.do(who, "decision.record", expected=seen, body=body, outcome="for", **case.paper())
    assert case.state == "approved"


def test_nobody_withdraws_what_a_body_has_decided(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee")
    with pytest.raises(Refused) as refused:
        case.withdraw()
    assert [f.code for f in refused.value.findings] == ["already_decided"]


def test_on_paper_the_lead_enters_a_bodys_decision(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    said = {"outcome": "for", "dated_on": case.world.today}
    case.do("lead", "decision.record", body="banner_committee", **said, **case.on_paper("lead", "committee_office"))
    row = Decision.objects.get()
    assert (row.unit_id, row.entered_by_unit) == (case.world.unit_id("committee"), case.world.unit_id("lead"))
    entry = rows("register.Entry", subject=case.number, action="decision.record").get()
    assert entry.entered_for == case.world.unit_id("committee")
    with pytest.raises(NotAllowed):
        case.do("forestry", "decision.record", body="banner_government", **said, **case.on_paper("forestry", "government_office"))


def test_consent_that_no_longer_stands_stops_an_approval_but_no_refusal(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    given = {"target": "opinion:150721.naji", "field": "answer", "new": "disagree", "reason": "录入错误"}
    number = case.do("naji", "record.correct", **given).result["correction"]
    case.do("naji2", "record.confirm", correction=number)
    with pytest.raises(Refused) as refused:
        case.decide("banner_committee")
    assert [f.code for f in refused.value.findings] == ["consent_missing"]
    case.decide_banner("return")
    assert case.state == "reviewing"
