"""第四条（四）: from the second term on, the legal seat finds whether the matter is still temporary; nothing is renewed silently."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Refused
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def refused_codes(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        step()
    return [finding.code for finding in refused.value.findings]


def second(journey: Start, title: str = "林草防火宣传", track: str = "temporary") -> Journey:
    journey().up_to("done", "temporary")
    case = journey()
    case.open(track, title=title)
    return case.go_on("reviewing")


def test_a_second_term_needs_the_finding(journey: Start) -> None:
    case = second(journey)
    assert refused_codes(lambda: case.assess("legal", still_temporary=None)) == ["still_temporary_not_found_on"]
    case.assess("legal", still_temporary=True)


def test_spaces_and_signs_make_no_other_matter(journey: Start) -> None:
    case = second(journey, "林草 防火宣传。")
    assert refused_codes(lambda: case.assess("legal", still_temporary=None)) == ["still_temporary_not_found_on"]


def test_a_first_term_and_a_regular_matter_need_none(journey: Start) -> None:
    first = journey().up_to("reviewing", "temporary")
    first.assess("legal", still_temporary=None)
    second(journey, track="regular").assess("legal", still_temporary=None)
    second(journey, title="农田水利设施巡查").assess("legal", still_temporary=None)


def test_the_form_shows_the_earlier_terms(journey: Start) -> None:
    case = second(journey)
    said = text(browser_of(case.people["legal"]).get(f"/cases/{case.number}/do/review.assess/"))
    assert "同名的临时任务以前办过" in said and 'href="/duties/150721-D-0001/"' in said and "阿测〔" in said
    assert "同名的临时任务" not in text(browser_of(case.people["lead"]).get(f"/cases/{case.number}/do/review.assess/"))
