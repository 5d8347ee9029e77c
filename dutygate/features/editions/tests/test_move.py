"""序言、第四条、第十一条: an open case stays under its edition or moves with a reason; under a repealed one it must move first."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound, Refused
from dutygate.base.register import chains
from dutygate.base.register.chains import keep_edition
from dutygate.law.regulation.edition import Edition, edition_text, package_editions
from tests.editions import NAME, act, check, draft, publish, published, row
from tests.journey import Journey
from tests.world import World

pytestmark = pytest.mark.django_db
PRESENT = package_editions()["arun_2024_15"]
Start = Callable[..., Journey]
OPEN = ("drafting", "consulting", "agreed", "applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "refused")


def codes(error: Any) -> list[str]:
    return [finding.code for finding in error.value.findings]


def move(trip: Journey, who: str = "lead", reason: str = "现行办法已经施行", **more: Any) -> Any:
    return trip.do(who, "edition.move_case", reason=reason, **more)


@pytest.mark.parametrize("state", OPEN)
def test_in_every_open_state_it_moves_and_ends_under_the_new_edition(world: World, journey: Start, state: str) -> None:
    trip = journey().up_to(state)
    stays = journey().up_to("drafting")
    digest = published(world).result["digest"]
    assert ("edition.move_case", "lead") in trip.tasks()
    assert move(trip).result == {"edition": NAME, "lapsed": []}
    assert (trip.case.edition, trip.case.edition_digest, trip.state) == (NAME, digest, state)
    assert ("edition.move_case", "lead") not in trip.tasks()
    if state == "refused":
        trip.notify()
        trip.acknowledge()
    else:
        trip.go_on("done")
    assert trip.state == "done"
    assert stays.case.edition == PRESENT.id, "nobody moved it"


def test_under_a_repealed_edition_it_must_move_before_it_goes_on(world: World, journey: Start) -> None:
    trip = journey().up_to("agreed")
    published(world)
    with pytest.raises(Refused) as refused:
        trip.submit()
    assert codes(refused) == ["edition_repealed"]
    move(trip)
    trip.submit()
    assert trip.state == "applied"


def test_before_the_new_edition_begins_nothing_changes(world: World, journey: Start) -> None:
    trip = journey().up_to("agreed")
    published(world, world.today + timedelta(days=9))
    assert ("edition.move_case", "lead") not in trip.tasks()
    with pytest.raises(Refused) as refused:
        move(trip, to=NAME)
    assert "move_target_not_in_force" in codes(refused)
    trip.submit()


def test_a_reason_the_lead_and_another_edition_are_needed(world: World, journey: Start) -> None:
    trip = journey().up_to("consulting")
    with pytest.raises(Refused) as refused:
        move(trip)
    assert codes(refused) == ["moved_already"]
    published(world)
    with pytest.raises(Refused) as refused:
        move(trip, reason=" ")
    assert codes(refused) == ["reason_missing"]
    for who in ("forestry", "naji", "city"):
        with pytest.raises(NotAllowed):
            move(trip, who)
    with pytest.raises(NotFound):
        move(trip, "outsider")
    with pytest.raises(Conflict):
        move(trip, expected={"case": 1})


def test_valid_opinions_are_kept(world: World, journey: Start) -> None:
    trip = journey().up_to("consulting")
    trip.reply("naji", "liuhe")
    published(world)
    move(trip)
    trip.reply("yadong")
    trip.conclude()
    assert trip.state == "agreed"


def test_what_townships_never_judged_they_are_asked_again(world: World, journey: Start) -> None:
    """The new edition puts the negotiated opinion before them too: nobody has answered on it."""
    trip = journey().up_to("reviewing")
    trip.assess()
    plain = json.loads(PRESENT.canonical())
    item = next(one for one in plain["edition"]["items"] if one["id"] == "negotiated_opinion")
    item["judged_by_townships"], item["focus"] = True, ["negotiated_opinion", "content"]
    found = draft(world)
    act(world, "lead", "edition.draft", draft=str(found.id), file=edition_text(Edition.from_canonical(json.dumps(plain).encode())))
    check(world, row("EditionDraft", pk=found.id))
    publish(world, found)
    assert move(trip).result["lapsed"] == sorted(world.key(slug) for slug in world.townships)
    with pytest.raises(Refused) as refused:
        trip.conclude_review()
    assert set(codes(refused)) == {"consent_missing", "assessment_lapsed"}
    standing = apps.get_model("review", "FocusFinding")._default_manager.filter(assessment__case=trip.case.id, assessment__is_current=True)
    assert {found.point for found in standing if found.lapsed} == {"negotiated_opinion", "content"}
    report = replay()
    assert report.holds, (report.problems[:3], [str(d) for d in report.differences[:3]])


def test_a_state_that_the_new_edition_does_not_know_ends_under_its_own(world: World, journey: Start) -> None:
    trip = journey().up_to("concluded")
    text = edition_text(PRESENT)
    found = draft(world)
    act(world, "lead", "edition.draft", draft=str(found.id), file=text.replace("concluded", "summed_up"))
    check(world, row("EditionDraft", pk=found.id))
    publish(world, found)
    with pytest.raises(Conflict):
        move(trip)
    trip.go_on("done")
    assert trip.case.edition == PRESENT.id and trip.state == "done"


def test_a_case_of_an_edition_without_the_act_is_moved_by_the_new_one(world: World, journey: Start) -> None:
    """A case opened by an earlier release: its text says nothing of moving, and needs nothing to be said."""
    trip = journey().up_to("consulting")
    kept = [one for one in PRESENT.procedure["actions"] if one["action"] != "edition.move_case"]
    old = replace(PRESENT, procedure={**PRESENT.procedure, "actions": kept})
    forget_kept_editions()
    keep_edition(old)
    chains._edition.cache_clear()
    apps.get_model("cases", "Case")._default_manager.filter(number=trip.number).update(edition_digest=old.digest)
    published(world)
    assert ("edition.move_case", "lead") in trip.tasks()
    move(trip)
    assert trip.case.edition == NAME
    assert verify_tasks() == []


def test_a_step_that_its_edition_does_not_know_waits_for_the_move(world: World, journey: Start) -> None:
    trip = journey().up_to("consulting")
    kept = [one for one in PRESENT.procedure["actions"] if one["action"] != "case.reassign"]
    old = replace(PRESENT, procedure={**PRESENT.procedure, "actions": kept})
    keep_edition(old)
    chains._edition.cache_clear()
    apps.get_model("cases", "Case")._default_manager.filter(number=trip.number).update(edition_digest=old.digest)
    handed = {"task": "consultation.reply", "user": "naji2"}
    with pytest.raises(Conflict) as conflict:
        trip.do("naji", "case.reassign", **handed)
    assert codes(conflict) == ["unknown_to_edition"]
    published(world)
    move(trip)
    assert trip.do("naji", "case.reassign", **handed)


def test_office_work_of_which_a_published_edition_says_nothing_goes_on(world: World) -> None:
    """It may be older than the program; what is no step of a case is then decided by the program's own."""
    plain = json.loads(PRESENT.canonical())
    plain["procedure"]["offices"] = [one for one in plain["procedure"]["offices"] if one["action"] != "calendar.set_day"]
    found = draft(world)
    act(world, "lead", "edition.draft", draft=str(found.id), file=edition_text(Edition.from_canonical(json.dumps(plain).encode())))
    check(world, row("EditionDraft", pk=found.id))
    publish(world, found)
    act(world, "lead", "calendar.set_day", day="2026-12-01", working=False, source="旗政府通知")
    entry = apps.get_model("register", "Entry")._default_manager.filter(action="calendar.set_day").get()
    assert (entry.outcome, entry.edition) == ("permitted", PRESENT.digest)
    assert replay().holds


def test_what_was_moved_and_why_stays_readable(world: World, journey: Start) -> None:
    trip = journey().up_to("consulting")
    digest = published(world).result["digest"]
    move(trip)
    kept = row("CaseMove", case=trip.case.id)
    assert (kept.from_edition, kept.from_digest, kept.to_edition, kept.to_digest) == (PRESENT.id, PRESENT.digest, NAME, digest)
    assert (kept.reason, kept.state, kept.lapsed) == ("现行办法已经施行", "consulting", [])
    assert replay().holds
