"""第四条、第十一条: a database of the first release, with cases under way in every state, is migrated, and all of them can be finished.

tests/data/first_release.json.xz holds every row of such a database, made by the program of that time through its one door:
{migrations, tables: {model: {fields, rows}}, cases: [number, state, track, what is particular, townships, applicant], people, ...}.
It is never made anew.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from dutygate.base.actions import clock
from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.organizations.queries import forget_directories, public_acting_post
from dutygate.base.register.verify import verify_all
from dutygate.base.search.index import verify as verify_index
from dutygate.features.lists.queries import public_overlaps
from tests.editions import published
from tests.journey import Journey
from tests.rows import rows
from tests.schema import described, differences, without_tables
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db_both]
KEPT = Path(__file__).parents[1] / "data" / "first_release.json.xz"
NEXT_DAY = datetime(2026, 11, 27, 1, tzinfo=UTC)


@pytest.fixture
def old(transactional_db: Any) -> Iterator[dict[str, Any]]:
    """The database as the first release left it, migrated by this one; it is the day after."""
    kept: dict[str, Any] = json.loads(lzma.decompress(KEPT.read_bytes()))
    forget_directories()
    forget_kept_editions()
    kept["made at once"] = described()
    without_tables()
    try:
        _as_far_as(kept["migrations"])
        _fill(kept)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    ticks = count()
    mark = clock._clock.set(lambda: NEXT_DAY + timedelta(milliseconds=next(ticks)))
    yield kept
    clock._clock.reset(mark)
    forget_directories()
    forget_kept_editions()


def _as_far_as(migrations: list[list[str]]) -> None:
    """The tables as they were, made step by step; apps that were not there yet have none."""
    executor = MigrationExecutor(connection)
    last = {app: name for app, name in migrations if (app, name) in executor.loader.graph.nodes}
    executor.migrate(sorted(last.items()))


def _fill(kept: dict[str, Any]) -> None:
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    then = executor.loader.project_state(list(executor.loader.applied_migrations)).apps
    filled = []
    with transaction.atomic():
        for label, table in kept["tables"].items():
            model = then.get_model(label)
            fields = [next(f for f in model._meta.concrete_fields if f.attname == name) for name in table["fields"]]
            made = [model(**{f.attname: f.to_python(v) for f, v in zip(fields, row, strict=True)}) for row in table["rows"]]
            model._default_manager.bulk_create(made, batch_size=500)
            filled.append(model)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)


def _world(kept: dict[str, Any]) -> World:
    people = {role: public_acting_post(post, NEXT_DAY.date()) for role, post in kept["people"].items()}
    assert all(people.values())
    by_unit = {int(unit): role for unit, role in kept["by_unit"].items()}
    return World(tuple(kept["townships"]), kept["outside"], people, by_unit)  # type: ignore[arg-type]


def _condition(case: Journey) -> None:
    case.do(case.initiator, "consultation.answer_conditions", township="naji", answer="列入明年预算")
    case.do("naji", "consultation.settle_conditions", settlement="accept")
    case.reply("liuhe", "yadong")
    case.conclude()


def _disagreed(case: Journey) -> None:
    case.reply("yadong")
    case.do(case.initiator, "application.edit", items={"staffing": "每个乡镇两名兼职人员，旗林草局另派一名联系人。"})
    case.do(case.initiator, "consultation.ask_again")
    case.reply()
    case.conclude()


def _half_assessed(case: Journey) -> None:
    case.ask_department()
    case.comment()
    case.assess("lead", "services")
    case.conclude_review()


def _on_paper(case: Journey) -> None:
    case.reply("liuhe", "yadong")
    case.do("lead2", "record.check_original", township="150721.naji")
    case.conclude()


ON_THE_WAY: dict[str, Callable[[Journey], None]] = {
    "condition": _condition,
    "disagreed": _disagreed,
    "half assessed": _half_assessed,
    "on paper": _on_paper,
}


@pytest.mark.long
def test_every_case_of_the_first_release_ends_in_this_one(old: dict[str, Any]) -> None:
    assert differences(described(), old["made at once"]) == []  # step by step and at once: the same tables
    assert set(old["tables"]) <= {model._meta.label for model in apps.get_models()}
    assert len({state for _, state, *_ in old["cases"]}) == 12
    _sound(again=False)  # what was entered then is done again at the end, and at once under a new edition
    assert rows("lists.ListEntry").count() == len(old["tables"]["lists.ListEntry"]["rows"])
    world = _world(old)
    for number, state, track, particular, townships, initiator in old["cases"]:
        case = Journey(world, initiator, tuple(townships), number, papers=900)
        assert (case.state, case.case.track) == (state, track)
        if state in ("done", "withdrawn"):
            continue
        _finish(case, particular)
    _sound()
    assert {entry.revision.title for entry in rows("lists.ListEntry").select_related("revision")} == {"林草防火宣传"}


def _finish(case: Journey, particular: str) -> None:
    """On from where it stands until it is done."""
    if particular in ON_THE_WAY:
        ON_THE_WAY[particular](case)
    if case.state == "refused" or particular == "half acknowledged":
        if not case.owing():
            case.notify()
        case.acknowledge()
    else:
        case.go_on("done")
    assert case.state == "done", (case.number, particular, case.state)


@pytest.mark.long
def test_under_a_new_edition_every_case_of_the_first_release_moves_and_ends(old: dict[str, Any]) -> None:
    """Their own edition knows nothing of moving; the one in force decides it."""
    assert differences(described(), old["made at once"]) == []
    _sound()
    world = _world(old)
    digest = published(world).result["digest"]
    for number, state, _track, particular, townships, initiator in old["cases"]:
        if state in ("done", "withdrawn"):
            continue
        case = Journey(world, initiator, tuple(townships), number, papers=900)
        (mover,) = (role for action, role in case.tasks() if action == "edition.move_case")
        assert case.do(mover, "edition.move_case", reason="现行办法已经施行").result["lapsed"] == []
        assert (case.state, case.case.edition_digest) == (state, digest)
        _finish(case, particular)
    _sound()


def _sound(again: bool = True) -> None:
    """Chains, tasks, index and lists hold; ``again``: and all that was ever entered, done again, gives the same rows."""
    assert verify_all() == []
    assert verify_tasks() == []
    assert verify_index() == []
    assert public_overlaps() == []
    if again:
        report = replay()
        assert report.holds, (report.problems[:3], [str(difference) for difference in report.differences[:5]])
