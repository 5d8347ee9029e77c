"""接口令牌: by user name and password, for one post; and its end."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from datetime import timedelta
from typing import Annotated, Any, Final

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import perform
from dutygate.base.organizations import login
from dutygate.base.organizations.credentials import new_secret, set_token_secret
from dutygate.base.organizations.queries import public_token_id
from dutygate.config.api.people import address_of, choose_post, token_of, viewer_of
from dutygate.config.api.problems import Problem
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas import TokenOut
from dutygate.config.api.site import Api, ProblemError

FAILURES_A_MINUTE: Final = 20
"""From one address, over all accounts; one account alone is locked after five in a row."""


class TokenRequest(BaseModel):
    """Who, in which of her posts (may be left out by who has one), what for, for how many days."""

    model_config = ConfigDict(extra="forbid")

    username: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    post: Annotated[str, StringConstraints(max_length=100)] = ""
    label: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)] = "api"
    days: int = Field(1, ge=1, le=366)


class Failures:
    """How often log-in failed from an address in this minute. In memory: each process counts for itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def too_many(self, address: str) -> bool:
        """Whether no more are taken this minute."""
        with self._lock:
            minute, count = self._seen.get(address, (0, 0))
            return minute == _minute() and count >= FAILURES_A_MINUTE

    def add(self, address: str) -> None:
        """One more."""
        with self._lock:
            minute, count = self._seen.pop(address, (0, 0))
            self._seen[address] = (_minute(), count + 1 if minute == _minute() else 1)
            while len(self._seen) > 10_000:
                self._seen.popitem(last=False)

    def clear(self) -> None:
        """Start anew: for tests."""
        with self._lock:
            self._seen.clear()


failures: Final = Failures()


def _minute() -> int:
    return int(time.monotonic() // 60)


def add_tokens(api: Api) -> None:
    """POST /tokens, DELETE /tokens/current."""

    @api.post("/tokens", auth=None, response={201: TokenOut}, operation_id="create_token", tags=["token"], summary="取得令牌 · Get a token")
    def create_token(request: HttpRequest, body: TokenRequest) -> HttpResponse:
        """A token for one post of one person. Five wrong passwords in a row lock the account; the first one must be changed before."""
        user = _person(request, body)
        now = clock.now()
        acting, names = choose_post(user.id, body.post, local_day(now))
        if acting is None:
            if not names:
                raise ProblemError(Problem(403, "no_post"))
            raise ProblemError(Problem(422, "post_unclear", fields=[("post", ", ".join(names))], params={"posts": ", ".join(names)}))
        until = local_day(now) + timedelta(days=body.days)
        outcome = perform(acting, "token.issue", str(acting.post_id), {"label": body.label, "expires_on": until}, via="api")
        secret = new_secret()
        set_token_secret(int(outcome.result["id"]), secret)
        login.record(request, "in", body.username, user, acting.post_id)
        post = f"{acting.unit}/{acting.kind}"
        return reply({"token": secret, "id": outcome.result["id"], "post": post, "expires_on": until}, 201)

    @api.delete("/tokens/current", response={204: None}, operation_id="delete_token", tags=["token"], summary="撤销令牌 · End this token")
    def delete_token(request: HttpRequest) -> HttpResponse:
        """The token that this request carries ends now."""
        perform(viewer_of(request), "token.revoke", str(public_token_id(token_of(request))), {}, via="api")
        return HttpResponse(status=204)


def _person(request: HttpRequest, body: TokenRequest) -> Any:
    """Who she is. Raises ProblemError: 401, 403 (locked, first password not changed), 429."""
    address = address_of(request)
    if failures.too_many(address):
        raise ProblemError(Problem(429, "too_many_requests", headers={"Retry-After": "60"}))
    user = auth.authenticate(request, username=body.username, password=body.password)
    if user is None:
        locked = login.was_locked(request)
        failures.add(address)
        event = "locked" if locked else "failed"
        if login.note(f"login_{event}", address=address):
            login.record(request, event, body.username, None)
        if locked:
            raise ProblemError(Problem(403, "account_locked"))
        raise ProblemError(Problem(401, "login_failed", headers={"WWW-Authenticate": 'Bearer realm="dutygate"'}))
    if getattr(user, "must_change_password", False):
        raise ProblemError(Problem(403, "password_change_required"))
    return user
