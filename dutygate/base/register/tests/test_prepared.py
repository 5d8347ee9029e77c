"""Statements that are built once find and write what the ORM would (ARCHITECTURE: every test passes on both databases)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import F

from dutygate.base.register.prepared import Prepared, PreparedChange, insert, rewrite
from tests.journey import Journey
from tests.rows import rows

Start = Callable[..., Journey]
pytestmark = pytest.mark.db_both


@pytest.fixture
def case(journey: Start) -> Any:
    """A temporary case in which three townships were asked, as the ORM reads it."""
    return rows("cases.Case", number=journey().up_to("consulting", "temporary").number).get()


def values(row: models.Model) -> dict[str, Any]:
    """Every column."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_record_is_read_as_the_orm_reads_it(case: Any) -> None:
    by_number = Prepared(lambda number: rows("cases.Case", number=number), number=str)
    found = by_number.first(number=case.number)
    assert values(found) == values(case)
    assert found.opened_at.tzinfo is not None and isinstance(found.ends_on, date) and found.returned is False
    assert by_number.first(number="150721-2026-9999") is None


def test_one_statement_serves_every_value_of_its_parameters(case: Any) -> None:
    asked = Prepared(lambda case, unit: rows("application.Scope", case=case, unit=unit).values_list("unit_id", "round"), case=int, unit=int)
    units = rows("application.Scope", case=case).values_list("unit_id", flat=True)
    assert {asked.first(case=case.id, unit=unit) for unit in units} == {(unit, 1) for unit in units}


def test_days_are_compared_as_days(case: Any) -> None:
    until = Prepared(lambda on: rows("cases.Case", ends_on__gte=on).values_list("id", flat=True), on=date)
    assert until.rows(on=case.ends_on) == [(case.id,)]
    assert until.rows(on=case.ends_on + timedelta(days=1)) == []


def test_moments_are_compared_as_moments(case: Any) -> None:
    before = Prepared(lambda now: rows("cases.Case", opened_at__lt=now).values_list("id", flat=True), now=datetime)
    assert before.rows(now=case.opened_at + timedelta(seconds=1)) == [(case.id,)]
    assert before.rows(now=(case.opened_at + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=8)))) == [(case.id,)]
    assert before.rows(now=case.opened_at) == []


def test_a_parameter_that_the_query_does_not_hold_is_an_error(case: Any) -> None:
    with pytest.raises(TypeError, match="stands in"):
        Prepared(lambda number, state: rows("cases.Case", number=number), number=str, state=str).first(number=case.number, state="done")


def test_what_is_found_is_never_kept(case: Any) -> None:
    by_number = Prepared(lambda number: rows("cases.Case", number=number), number=str)
    by_number.first(number=case.number)
    rows("cases.Case", number=case.number).update(title="改过的名称")
    assert by_number.first(number=case.number).title == "改过的名称"


def test_a_change_is_made_to_the_rows_of_its_parameters_alone(case: Any) -> None:
    other, *rest = rows("application.Scope", case=case).order_by("unit")
    asked_anew = PreparedChange(
        lambda case, unit: rows("application.Scope", case=case, unit=unit, in_scope=True),
        {"answer": "", "passed_to": None, "version": F("version") + 1},
        case=int,
        unit=int,
    )
    assert asked_anew.make(case=case.id, unit=other.unit_id) == 1
    assert rows("application.Scope", pk=other.pk).get().version == other.version + 1
    assert [values(row) for row in rows("application.Scope", case=case).exclude(pk=other.pk).order_by("unit")] == [
        values(row) for row in rest
    ]
    assert asked_anew.make(case=case.id, unit=rows("organizations.Unit", key="150721.forestry").get().id) == 0


def test_every_statement_of_the_program_can_be_built_here(db: Any) -> None:
    """Also those that no other test runs on this kind of database; a column too narrow for its stand-in would leave nothing to ask."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("dutygate.") and ".tests" not in name]
    values = [value for module in modules for value in vars(module).values()]
    values += [inner for value in values if isinstance(value, dict) for inner in value.values()]
    kept = [value for value in values if isinstance(value, Prepared | PreparedChange)]
    assert len(kept) > 60
    for one in kept:
        assert one.statement()


def test_rows_are_added_with_their_ids_and_written_again_column_by_column(case: Any) -> None:
    party = apps.get_model("cases.Party")
    units = list(rows("organizations.Unit").order_by("id").values_list("id", flat=True)[:3])
    made = [party(id=900 + n, jurisdiction_id=case.jurisdiction_id, case=case, unit_id=unit, role="guest") for n, unit in enumerate(units)]
    insert(*made)
    assert [values(row) for row in rows("cases.Party", role="guest").order_by("id")] == [values(row) for row in made]
    made[0].role, made[0].unit_id = "host", units[1]
    rewrite(made[0], "role")
    stored = rows("cases.Party", id=900).get()
    assert (stored.role, stored.unit_id) == ("host", units[0])


def test_nothing_to_add_asks_nothing(django_assert_num_queries: Any, db: Any) -> None:
    with django_assert_num_queries(0):
        insert()


def test_a_row_that_is_gone_is_not_written(case: Any) -> None:
    lost = apps.get_model("cases.Party")(id=901, jurisdiction_id=case.jurisdiction_id, case=case, unit_id=1, role="guest")
    with pytest.raises(RuntimeError, match="gone"):
        rewrite(lost)
    assert connection.is_usable()
