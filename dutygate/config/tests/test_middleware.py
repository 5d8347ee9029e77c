"""A busy database is 503 with Retry-After; a session lives on while somebody works, and is written at most once a minute."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, IntegrityError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from dutygate.config import middleware
from dutygate.config.sqlite import QueueTimeout

pytestmark = pytest.mark.law_only


def caused(error: DatabaseError, **cause: Any) -> DatabaseError:
    error.__cause__ = type("DriverError", (Exception,), cause)()
    return error


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (QueueTimeout("late"), True),
        (caused(OperationalError(), sqlite_errorname="SQLITE_BUSY"), True),
        (caused(OperationalError(), sqlstate="55P03"), True),
        (caused(OperationalError(), sqlstate="40P01"), True),
        (caused(IntegrityError(), sqlstate="23505"), False),
        (OperationalError("no such table"), False),
        (ValueError("other"), False),
    ],
)
def test_only_a_busy_database_asks_to_try_again(error: Exception, busy: bool) -> None:
    response = middleware.BusyMiddleware(lambda request: HttpResponse()).process_exception(RequestFactory().get("/"), error)
    assert middleware.is_busy(error) is busy
    assert (response is not None) is busy
    if response is not None:
        assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_a_session_is_written_at_most_once_a_minute(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    request: Any = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "key"
    request.user = SimpleNamespace(is_authenticated=True)
    request.session = SessionBase()
    keep = middleware.SessionActivityMiddleware(lambda request: HttpResponse())
    written = []
    for second in (1000, 1059, 1060, 1100, 1120):
        monkeypatch.setattr(middleware.time, "time", lambda now=second: now)
        request.session.modified = False
        keep(request)
        written.append(request.session.modified)
    assert written == [True, False, True, False, True]
