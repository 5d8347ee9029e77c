"""What the environment decides: the data directory, the key, the database."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dutygate.config import environment

pytestmark = pytest.mark.law_only


def test_the_data_directory_is_the_one_named_or_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUTYGATE_HOME", str(tmp_path / "named"))
    assert environment.home() == tmp_path / "named"
    assert stat.S_IMODE((tmp_path / "named").stat().st_mode) == 0o700
    monkeypatch.delenv("DUTYGATE_HOME")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert environment.home() == tmp_path / "xdg" / "dutygate"
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert environment.home() == tmp_path / "Library" / "Application Support" / "dutygate"


def test_the_key_is_made_once_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: environment.secret_key(tmp_path), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_without_an_address_the_database_is_a_queued_sqlite_file(tmp_path: Path) -> None:
    described = environment.database(None, tmp_path)
    assert described["ENGINE"] == "dutygate.config.sqlite"
    assert described["NAME"] == str(tmp_path / "dutygate.sqlite3")


def test_an_address_names_a_postgresql_database(tmp_path: Path) -> None:
    described = environment.database("postgres://clerk:s%40fe@db.example:5433/duties?sslmode=require", tmp_path)
    assert described["ENGINE"] == "django.db.backends.postgresql"
    assert [described[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == ["duties", "clerk", "s@fe", "db.example", "5433"]
    assert described["OPTIONS"]["sslmode"] == "require"
    assert described["OPTIONS"]["options"] == "-c lock_timeout=10s"


def test_another_kind_of_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        environment.database("mysql://db/duties", tmp_path)
