"""第四条（三）、（四）: an outcome recorded by mistake is voided and recorded anew; what rested on it falls with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dutygate.base.actions.perform import system_acting
from dutygate.base.catalogue.errors import Malformed, NotAllowed, Refused
from dutygate.base.notices.receipts import notice_of
from dutygate.features.decision.models import Decision
from dutygate.features.lists.queries import duties_visible
from tests.journey import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def _correct(case: Journey, who: str, body: str, new: str, field: str = "outcome", **more: Any) -> int:
    given = {"target": f"decision:{body}:{case.case.submissions}", "field": field, "new": new, "reason": "录入错误"}
    return int(case.do(who, "record.correct", **{**given, **more}).result["correction"])


def _confirm(case: Journey, who: str, correction: int) -> None:
    case.do(who, "record.confirm", correction=correction)


def test_a_second_person_confirms_and_that_body_records_anew(journey: Start) -> None:
    case = journey().up_to("approved")
    correction = _correct(case, "city", "city_government", "against")
    assert case.state == "approved"
    with pytest.raises(Refused) as refused:
        _confirm(case, "city", correction)
    assert [f.code for f in refused.value.findings] == ["same_person"]
    _confirm(case, "city2", correction)
    assert (case.state, case.case.outcome) == ("city_decision", "")
    assert case.tasks() == {("decision.record", "city")}
    case.decide("city_government", "against")
    assert (case.state, case.case.outcome) == ("refused", "refused")
    assert Decision.objects.filter(case=case.case.id, body="city_government").count() == 2


def test_with_the_banners_outcome_the_citys_is_void_too(journey: Start) -> None:
    case = journey().up_to("approved")
    _confirm(case, "government2", _correct(case, "government", "banner_government", "against"))
    assert (case.state, case.case.outcome) == ("banner_decision", "")
    assert set(Decision.objects.filter(case=case.case.id, voided_at=None).values_list("body", flat=True)) == {"banner_committee"}
    assert case.tasks() == {("decision.record", "government")}
    case.decide("banner_government")
    case.to_city()
    case.decide("city_government")
    assert case.state == "approved"


def test_no_turn_from_against_to_for_without_a_new_document(journey: Start) -> None:
    case = journey().up_to("refused")
    with pytest.raises(Refused) as refused:
        _correct(case, "committee", "banner_committee", "for")
    assert [f.code for f in refused.value.findings] == ["new_document_missing"]
    _confirm(case, "committee2", _correct(case, "committee", "banner_committee", "for", document_number="阿党发〔2026〕99号"))
    assert (case.state, case.case.outcome) == ("banner_decision", "")


def test_too_late_once_the_parties_were_told(journey: Start) -> None:
    case = journey().up_to("approved")
    correction = _correct(case, "city", "city_government", "against")
    case.notify()
    for attempt in (lambda: _correct(case, "city", "city_government", "against"), lambda: _confirm(case, "city2", correction)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert [f.code for f in refused.value.findings] == ["too_late_to_correct_outcome"]
    assert duties_visible(system_acting()).count() == 1


def test_nobody_corrects_what_another_office_entered(journey: Start) -> None:
    case = journey().up_to("approved")
    for who in ("lead", "forestry", "government", "naji"):
        with pytest.raises(NotAllowed):
            _correct(case, who, "city_government", "against")


def test_the_outcome_of_a_submission_that_was_sent_back_is_closed(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide_banner("return")
    with pytest.raises(Malformed):
        _correct(case, "committee", "banner_committee", "for", document_number="阿党发〔2026〕99号")


def test_number_and_date_are_corrected_in_place(journey: Start) -> None:
    case = journey().up_to("approved")
    _confirm(case, "city2", _correct(case, "city", "city_government", "呼政字〔2026〕12号", "document_number"))
    row = Decision.objects.get(case=case.case.id, body="city_government")
    assert (row.document_number, case.state) == ("呼政字〔2026〕12号", "approved")
    for field, new in (("dated_on", "9998-01-01"), ("dated_on", ""), ("document_number", ""), ("expires_on", "2027-01-01")):
        with pytest.raises(Malformed):
            _correct(case, "city", "city_government", new, field)


def test_the_number_of_the_notice_is_corrected_by_the_lead(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    given = {"target": "notice:", "field": "document_number", "new": "阿编办发〔2026〕7号", "reason": "录入错误"}
    number = int(case.do("lead", "record.correct", **given).result["correction"])
    _confirm(case, "lead2", number)
    notice = notice_of(case.case.id)
    assert notice is not None
    assert notice.document_number == "阿编办发〔2026〕7号"
