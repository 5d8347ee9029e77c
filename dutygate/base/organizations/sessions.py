"""会话: in which of her posts a person acts. Chosen after login, read anew for each request, ended by idleness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.forms import LoginForm
from dutygate.base.organizations.models import User
from dutygate.base.organizations.queries import public_acting_post, public_acting_posts_of
from dutygate.base.organizations.terms import ADMINISTRATORS
from dutygate.base.organizations.typed import carried
from dutygate.base.register.law_here import stand_in

P = ParamSpec("P")

POST_KEY: Final = "post"
IDLE_SECONDS: Final = 30 * 60
IDLE_SECONDS_OF_ADMINISTRATORS: Final = 15 * 60
_UNREAD: Final = object()


def today() -> date:
    """The day by the real clock: sessions do not follow the clock of a demonstration."""
    return timezone.localdate()


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in, or None."""
    user: User | AnonymousUser = request.user
    return user if isinstance(user, User) else None


def acting_post_of(request: HttpRequest) -> ActingPost | None:
    """The post in which she acts now; None when nobody is signed in, the first password is not changed yet, no post is
    chosen, or the chosen one no longer holds. Read once for each request.
    """
    found = getattr(request, "_acting_post", _UNREAD)
    if found is _UNREAD:
        found = _read(request)
        request._acting_post = found  # type: ignore[attr-defined]
    return found if isinstance(found, ActingPost) else None


def _read(request: HttpRequest) -> ActingPost | None:
    user, post_id = person_of(request), request.session.get(POST_KEY)
    if user is None or user.must_change_password or not isinstance(post_id, int):
        return None
    acting = public_acting_post(post_id, today())
    if acting is None or acting.user_id != user.id:
        return None
    stand_in(acting.jurisdiction_id)
    return acting


def choose_post(request: HttpRequest, post_id: int) -> ActingPost | None:
    """Act in this post from now on, and be logged out after 30 idle minutes, or 15 in an administrator's post.

    None, and nothing is changed, when it is not hers today.
    """
    user = person_of(request)
    held = public_acting_posts_of(user.id, today()) if user else ()
    acting = next((post for post in held if post.post_id == post_id), None)
    if acting is not None:
        request.session[POST_KEY] = post_id
        request.session.set_expiry(IDLE_SECONDS_OF_ADMINISTRATORS if acting.kind in ADMINISTRATORS else IDLE_SECONDS)
        request._acting_post = _UNREAD  # type: ignore[attr-defined]
    return acting


def choose_only_post(request: HttpRequest) -> ActingPost | None:
    """Choose for a person who holds exactly one post; None for all others."""
    user = person_of(request)
    held = public_acting_posts_of(user.id, today()) if user else ()
    return choose_post(request, held[0].post_id) if len(held) == 1 and held[0].post_id is not None else None


def next_step(request: HttpRequest) -> str | None:
    """The page that stands between this person and her work: log in, change the password, choose a post; None = go on."""
    user = person_of(request)
    if user is None:
        return reverse("login")
    if user.must_change_password:
        return reverse("password")
    return reverse("post") if acting_post_of(request) is None else None


def with_post(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For every page on which somebody acts or reads as somebody: without an acting post it leads to where one gets it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        step = next_step(request)
        if step is None:
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401)  # nothing to swap in; the page itself stays as it is, with what was typed
        wanted = request.get_full_path()
        where = step if wanted == "/" else f"{step}?{urlencode({'next': wanted})}"
        if request.method == "POST" and person_of(request) is None and (typed := carried(request)):
            context = {"form": LoginForm(), "next": wanted, "typed": typed, "over": True}
            return TemplateResponse(request, "organizations/login.html", context, status=401)
        return HttpResponseRedirect(where)

    return guarded
