"""第四条: every number is drawn once, with its paper; those that are not used say why; each year begins anew."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotFound, Refused
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.verify import verify_all
from dutygate.features.papers.making import make_waiting
from dutygate.features.papers.models import NumberSeries, Paper
from dutygate.features.papers.queries import numbers_of, public_gaps
from dutygate.features.papers.tests.stage import drawn, issue, letterhead
from tests.journey import Journey
from tests.world import BANNER, World, create_world

AT_ONCE = 50
THREADS = 5


@pytest.fixture
def committed(transactional_db: Any, files: Any) -> Iterator[World]:
    """A world that other threads and processes see."""
    yield create_world()
    forget_directories()
    forget_kept_editions()


def papers_for(world: World) -> tuple[str, list[dict[str, Any]]]:
    letterhead(world, "forestry", "lead")
    journey = Journey(world).up_to("consulting")
    return journey.number, drawn(world, "forestry", "consultation_letter", journey.number)[:1]


@pytest.mark.db_both
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_and_one_killed(committed: World) -> None:
    number, papers = papers_for(committed)

    def work() -> None:
        try:
            for _ in range(AT_ONCE // THREADS):
                issue(committed, "forestry", "consultation_letter", number, papers=papers)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = sorted(Paper.objects.values_list("ordinal", flat=True))
    assert held == list(range(1, AT_ONCE + 1)), "fifty numbers, none twice, none left out"
    killed_while_issuing(committed, number, papers)
    after = sorted(Paper.objects.values_list("ordinal", flat=True))
    assert after == list(range(1, len(after) + 1)) and len(after) > AT_ONCE, "what the dead drew has its papers, and nothing more was drawn"
    assert NumberSeries.objects.get(code="阿林草函").last == len(after) and public_gaps(committed.people["lead"].jurisdiction_id) == []
    assert issue(committed, "forestry", "consultation_letter", number, papers=papers)[0].ordinal == len(after) + 1, "the living go on"
    assert [check.holds for check in verify_all()] == [True] * len(verify_all())
    assert make_waiting(2) == 2, "papers whose process died are set by the next who looks"


def killed_while_issuing(world: World, number: str, papers: list[dict[str, Any]]) -> None:
    """A process that issues as fast as it can, killed in the middle."""
    connections.close_all()
    before = Paper.objects.count()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            connections.close_all()
            while True:
                issue(world, "forestry", "consultation_letter", number, papers=papers)
        finally:
            os._exit(1)
    deadline = time.monotonic() + 20
    while Paper.objects.count() < before + 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the process ended by itself: it could not work"


@pytest.mark.django_db
@pytest.mark.usefixtures("files")
def test_a_year_begins_anew_and_a_void_number_says_why(world: World) -> None:
    number, papers = papers_for(world)
    first, second = (issue(world, "forestry", "consultation_letter", number, papers=papers)[0] for _ in range(2))
    assert (first.ordinal, second.ordinal) == (1, 2)
    with pytest.raises(Refused) as refused:
        issue_void(world, "forestry", first)
    assert [found.code for found in refused.value.findings] == ["number_void_without_reason"]
    with pytest.raises(NotAllowed):
        issue_void(world, "lead", first, "印错")
    with pytest.raises(NotFound):
        issue_void(world, "outsider", first, "印错")
    issue_void(world, "forestry", first, "印错了标题")
    with pytest.raises(Refused) as again:
        issue_void(world, "forestry", first, "印错")
    assert [found.code for found in again.value.findings] == ["paper_is_void"]
    third = issue(world, "forestry", "consultation_letter", number, papers=papers)[0]
    assert third.ordinal == 3, "a void number is not drawn again"
    early = [{**papers[0], "content": {**papers[0]["content"], "dated_on": f"{world.today.year + 1}-01-04"}}]
    assert issue(world, "forestry", "consultation_letter", number, papers=early)[0].number == f"阿林草函〔{world.today.year + 1}〕1号"
    series = NumberSeries.objects.get(year=world.today.year)
    lines = numbers_of(world.people["forestry"], series)
    assert [(line.ordinal, bool(line.paper), line.explained) for line in lines] == [(1, True, "印错了标题"), (2, True, ""), (3, True, "")]
    assert numbers_of(world.people["naji"], series) == [], "nobody reads another office's numbers but the lead"
    assert replay().holds


def issue_void(world: World, who: str, paper: Paper, reason: str = "") -> None:
    from dutygate.base.actions.perform import perform

    perform(world.people[who], "document.void", BANNER, {"paper": str(paper.id), **({"reason": reason} if reason else {})}, via="import")


@pytest.mark.django_db
@pytest.mark.usefixtures("files")
def test_numbers_that_begin_late_say_where_the_earlier_are(world: World) -> None:
    with pytest.raises(Refused) as refused:
        letterhead(world, "forestry", begins_at=36)
    assert [found.code for found in refused.value.findings] == ["numbering_begins_without_reason"]
    letterhead(world, "forestry", begins_at=36, begins_reason="1至35号已在纸质发文登记簿上使用")
    journey = Journey(world).up_to("consulting")
    papers = drawn(world, "forestry", "consultation_letter", journey.number)[:1]
    assert issue(world, "forestry", "consultation_letter", journey.number, papers=papers)[0].ordinal == 36
    lines = numbers_of(world.people["lead"], NumberSeries.objects.get(code="阿林草函"))
    assert (lines[0].ordinal, lines[0].explained) == (35, "1至35号已在纸质发文登记簿上使用")
    with pytest.raises(Refused) as begun:
        letterhead(world, "forestry", begins_at=50, begins_reason="改")
    assert [found.code for found in begun.value.findings] == ["numbering_has_begun"]
    assert public_gaps(world.people["lead"].jurisdiction_id) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("files")
def test_who_may_issue_what(world: World) -> None:
    number, papers = papers_for(world)
    with pytest.raises(NotAllowed):
        issue(world, "lead", "consultation_letter", number, papers=papers)
    with pytest.raises(NotFound):
        issue(world, "outsider", "consultation_letter", number, papers=papers)
    with pytest.raises(Malformed):
        issue(world, "forestry", "consultation_letter", papers=papers)
    reply = [{"content": {**papers[0]["content"], "title": "复函"}, "to": [world.key("forestry")]}]
    with pytest.raises(Refused) as refused:
        issue(world, "naji", "reply_letter", number, papers=reply)
    assert [found.code for found in refused.value.findings] == ["letterhead_missing"]
    letterhead(world, "naji")
    with pytest.raises(Refused) as stale:
        issue(world, "naji", "reply_letter", number, papers=reply, template=3)
    assert [found.code for found in stale.value.findings] == ["template_not_in_force"]
    wrong = [{**papers[0], "to": ["150721.nobody"]}]
    with pytest.raises(Malformed):
        issue(world, "forestry", "consultation_letter", number, papers=wrong)
    assert Paper.objects.count() == 0 and NumberSeries.objects.count() == 0, "nothing was drawn for what was refused"
