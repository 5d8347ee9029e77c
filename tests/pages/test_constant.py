"""3,500 cases cost a page no more statements than 10, and make none longer than a page is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dutygate.base.organizations.queries import forget_directories
from dutygate.features.cases.acts import TABS
from tests.journey import Journey
from tests.pages.many import copy_cases
from tests.pages.signed_in import browser_of
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.long]

STATES = ("drafting", "consulting", "agreed", "applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "done")
PEOPLE = (("naji", "lead"), ("forestry",))
FULL, MANY = 500, 3_500
DESK = ("/", "/desk/receipts/", "/desk/done/", "/desk/closed/", "/desk/started/", "/desk/drafts/")
BOARD = (
    "/board/",
    *(f"/board/rows/{what}/" for what in ("cases", "opened", "closed", "ages", "late", "refusals", "duties", "ending", "reports")),
)
LISTS = (*DESK, "/cases/", "/cases/?state=consulting", "/cases/?q=宣传", "/lists/", "/lists/search/?q=宣传", *BOARD)


@pytest.fixture
def cases(world: World) -> list[str]:
    """Ten cases, one in each state on the way to the lists."""
    return [Journey(world).up_to(state).number for state in STATES]


def measured(client: Client, path: str, known: bool) -> tuple[int, int, int]:
    """Status, statements, bytes. ``known``: the page was asked for before, so that this process keeps what it keeps."""
    if not known:
        client.get(path)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    return answer.status_code, len(caught), len(answer.content)


def everything(client: Client, paths: Iterable[str], known: bool) -> dict[str, tuple[int, int, int]]:
    return {path: measured(client, path, known) for path in paths}


@pytest.fixture
def fresh() -> Iterator[None]:
    yield
    forget_directories()


def paths_of(cases: list[str]) -> list[str]:
    """The lists, and every tab and the reply of a case under way and of one that is over."""
    found = [*LISTS]
    for number in (cases[STATES.index("consulting")], cases[STATES.index("reviewing")], cases[-1]):
        found += [f"/cases/{number}/", *(f"/cases/{number}/{tab}/" for tab in TABS)]
    return found


@pytest.mark.parametrize("people", PEOPLE)
def test_statements_and_size_stay_the_same(world: World, cases: list[str], fresh: None, people: tuple[str, ...]) -> None:
    clients = {role: browser_of(world.people[role]) for role in people}
    paths = paths_of(cases)
    few = {role: everything(client, paths, known=False) for role, client in clients.items()}
    copy_cases(FULL // len(STATES) - 1)
    assert rows("cases.Case").count() == FULL
    full = {role: everything(client, LISTS, known=True) for role, client in clients.items()}
    copy_cases(MANY // FULL - 1, apart=FULL // len(STATES))
    assert rows("cases.Case").count() == MANY
    many = {role: everything(client, paths, known=True) for role, client in clients.items()}
    wrong = []
    for role in people:
        for path in paths:
            (status, asked, size), (then, more, grown) = few[role][path], many[role][path]
            page = full[role].get(path, (0, 0, 0))[2]
            if status != then or more > asked:  # fewer where, among so many, the first page has no subject of some kind
                wrong.append(f"{role} {path}: {status} with {asked} statements becomes {then} with {more}")
            if grown > 1.03 * max(page, size):
                wrong.append(f"{role} {path}: {size} bytes, a full page {page}, becomes {grown}")
    assert not wrong, "\n".join(wrong)
    assert sum(status == 200 for found in many.values() for status, _, _ in found.values()) > 20 * len(people)
