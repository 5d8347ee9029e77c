"""第四条（五）: everybody of the offices of a banner and of its city reads its lists; administrators read no business content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dutygate.base.catalogue.errors import NotFound
from dutygate.features.lists.queries import duties_of_township, duties_visible, duty_by_code
from tests.journey import Journey

pytestmark = pytest.mark.django_db
CODE = "150721-D-0001"


@pytest.fixture
def done(journey: Callable[..., Journey]) -> Journey:
    """One duty on the lists."""
    return journey().up_to("done")


def test_read_by_every_office_of_the_banner_and_of_its_city(done: Journey) -> None:
    for role in ("naji", "outsider", "forestry", "finance", "lead", "legal", "committee", "city"):
        viewer = done.people[role]
        assert duty_by_code(viewer, CODE).title == done.case.title, role
        assert len(duties_of_township(viewer, done.world.unit_id("naji"), done.world.today)) == 1, role


def test_not_there_for_administrators(done: Journey) -> None:
    for role in ("system_admin", "security_admin", "audit_admin"):
        viewer = done.people[role]
        with pytest.raises(NotFound):
            duty_by_code(viewer, CODE)
        assert duties_of_township(viewer, done.world.unit_id("naji"), done.world.today) == [], role


def test_not_there_for_another_banner(done: Journey) -> None:
    stranger = replace(done.people["naji"], jurisdiction_id=done.people["naji"].jurisdiction_id + 1, jurisdiction="150722")
    with pytest.raises(NotFound):
        duty_by_code(stranger, CODE)
    assert not duties_visible(stranger).exists()
