"""第一条、第四条（一）、（三）、第五条: what an application lacks is said all at once, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dutygate.base.catalogue.errors import Conflict, NotAllowed, Refused
from dutygate.features.application.models import WrittenApplication
from tests.journey import BASES, ITEMS, SAFEGUARDS, Journey

Start = Callable[..., Journey]


def agreed_with(start: Start, track: str = "regular", declared: dict[str, Any] | None = None, **changed: Any) -> Journey:
    """A case that all townships agreed to, filled in with changes."""
    journey = start()
    journey.open(track, **(declared or {}))
    journey.fill(**changed)
    journey.request()
    journey.reply()
    journey.conclude()
    return journey


def found_by(journey: Journey) -> set[tuple[str, str]]:
    """Codes and provisions of the refused submission."""
    with pytest.raises(Refused) as refused:
        journey.submit()
    return {(f.code, f.provision) for f in refused.value.findings}


def test_submitted_whole(journey: Start) -> None:
    done = journey().up_to("applied")
    assert done.state == "applied"
    assert done.tasks() == {("review.accept", "lead")}


def test_refused_without_a_legal_basis(journey: Start) -> None:
    assert found_by(agreed_with(journey, bases=[])) == {("legal_basis_missing", "1")}


def test_refused_when_a_regular_matter_rests_on_policy_alone(journey: Start) -> None:
    policy = [{"title": "关于做好今年防火工作的通知", "kind": "policy"}]
    assert found_by(agreed_with(journey, bases=policy)) == {("policy_alone_is_no_basis", "1")}


def test_a_temporary_matter_may_rest_on_policy(journey: Start) -> None:
    policy = [{"title": "关于做好今年防火工作的通知", "kind": "policy"}]
    agreed_with(journey, "temporary", bases=policy).submit()


def test_refused_when_the_basis_is_no_longer_in_force(journey: Start) -> None:
    old = [{**BASES[0], "in_force_to": "2020-01-01"}]
    assert found_by(agreed_with(journey, bases=old)) == {("basis_not_in_force", "1")}


def test_refused_without_mode_and_necessity(journey: Start) -> None:
    bare = {"mode": "", "necessity": ""}
    assert found_by(agreed_with(journey, declared=bare)) == {("mode_missing", "1"), ("necessity_missing", "1")}


def test_refused_when_a_safeguard_is_not_addressed(journey: Start) -> None:
    assert found_by(agreed_with(journey, safeguards=SAFEGUARDS[:1])) == {("safeguard_missing", "5")}


def test_refused_when_none_is_needed_and_no_reason_given(journey: Start) -> None:
    bare = [*SAFEGUARDS[:2], {"kind": "training", "needed": False}]
    assert found_by(agreed_with(journey, safeguards=bare)) == {("none_needed_without_reason", "5")}


def test_refused_when_temporary_without_an_end(journey: Start) -> None:
    assert found_by(agreed_with(journey, "temporary", {"ends_on": None})) == {("temporary_without_end", "4.3")}


def test_everything_missing_is_said_at_once(journey: Start) -> None:
    case = agreed_with(journey, bases=[], safeguards=SAFEGUARDS[:2], declared={"necessity": ""})
    assert found_by(case) == {("legal_basis_missing", "1"), ("safeguard_missing", "5"), ("necessity_missing", "1")}


def test_taken_back_until_it_is_accepted(journey: Start) -> None:
    case = journey().up_to("applied")
    case.do("forestry", "application.take_back")
    assert case.state == "agreed"
    assert WrittenApplication.objects.get(case__number=case.number).taken_back_at is not None
    case.submit()
    case.accept()
    with pytest.raises(Conflict):
        case.do("forestry", "application.take_back")


def test_a_township_does_not_submit(journey: Start) -> None:
    case = agreed_with(journey)
    with pytest.raises(NotAllowed):
        case.do("naji", "application.submit", signed_on=case.world.today)


def test_items_typed_once_are_all_there(journey: Start) -> None:
    case = journey().up_to("applied")
    from dutygate.features.application.models import ItemText

    current = dict(ItemText.objects.filter(case__number=case.number, is_current=True).values_list("item", "text"))
    assert {item: current[item] for item in ITEMS} == ITEMS
