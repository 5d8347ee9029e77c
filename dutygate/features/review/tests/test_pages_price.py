"""The pages of the review cost the same however many townships, departments and cases there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from tests.journey import Journey
from tests.pages.signed_in import browser_of
from tests.world import create_world

PATHS = ("review/", "review/sheet/", "do/review.assess/", "do/review.conclude/", "do/review.return/", "do/review.ask_department/")


@pytest.fixture(params=[4, pytest.param(12, marks=pytest.mark.long)])
def several(db, request):
    yield create_world(request.param)
    forget_directories()
    forget_kept_editions()


def reviewed(world, townships, departments):
    case = Journey(world, townships=townships).up_to("reviewing")
    case.ask_department(*departments)
    case.comment(*departments)
    case.assess()
    return case


def counted(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    return len(queries)


def prices(world, case):
    return {
        (who, path): counted(client, f"/cases/{case.number}/{path}")
        for who in ("lead", "legal")
        for client in [browser_of(world.people[who])]
        for path in (PATHS if who == "lead" else PATHS[:3])
    }


def test_queries_do_not_grow_with_townships_departments_or_cases(several):
    small = prices(several, reviewed(several, several.townships[:2], ("finance",)))
    for _ in range(len(several.townships) // 2):
        Journey(several, townships=several.townships[:1]).up_to("applied")
    large = prices(several, reviewed(several, several.townships, ("finance", "water", "agriculture")))
    assert small == large
    assert max(large.values()) <= 40, large
