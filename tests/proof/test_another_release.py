"""第十一条: a release with a corrected text of the regulation changes nothing of what was decided under the old one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.action import Door
from dutygate.base.register import chains, law_here
from dutygate.base.register.verify import verify_all
from dutygate.features.cases.facts import edition_on
from dutygate.law.regulation.edition import Edition, package_editions
from tests.journey import Journey
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_release(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Edition]:
    """From now on the package holds the regulation in another text: one summary, and no screen for emergencies when a case is opened."""

    def change() -> Edition:
        old = package_editions()["arun_2024_15"]
        plain = json.loads(old.canonical())
        plain["edition"]["title"]["en"] += " (corrected)"
        opening = next(row for row in plain["procedure"]["actions"] if row["action"] == "case.open")
        opening["guards"].remove("not_emergency_handling")
        new = Edition.from_canonical(json.dumps(plain).encode())
        known: Mapping[str, Edition] = {**package_editions(), old.id: new}
        for module in (law_here, chains):
            monkeypatch.setattr(module, "package_editions", lambda: known)
        chains._edition.cache_clear()
        return new

    yield change
    chains._edition.cache_clear()


def test_what_was_decided_is_decided_again_under_the_text_of_its_time(
    journey: Callable[..., Journey], next_release: Callable[[], Edition]
) -> None:
    before = journey().up_to("reviewing")
    old = before.case.edition_digest
    new = next_release()
    assert new.digest != old
    after = journey().up_to("done", "temporary")
    before.go_on("done")
    assert before.case.edition_digest == old, "an open case ends under the text with which it began"
    assert after.case.edition_digest == new.digest
    assert verify_all() == []
    report = replay()
    assert report.holds, (report.problems[:3], [str(d) for d in report.differences[:3]])


def present(world: World) -> Edition:
    """The edition in force today."""
    lead = world.people["lead"]
    door = Door(lead, lead.jurisdiction, lead.jurisdiction_id, chains.reference_version_of(lead.jurisdiction_id), world.today, world.today)
    return edition_on(world.today, door)


def test_a_replay_does_not_take_todays_text_for_that_of_then(journey: Callable[..., Journey], next_release: Callable[[], Edition]) -> None:
    journey().up_to("drafting")
    next_release()
    with chains.decided_under(package_editions()["arun_2024_15"]):
        assert "not_emergency_handling" in str(present(journey().world).procedure)
    assert present(journey().world).title.en.endswith("(corrected)")
