"""第四条（二）、（三）: one body against is enough; a refused matter is on no list, and everybody is told why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.actions.perform import system_acting
from dutygate.base.catalogue.errors import Refused
from dutygate.base.notices.receipts import notice_of
from dutygate.features.lists.queries import duties_visible
from tests.journey import Journey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("track", ["regular", "temporary"])
@pytest.mark.parametrize(
    ("committee", "government"), [("against", "for"), ("for", "against"), ("against", "return"), ("against", "against")]
)
def test_refused_when_a_body_of_the_banner_is_against(journey: Callable[..., Journey], track: str, committee: str, government: str) -> None:
    case = journey().up_to("banner_decision", track)
    case.decide("banner_committee", committee)
    assert case.state == "banner_decision"
    case.decide("banner_government", government)
    assert (case.state, case.case.outcome) == ("refused", "refused")


def test_refused_when_the_city_is_against(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("city_decision")
    case.decide("city_government", "against")
    assert (case.state, case.case.outcome) == ("refused", "refused")


def test_a_refused_matter_is_told_to_everybody_and_enters_no_list(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("refused")
    case.notify()
    notice = notice_of(case.case.id)
    assert notice is not None
    assert notice.kind == "refusal"
    case.acknowledge()
    assert (case.state, case.case.outcome) == ("done", "refused")
    assert not duties_visible(system_acting()).exists()


def test_refused_after_the_review_needs_no_decision_and_is_told_as_well(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("reviewing")
    case.assess(recommends="not_admit")
    case.conclude_review("not_admit")
    case.refuse()
    assert case.state == "refused"
    assert case.tasks() == {("notice.issue", "lead")}
    case.notify()
    case.acknowledge()
    assert (case.state, case.case.outcome) == ("done", "refused")


@pytest.mark.parametrize("outcome", ["against", "return"])
def test_no_negative_outcome_without_reasons(journey: Callable[..., Journey], outcome: str) -> None:
    case = journey().up_to("banner_decision")
    with pytest.raises(Refused) as refused:
        case.decide("banner_committee", outcome, reasons=[])
    assert [f.code for f in refused.value.findings] == ["decision_reasons_missing"]


def test_no_outcome_without_number_and_date(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("banner_decision")
    with pytest.raises(Refused) as refused:
        case.decide("banner_committee", document_number="", dated_on=None)
    assert [f.params["field"] for f in refused.value.findings] == ["document_number", "dated_on"]
