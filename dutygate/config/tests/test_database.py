"""Both databases give the ground the same: order by code point, work that is undone whole."""

import os

import pytest
from django.db import connection, transaction

pytestmark = [pytest.mark.db_both, pytest.mark.django_db]


def one(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_the_run_is_on_the_database_it_says() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("DUTYGATE_TEST_PG") == "1" else "sqlite")
    assert "test" in str(connection.settings_dict["NAME"])


def test_names_sort_by_code_point() -> None:
    names = ["那吉镇", "Arun", "arun", "六合镇", "Zhalan", "1"]
    union = " UNION ALL ".join(f"SELECT '{name}' AS name" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM ({union}) AS names ORDER BY name")
        assert [name for (name,) in cursor.fetchall()] == sorted(names)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE scratch (n INTEGER)")
    try:
        with pytest.raises(ZeroDivisionError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO scratch VALUES (1)")
            raise ZeroDivisionError
        assert one("SELECT count(*) FROM scratch") == 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE scratch")


def test_writers_wait_for_each_other_and_not_for_ever() -> None:
    if connection.vendor == "postgresql":
        assert one("SHOW lock_timeout") == "10s"
        assert one("SHOW transaction_isolation") == "read committed"
        assert one("SHOW synchronous_commit") == "on"
    else:
        assert one("PRAGMA synchronous") == 2
        assert one("PRAGMA journal_mode") == "wal"
