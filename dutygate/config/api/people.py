"""Who asks: the bearer of a token, which stands for one post of one person; and how a post is named."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.http import HttpRequest
from ninja.security import HttpBearer

from dutygate.base.actions import clock, security
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.queries import public_acting_posts_of, public_post_by_token
from dutygate.base.register.law_here import stand_in

POST_FORM = "unit key, or unit key/kind of post (150721.naji/handler), or the id of the post"


class Bearer(HttpBearer):
    """接口令牌: bound to a post, with an end."""

    openapi_description = "A token from POST /tokens; it stands for one post of one person, until a day."

    def authenticate(self, request: HttpRequest, token: str) -> ActingPost | None:
        """The post that the token stands for, or None. A wrong token leaves a line in the security log."""
        found = public_post_by_token(token, clock.now()) if token else None
        if found is None:
            note_quietly("token_refused", address_of(request))
        else:
            stand_in(found.jurisdiction_id)
        return found


def viewer_of(request: HttpRequest) -> ActingPost:
    """The post that this request acts in."""
    acting: ActingPost = request.auth  # type: ignore[attr-defined]
    return acting


def token_of(request: HttpRequest) -> str:
    """The secret that came with the request."""
    return str(request.headers.get("Authorization", "")).partition(" ")[2]


def address_of(request: HttpRequest) -> str:
    """Where the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def note_quietly(kind: str, address: str) -> None:
    """A line in the security log; a busy database must not turn a refusal into an error."""
    try:
        security.note(kind, address=address)
    except OperationalError:
        return


def person_named(username: str) -> Any | None:
    """The person of that user name, or None."""
    return get_user_model()._default_manager.filter(username=username).first()


def posts_held(user_id: int, on: date) -> dict[str, ActingPost]:
    """Every way to name a post of a person on that day -> the post; what would name two is left out."""
    held = public_acting_posts_of(user_id, on)
    ways: dict[str, set[int]] = {}
    for place, post in enumerate(held):
        for way in (str(post.post_id), post.unit, f"{post.unit}/{post.kind}"):
            ways.setdefault(way, set()).add(place)
    return {way: held[next(iter(places))] for way, places in ways.items() if len(places) == 1}


def choose_post(user_id: int, wanted: str, on: date) -> tuple[ActingPost | None, list[str]]:
    """(the post meant, or None; the posts to choose from). Without ``wanted`` the only one that she holds."""
    held = public_acting_posts_of(user_id, on)
    names = [f"{post.unit}/{post.kind}" for post in held]
    if not wanted:
        return (held[0] if len(held) == 1 else None), names
    return posts_held(user_id, on).get(wanted), names
