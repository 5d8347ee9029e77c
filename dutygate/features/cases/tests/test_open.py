"""第一条、第七条、第十一条: forbidden matters end when a case is opened; numbers follow each other; only departments open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import NotAllowed, Refused
from tests.journey import Journey
from tests.rows import rows

Start = Callable[..., Journey]


@pytest.mark.parametrize("power", ["penalty", "licence", "coercion"])
def test_excluded_powers_are_stopped(journey: Start, power: str) -> None:
    with pytest.raises(Refused) as refused:
        journey().open(declared_class=power)
    assert [(f.code, f.provision) for f in refused.value.findings] == [("excluded_power", "1")]
    assert not rows("cases.Case").exists()


def test_handling_of_emergencies_is_stopped(journey: Start) -> None:
    with pytest.raises(Refused) as refused:
        journey().open(handles_emergency=True)
    assert [(f.code, f.provision) for f in refused.value.findings] == [("emergency_handling", "7")]


def test_an_unknown_class_is_no_way_around(journey: Start) -> None:
    with pytest.raises(Refused) as refused:
        journey().open(declared_class="whatever")
    assert [f.code for f in refused.value.findings] == ["power_class_unknown"]


@pytest.mark.parametrize("power", ["payment", "inspection", "other_power", "public_service"])
def test_other_matters_may_be_proposed(journey: Start, power: str) -> None:
    case = journey()
    case.open(declared_class=power)
    assert case.state == "drafting"
    assert case.tasks() == {("consultation.request", "forestry")}


def test_numbers_carry_the_jurisdiction_and_follow_each_other(journey: Start) -> None:
    cases = [journey() for _ in range(3)]
    for case in cases:
        case.open()
    year = cases[0].world.today.year
    assert [case.number for case in cases] == [f"150721-{year}-000{n}" for n in (1, 2, 3)]


def test_a_township_opens_no_admission(journey: Start) -> None:
    with pytest.raises(Refused) as refused:
        journey(initiator="naji").open()
    assert [(f.code, f.provision) for f in refused.value.findings] == [("admission_is_asked_by_departments", "4.1")]


@pytest.mark.parametrize("who", ["committee", "government", "city", "system_admin", "audit_admin"])
def test_only_a_department_opens(journey: Start, who: str) -> None:
    with pytest.raises(NotAllowed):
        journey(initiator=who).open()


def test_a_case_keeps_the_edition_under_which_it_was_opened(journey: Start) -> None:
    case = journey()
    case.open()
    kept = rows("register.EditionText", digest=case.case.edition_digest).get()
    assert (case.case.edition, kept.edition_id) == ("arun_2024_15", "arun_2024_15")


def test_co_applicants_take_part(journey: Start) -> None:
    case = journey()
    case.open(co_initiators=["阿荣旗水务局"])
    parties = dict(rows("cases.Party", case__number=case.number).values_list("unit_id", "role"))
    assert parties == {case.world.unit_id("forestry"): "initiator", case.world.unit_id("water"): "co_initiator"}
