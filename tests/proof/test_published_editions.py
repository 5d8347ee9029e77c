"""序言、第十一条: what was decided under a published edition, and cases that moved, replay equal, whatever a later release ships."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register import chains, law_here
from dutygate.base.register.verify import verify_all
from dutygate.law.regulation.edition import Edition, package_editions
from tests.editions import NAME, act, draft, overridden, published, tomorrow
from tests.journey import Journey
from tests.world import World

pytestmark = pytest.mark.django_db
PRESENT = package_editions()["arun_2024_15"]
Start = Callable[..., Journey]


@pytest.fixture
def next_release(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Edition]:
    """From now on the package holds the same edition in a corrected text: other guards, another limit."""

    def change() -> Edition:
        plain = json.loads(PRESENT.canonical())
        plain["edition"]["title"]["en"] += " (corrected)"
        next(row for row in plain["procedure"]["actions"] if row["action"] == "case.open")["guards"].remove("not_emergency_handling")
        next(row for row in plain["procedure"]["offices"] if row["action"] == "edition.publish")["guards"].remove("draft_was_checked")
        next(one for one in plain["parameters"]["parameters"] if one["name"] == "township_reply")["values"]["regular"] = 12
        new = Edition.from_canonical(json.dumps(plain).encode())
        known: Mapping[str, Edition] = {**package_editions(), PRESENT.id: new}
        for module in (law_here, chains):
            monkeypatch.setattr(module, "package_editions", lambda: known)
        chains._edition.cache_clear()
        forget_directories()
        forget_kept_editions()
        return new

    yield change
    chains._edition.cache_clear()
    forget_directories()


def holds() -> None:
    assert verify_all() == []
    assert verify_tasks() == []
    report = replay()
    assert report.holds, (report.problems[:3], [str(d) for d in report.differences[:3]])


def test_a_moved_case_and_one_that_stayed_replay_equal_after_the_packages_text_changed(
    world: World, journey: Start, next_release: Callable[[], Edition]
) -> None:
    moved, stays, young = journey().up_to("reviewing"), journey().up_to("applied"), journey().up_to("drafting")
    act(world, "naji", "law.ask", provision="5", question="“技术力量”是否包括设备？")
    overridden(world)
    published(world, parameters={"township_reply": {"values": {"regular": 5}}})
    moved.do("lead", "edition.move_case", reason="现行办法已经施行")
    new = next_release()
    holds()
    moved.go_on("done")
    stays.do("lead", "edition.move_case", reason="现行办法已经施行")
    stays.go_on("done")
    journey().up_to("done", "temporary")
    assert {moved.case.edition, stays.case.edition} == {NAME} and young.case.edition_digest == PRESENT.digest != new.digest
    holds()


def test_a_draft_of_before_is_published_after_the_packages_text_changed(
    world: World, journey: Start, next_release: Callable[[], Edition]
) -> None:
    before = journey().up_to("consulting")
    draft(world)
    next_release()
    after = journey().up_to("consulting")
    assert before.case.edition == after.case.edition and before.case.edition_digest != after.case.edition_digest
    published(world, tomorrow(world), "arun_2027_2")
    before.go_on("agreed")
    after.go_on("agreed")
    holds()
