"""登录: by user name and password, locked after five failures, each try kept (graded protection, GB/T 22239-2019).

The lock itself is django-axes, which counts by account in its own table; here it is only put into words.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Final

from axes.utils import reset
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from dutygate.base.organizations import credentials
from dutygate.base.organizations.models import LoginRecord, User
from dutygate.base.organizations.sessions import POST_KEY, choose_only_post

SECURITY_LOG: Final = "dutygate.base.actions.security.note"
"""Where refused log-ins are noted. A path and no import: the security log lies above this folder."""


class Entry(Enum):
    """How a try to come in ended."""

    IN = "in"
    FAILED = "failed"
    LOCKED = "locked"


def enter(request: HttpRequest, username: str, password: str) -> Entry:
    """Try to come in. On success the session is new, and the only post of a person who has one is chosen."""
    user = auth.authenticate(request, username=username, password=password)
    if isinstance(user, User):
        auth.login(request, user)
        acting = choose_only_post(request)
        record(request, "in", username, user, acting.post_id if acting else None)
        return Entry.IN
    return _refused(request, username)


def _refused(request: HttpRequest, username: str) -> Entry:
    entry = Entry.LOCKED if was_locked(request) else Entry.FAILED
    if note(f"login_{entry.value}", address=address_of(request)):
        known = User.objects.filter(username=username).first()
        record(request, entry.value, username, known)
    return entry


def was_locked(request: HttpRequest) -> bool:
    """Whether the lock stopped this request. Takes note of it, so that our own page is shown and not the bare one of axes."""
    locked = bool(getattr(request, "axes_locked_out", False))
    request.axes_locked_out = False  # type: ignore[attr-defined]
    return locked


def unlock(username: str) -> bool:
    """Take the lock off an account before its half hour is over; False when there was none. The caller asks who may, and notes it."""
    removed: int = reset(username=username)
    return removed > 0


def leave(request: HttpRequest) -> None:
    """Log out and end the session."""
    user = request.user
    if isinstance(user, User):
        record(request, "out", user.username, user, request.session.get(POST_KEY))
    auth.logout(request)


def is_own_password(request: HttpRequest, user: User, password: str) -> bool:
    """Whether she knows her password. Counted like a log-in: whoever sits at an open session cannot try as often as she likes."""
    return auth.authenticate(request, username=user.username, password=password) == user


def replace_password(request: HttpRequest, user: User, password: str) -> None:
    """Set the password that she chose; every other session of hers ends."""
    credentials.change_password(user, password, timezone.now())
    auth.update_session_auth_hash(request, user)
    record(request, "password", user.username, user)
    choose_only_post(request)


def record(request: HttpRequest, event: str, username: str, user: User | None, post_id: int | None = None) -> None:
    """登录记录: one line, kept."""
    LoginRecord.objects.create(
        at=timezone.now(), event=event, username=username[:64], user=user, post_id=post_id, address=address_of(request)[:64]
    )


def address_of(request: HttpRequest) -> str:
    """Where the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def note(kind: str, **facts: Any) -> bool:
    """One line in the security log; False when there was too much of it in this minute."""
    try:
        written = import_string(getattr(settings, "SECURITY_LOG", SECURITY_LOG))(kind, **facts)
    except ImportError:
        return True
    return bool(written)
