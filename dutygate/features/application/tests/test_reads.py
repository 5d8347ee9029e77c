"""第四条（一）: a township reads its own words at once, those of the others only when all are in."""

from __future__ import annotations

from collections.abc import Callable

from dutygate.features.application.queries import opinions_of, scope_of
from dutygate.features.cases.queries import cases_visible
from tests.journey import Journey

Start = Callable[..., Journey]


def seen_by(case: Journey, role: str) -> set[str]:
    """The townships whose opinions this person reads."""
    rows = opinions_of(case.people[role], case.case)
    assert {row["opinion"].unit_id for row in rows} <= {row.unit_id for row in scope_of(case.people[role], case.case)}
    return {case.world.by_unit[row["opinion"].unit_id] for row in rows}


def test_before_all_are_in(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.reply("naji", "liuhe")
    assert seen_by(case, "naji") == {"naji"}
    assert seen_by(case, "yadong") == set()
    assert seen_by(case, "forestry") == {"naji", "liuhe"}
    assert seen_by(case, "lead") == {"naji", "liuhe"}


def test_when_all_are_in(journey: Start) -> None:
    case = journey().up_to("agreed")
    assert seen_by(case, "naji") == {"naji", "liuhe", "yadong"}


def test_who_sees_the_case_at_all(journey: Start) -> None:
    case = journey().up_to("consulting")
    seeing = {role for role, post in case.people.items() if _sees(case, role)}
    assert seeing == {"forestry", "forestry2", "naji", "naji2", "liuhe", "yadong", "lead", "lead2", "city", "city2"}


def _sees(case: Journey, role: str) -> bool:
    from dutygate.base.organizations.queries import public_directory
    from dutygate.base.register.chains import reference_version_of

    jurisdiction = case.case.jurisdiction_id
    directory = public_directory(jurisdiction, reference_version_of(jurisdiction))
    return cases_visible(case.people[role], directory).filter(number=case.number).exists()
