"""What the environment says: the data directory, the secret key, the database. Everything else in settings follows from it."""

import os
import secrets
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from psycopg import IsolationLevel
from psycopg.conninfo import conninfo_to_dict

# A writer on PostgreSQL waits this long for the head row of the chain, as long as the queue on SQLite lets it wait.
LOCK_TIMEOUT_SECONDS = 10
MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def flag(name: str) -> bool:
    """True when the variable `name` is set to 1, true, yes or on."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def names(name: str, default: str) -> list[str]:
    """The comma-separated names in the variable `name`."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def home() -> Path:
    """The data directory, made when missing and readable by its owner alone: DUTYGATE_HOME, else the platform's place for user data."""
    chosen = os.environ.get("DUTYGATE_HOME")
    if chosen:
        path = Path(chosen).expanduser()
    elif sys.platform == "darwin":
        path = Path.home() / "Library" / "Application Support" / "dutygate"
    else:
        path = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dutygate"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path.resolve()


def secret_key(directory: Path) -> str:
    """The key in `directory`/secret_key, generated on the first start.

    Two first starts at once must end with one key: the file is written whole beside its place and linked there, which
    only one of them can do.
    """
    path = directory / "secret_key"
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(prefix="secret_key.", dir=directory)  # 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text().strip()


def database(url: str | None, directory: Path) -> dict[str, Any]:
    """Django's description of the database at `url` (postgres://…), or of the SQLite file in `directory` without one."""
    if not url:
        return {
            "ENGINE": "dutygate.config.sqlite",
            "NAME": str(directory / "dutygate.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "queue_timeout": 10},
        }
    if not url.startswith(("postgres://", "postgresql://")):
        raise SystemExit("DATABASE_URL must start with postgres:// or postgresql://; leave it empty for SQLite.")
    parts = conninfo_to_dict(url)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    options: dict[str, Any] = {key: value for key, value in parts.items() if key not in named}
    given = options.get("options") or ""
    options["options"] = f"-c lock_timeout={LOCK_TIMEOUT_SECONDS}s {given}".strip()
    options["isolation_level"] = IsolationLevel.READ_COMMITTED
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{django: str(parts.get(key) or "") for key, django in named.items()},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def mail(given: Mapping[str, str]) -> dict[str, Any] | None:
    """The SMTP server through which digests leave, or None while DUTYGATE_MAIL_HOST is not set; a word that is none ends the start."""
    host = given.get("DUTYGATE_MAIL_HOST", "").strip()
    if not host:
        return None
    security = given.get("DUTYGATE_MAIL_SECURITY", "starttls").strip().lower()
    if security not in MAIL_PORTS:
        raise SystemExit("DUTYGATE_MAIL_SECURITY must be starttls, tls or none.")
    port, sender = given.get("DUTYGATE_MAIL_PORT", "") or str(MAIL_PORTS[security]), given.get("DUTYGATE_MAIL_FROM", "").strip()
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SystemExit("DUTYGATE_MAIL_PORT must be a number of a port.")
    if "@" not in sender:
        raise SystemExit("DUTYGATE_MAIL_FROM must be the address from which mails come.")
    known = {"host": host, "port": int(port), "security": security, "sender": sender}
    return {**known, "user": given.get("DUTYGATE_MAIL_USER", ""), "password": given.get("DUTYGATE_MAIL_PASSWORD", "")}
