"""口令与密钥: set apart from the register, never in a payload or an entry."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from dutygate.base.organizations.models import User
from dutygate.base.organizations.tokens import new_secret, set_token_secret

__all__ = [
    "UnknownUser",
    "change_password",
    "give_first_password",
    "new_secret",
    "problems_of_password",
    "set_initial_password",
    "set_token_secret",
]
_READABLE: Final = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
"""Without what looks alike on paper: l and I and 1, o and O and 0."""


class UnknownUser(LookupError):
    """No person has that id."""


def set_initial_password(user_id: int | str, password: str, *, must_change: bool = True) -> None:
    """Give a person the password of the first log-in, which she must change there.

    Raises UnknownUser, and django's ValidationError for a password that is too weak. ``must_change=False`` is for
    demonstrations and for a person who typed it herself.
    """
    try:
        user = User.objects.get(pk=user_id)
    except User.DoesNotExist:
        raise UnknownUser(str(user_id)) from None
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])


def give_first_password(user_id: int | str, *, again: bool = False) -> str | None:
    """Make a first password and set it, to be handed over on paper and changed at the first log-in.

    None, and nothing is changed, when she has one already; with ``again`` only when she has chosen one of her own by now.
    Raises UnknownUser.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise UnknownUser(str(user_id))
    none_yet = user.password == "!"  # noqa: S105 - the mark of it
    own = user.password_changed_at is not None or not user.must_change_password
    if own or not (again or none_yet):
        return None
    password = _readable_password()
    set_initial_password(user_id, password)
    return password


def _readable_password() -> str:
    """Three groups of four, each with letters of both kinds and a digit: more than 50 bits, and no sign that is hard to read aloud."""
    every = "".join(_READABLE)
    groups = []
    for _ in range(3):
        signs = [secrets.choice(kind) for kind in (*_READABLE, every)]
        groups.append("".join(signs.pop(secrets.randbelow(len(signs))) for _ in range(4)))
    return "-".join(groups)


def problems_of_password(password: str, username: str, name: str) -> list[str]:
    """Why a person of that name could not use this password; [] = she can. Asked before the person is entered."""
    try:
        validate_password(password, User(username=username, name=name))
    except ValidationError as error:
        return list(error.messages)
    return []


def change_password(user: User, password: str, now: datetime) -> None:
    """Set the password that a person chose herself. The caller has checked it and the old one."""
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = now
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
