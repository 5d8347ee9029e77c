"""No broken procedure goes unnoticed (Articles 1-4.4): every mutation on record is caught, by whom the record says."""

from __future__ import annotations

import pytest

from dutygate.law.procedure.mutations import KINDS, Mutation, mutations, summary, table
from dutygate.law.procedure.tests.catchers import cheap_catcher, promise
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
MUTATIONS = list(mutations(EDITION))
RECORD = {row["mutation"]: row for row in table()}
EVERY = 24
# Tasks and guards whose absence the walk itself must see in the normal run: those that its smallest cuts show.
WALKED = (
    "task removed: agreed: application.submit by initiator",
    "task removed: reviewing: review.conclude by lead",
    "guard removed: application.submit: items_complete",
    "guard removed: review.conclude: every_seat_assessed",
)


def test_the_record_names_every_mutation_and_its_catcher() -> None:
    assert list(RECORD) == [m.name for m in MUTATIONS], "python -m dutygate.law.procedure.tests.mutation_table"
    assert [name for name, row in RECORD.items() if not row["caught_by"]] == []
    assert {m.kind for m in MUTATIONS} == set(KINDS)
    assert summary()["all"] == len(MUTATIONS)


def test_every_row_is_mutated_in_every_way() -> None:
    """Each row of the procedure has its guards removed, roles and sources added, targets changed, an edge added."""
    labels = {m.name.split(": ")[1] for m in MUTATIONS if m.kind == "role added"}
    assert len(labels) == sum(len(EDITION.procedure[section]) for section in ("actions", "offices"))
    from_some = {m.name.split(": ")[1] for m in MUTATIONS if m.kind == "edge added"}
    assert len(from_some) == sum(1 for row in EDITION.procedure["actions"] if row["from"] not in (["any"], ["open"]))


def _otherwise(sample: list[Mutation]) -> dict[str, str]:
    """Mutations of the sample that are not caught as recorded, and by whom they are instead ("" if by nobody)."""
    found = {m.name: cheap_catcher(m, EDITION) for m in sample}
    return {name: got for name, got in found.items() if got != RECORD[name]["caught_by"]}


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_sample_is_caught_as_recorded(kind: str) -> None:
    assert _otherwise([m for m in MUTATIONS if m.kind == kind][::EVERY]) == {}


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS[:-1])
def test_all_are_caught_as_recorded(kind: str) -> None:
    assert _otherwise([m for m in MUTATIONS if m.kind == kind]) == {}


@pytest.mark.parametrize("name", WALKED)
def test_the_walk_sees_it(name: str) -> None:
    mutation = next(m for m in MUTATIONS if m.name == name)
    found = promise(mutation, EDITION)
    assert found and found == RECORD[name]["promise"]


@pytest.mark.long
@pytest.mark.parametrize("mutation", [m for m in MUTATIONS if RECORD.get(m.name, {}).get("promise")], ids=lambda m: m.name)
def test_the_walk_sees_every_recorded_promise_broken(mutation: Mutation) -> None:
    assert promise(mutation, EDITION) == RECORD[mutation.name]["promise"]
