"""Whoever changes a business row or an entry behind the door is named (all articles): by `replay` the rows, by `verify` the chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import compare, compare_heads, compared_columns, replay, replayed, replayed_models
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.history import HEAD_COLUMNS
from dutygate.base.register.models import Chain, EditionText, Entry
from dutygate.base.register.verify import printed_head, verify_against, verify_all
from tests.proof.everything import one_of_everything
from tests.snapshot import Snapshot
from tests.world import World, create_world

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
NEVER_WRITTEN = {"organizations_apitoken"}


def another(value: Any, field: models.Field[Any, Any]) -> Any:
    """A different value that the column can hold."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, datetime):
        return value - timedelta(seconds=1)
    if isinstance(value, date):
        return value - timedelta(days=1)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, (list, dict)):
        return ["tampered"]
    if isinstance(value, str):
        return ("x" if value[:1] != "x" else "y") + value[1:]
    plain = {
        "BooleanField": True,
        "DateField": date(2020, 2, 2),
        "DateTimeField": datetime.fromisoformat("2020-02-02T00:00:00+00:00"),
        "JSONField": ["tampered"],
    }
    return plain.get(field.get_internal_type(), 4711)


@pytest.fixture
def no_constraints() -> Iterator[None]:
    """A forger with the database's password keeps to no constraint."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
        else:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


_made: list[tuple[World, Snapshot]] = []


@pytest.fixture
def full(db: None) -> Iterator[World]:
    """One of everything: made by the first test of this file, put back for the others."""
    if not _made:
        world = create_world()
        one_of_everything(world)
        _made.append((world, Snapshot.of_everything()))
    else:
        forget_directories()
        forget_kept_editions()
        _made[0][1].restore()
    yield _made[0][0]
    forget_directories()
    forget_kept_editions()


def change(model: type[models.Model], key: Any, column: str, value: Any) -> None:
    """Behind the door."""
    model._default_manager.filter(pk=key).update(**{column: value})


@pytest.mark.once
@pytest.mark.parametrize("apart", [False, pytest.param(True, marks=pytest.mark.long)], ids=["a row at once", "one by one"])
def test_every_column_of_every_business_table_is_watched(full: World, no_constraints: None, apart: bool) -> None:
    """One row of every table, every column of it changed: the differences name table, row and each column, and nothing else."""
    missed: list[str] = []
    with replayed() as done:
        assert done.problems == []
        assert compare(done.source)[1] == []
        for model in [*replayed_models(), Chain]:
            table = model._meta.db_table
            row = model._default_manager.using(done.source).order_by("-pk").first()
            if row is None:
                assert table in NEVER_WRITTEN, f"no row of {table} to tamper with"
                continue
            columns = HEAD_COLUMNS if model is Chain else compared_columns(model)
            key = [column for column in columns if model._meta.get_field(column).primary_key]
            others = [column for column in columns if column not in key]
            for some in [*([one] for one in key), *([[one] for one in others] if apart or not others else [others])]:
                missed += [] if _are_noticed(done.source, model, row, some) else [f"{table}: {some}"]
        assert compare(done.source)[1] == [], "every change was taken back"
    assert missed == []


def _are_noticed(source: str, model: type[models.Model], row: models.Model, columns: list[str]) -> bool:
    if model._meta.get_field(columns[0]).primary_key:
        return _a_moved_row_is_noticed(source, model, row)
    was = {column: getattr(row, column) for column in columns}
    manager = model._default_manager.using(source).filter(pk=row.pk)
    try:
        with transaction.atomic(using=source):
            manager.update(**{column: another(value, model._meta.get_field(column)) for column, value in was.items()})
    except IntegrityError:  # what a check forbids cannot be tampered with while the table is what it is
        if len(columns) > 1:
            return all(_are_noticed(source, model, row, [column]) for column in columns)
        return connection.vendor == "postgresql"
    found = compare_heads(source) if model is Chain else compare(source, [model])[1]
    manager.update(**was)
    return [(d.table, d.row, d.column) for d in found] == [(model._meta.db_table, row.pk, column) for column in columns]


def _a_moved_row_is_noticed(source: str, model: type[models.Model], row: models.Model) -> bool:
    manager, key = model._default_manager.using(source), model._meta.pk.attname
    manager.filter(pk=row.pk).update(**{key: row.pk + 7})
    found = compare(source, [model])[1]
    manager.filter(pk=row.pk + 7).update(**{key: row.pk})
    return {(d.row, d.column) for d in found} == {(row.pk, "*"), (row.pk + 7, "*")}


@pytest.mark.once
def test_a_row_that_was_added_or_taken_away_is_named(full: World, no_constraints: None) -> None:
    """An entry of a list that no decision made, and one that was removed."""
    from django.apps import apps

    entries = apps.get_model("lists", "ListEntry")._default_manager
    forged = entries.order_by("pk").first()
    taken = entries.order_by("-pk").first().pk
    entries.filter(pk=taken).delete()
    forged.pk += 1_000
    forged.township_id = full.unit_id("outsider")
    forged.save(force_insert=True)
    report = replay()
    assert {(d.row, d.stored) for d in report.differences} == {(forged.pk, "a row"), (taken, "no row")}
    assert not report.holds


@pytest.mark.once
def test_every_field_of_an_entry_is_watched(full: World, no_constraints: None) -> None:
    """Each column of a permitted and of a refused entry, changed once: `verify` names the entry."""
    assert verify_all() == []
    missed = []
    for outcome in ("permitted", "refused"):
        entry = Entry.objects.filter(outcome=outcome).order_by("pk").last()
        if entry is None:
            continue
        for field in Entry._meta.concrete_fields:
            was = getattr(entry, field.attname)
            if field.primary_key:
                Entry.objects.filter(pk=entry.pk).update(id=entry.pk + 10**9)
                found = verify_all()
                Entry.objects.filter(pk=entry.pk + 10**9).update(id=entry.pk)
            else:
                change(Entry, entry.pk, field.attname, another(was, field))
                found = verify_all()
                change(Entry, entry.pk, field.attname, was)
            if not any(problem.seq == entry.seq or field.attname in ("seq", "chain_id") for problem in found):
                missed.append(f"{outcome}.{field.attname}")
    assert missed == []
    assert verify_all() == []


@pytest.mark.once
def test_a_removed_entry_is_named(full: World, no_constraints: None) -> None:
    """From the middle of the chain."""
    entry = Entry.objects.filter(chain__key="150721", seq=40).get()
    entry.delete()
    assert any("number 40 is missing" in str(problem) for problem in verify_all())


@pytest.mark.once
def test_a_cut_tail_is_found_from_a_printed_head(full: World, no_constraints: None) -> None:
    """Entries taken from the end and the head set back: only a head that was kept elsewhere can tell."""
    chain = Chain.objects.get(key="150721")
    printed = printed_head(chain)
    assert verify_against(printed) == []
    Entry.objects.filter(chain=chain, seq__gt=chain.seq - 3).delete()
    last = Entry.objects.filter(chain=chain).order_by("-seq").first()
    Chain.objects.filter(pk=chain.pk).update(seq=last.seq, head_hash=last.hash, head_recorded_at=last.recorded_at)
    assert verify_all() == [], "without the printed head nothing is to be seen"
    assert [str(p) for p in verify_against(printed)] == [f"150721/{chain.seq}: the register no longer reaches this head: its tail was cut"]


def test_a_rewritten_edition_is_named(world: World) -> None:
    """The law under which a case was opened cannot be exchanged."""
    row = EditionText.objects.first()
    EditionText.objects.filter(pk=row.pk).update(canonical=row.canonical.replace("4.1", "4.2", 1))
    assert [problem.chain for problem in verify_all()] == ["editions"]
