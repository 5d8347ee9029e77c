"""第四条（三）: one document decides several cases, each with its own outcome, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.features.decision.models import Decision, DecisionSet
from tests.journey import BANNER, Journey
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def _record(case: Journey, who: str, body: str, cases: list[dict[str, Any]], **more: Any) -> Any:
    return case.do(who, "decision.record_set", subject=BANNER, body=body, cases=cases, **{**case.paper(), **more})


def _three(journey: Start) -> list[Journey]:
    return [journey().up_to("banner_decision", "temporary") for _ in range(3)]


def test_each_case_gets_its_own_outcome_by_one_document(journey: Start) -> None:
    first, second, third = cases = _three(journey)
    outcomes = ({"outcome": "for"}, {"outcome": "against", "reasons": [{"text": "经费未落实"}]}, {"outcome": "for", "townships": ["naji"]})
    said = [{"case": case.number, **outcome} for case, outcome in zip(cases, outcomes, strict=True)]
    for who, body in (("committee", "banner_committee"), ("government", "banner_government")):
        _record(first, who, body, said)
    assert [case.state for case in cases] == ["approved", "refused", "approved"]
    assert [row.cases for row in DecisionSet.objects.all()] == [[case.number for case in cases]] * 2
    entries = rows("register.Entry", action="decision.record", subject__in=[case.number for case in cases])
    assert {entry.via for entry in entries} == {"follow-up"}
    assert entries.count() == 6


def test_nothing_is_recorded_when_the_law_refuses_one(journey: Start) -> None:
    cases = _three(journey)
    said = [{"case": case.number, "outcome": "for"} for case in cases]
    said[2] |= {"outcome": "against"}
    with pytest.raises(Refused) as refused:
        _record(cases[0], "committee", "banner_committee", said)
    assert [f.code for f in refused.value.findings] == ["decision_reasons_missing"]
    assert not Decision.objects.exists()
    assert not DecisionSet.objects.exists()
    entry = rows("register.Entry", action="decision.record_set").get()
    assert (entry.outcome, entry.subject) == ("refused", BANNER)


def test_nothing_is_recorded_when_one_case_is_not_there_yet(journey: Start) -> None:
    ready, early = journey().up_to("banner_decision"), journey().up_to("concluded")
    with pytest.raises((Conflict, NotFound)):
        _record(ready, "committee", "banner_committee", [{"case": case.number, "outcome": "for"} for case in (ready, early)])
    assert not Decision.objects.exists()


def test_a_second_document_on_the_same_case_is_refused(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    said = [{"case": case.number, "outcome": "for"}]
    _record(case, "committee", "banner_committee", said)
    with pytest.raises(Refused) as refused:
        _record(case, "committee", "banner_committee", said)
    assert [f.code for f in refused.value.findings] == ["body_already_decided"]


def test_nobody_records_for_the_committee_but_its_office(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    for who in ("government", "city", "lead", "forestry", "naji", "system_admin"):
        with pytest.raises(NotAllowed):
            _record(case, who, "banner_committee", [{"case": case.number, "outcome": "for"}])


def test_the_city_decides_by_one_document_as_well(journey: Start) -> None:
    cases = [journey().up_to("city_decision") for _ in range(2)]
    _record(cases[0], "city", "city_government", [{"case": case.number, "outcome": "for"} for case in cases])
    assert [case.state for case in cases] == ["approved", "approved"]


def test_a_case_of_another_banner_or_named_twice_is_malformed(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    with pytest.raises(Malformed):
        _record(case, "committee", "banner_committee", [{"case": "150722-2026-0001", "outcome": "for"}])
    with pytest.raises(Malformed):
        _record(case, "committee", "banner_committee", [{"case": case.number, "outcome": "for"}] * 2)
