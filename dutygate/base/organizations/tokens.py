"""接口令牌的密钥: made by the face, shown once, kept as its hash alone."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import OperationalError, connections
from django.db.models import Q

from dutygate.base.organizations.models import ApiToken
from dutygate.base.register.alias import current_alias
from dutygate.law.regulation.canonical import digest_of_bytes

PREFIX: Final = "dg_"
"""Lets a scanner find a token that somebody pasted where it does not belong."""
NOTED_EVERY: Final = timedelta(minutes=1)


def new_secret() -> str:
    """A fresh secret of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """SM3 of the secret, 64 hex digits. The secret is random and long: no salt and no slow hash are needed."""
    return digest_of_bytes(secret.encode("utf-8", "surrogatepass"))


def same_hash(one: str, other: str) -> bool:
    """Compare two hashes in constant time."""
    return hmac.compare_digest(one, other)


def touch(token_id: int, last_used_at: datetime | None, now: datetime) -> None:
    """Note that the token was used, at most once a minute.

    Left undone inside a transaction, which would hold the row until its end, and while the database is busy: to know when a
    token was last used is not worth a failed request.
    """
    if last_used_at is not None and now - last_used_at < NOTED_EVERY:
        return
    if connections[current_alias()].in_atomic_block:
        return
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_EVERY)
    try:
        ApiToken.objects.filter(stale, pk=token_id).update(last_used_at=now)
    except OperationalError:
        return


def set_token_secret(token_id: int, secret: str) -> bool:
    """Put the hash of the secret to a token that has none yet; False when it has one, or does not exist."""
    return ApiToken.objects.filter(pk=token_id, secret_hash__isnull=True).update(secret_hash=hash_of(secret)) == 1
