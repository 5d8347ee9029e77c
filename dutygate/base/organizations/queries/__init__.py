"""读: who acts, in which posts, and the directory of a jurisdiction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory, JurisdictionInfo, UnknownUnit
from dutygate.base.organizations.models import ApiToken, Jurisdiction, Post, Unit, UnitName, User
from dutygate.base.organizations.snapshots import directory_of, forget_directories
from dutygate.base.organizations.terms import POST_LABELS
from dutygate.base.organizations.tokens import hash_of, same_hash, touch
from dutygate.base.register.prepared import Prepared

__all__ = [
    "Colleague",
    "PostLine",
    "TokenLine",
    "UnknownUnit",
    "colleagues",
    "forget_directories",
    "own_tokens",
    "public_acting_post",
    "public_acting_posts_of",
    "public_children",
    "public_directory",
    "public_has_unit",
    "public_jurisdiction",
    "public_jurisdictions",
    "public_names_of",
    "public_post_by_token",
    "public_post_is_vacant",
    "public_post_of_colleague",
    "public_post_lines_of",
    "public_token_id",
    "public_user_id",
]

_ACTING = ("user_id", "id", "unit_id", "unit__key", "unit__kind", "jurisdiction_id", "jurisdiction__code", "kind")
_POST_HELD = Prepared(
    lambda post, on: Post.objects.filter(pk=post, valid_from__lte=on, valid_to__gt=on, user__is_active=True).values_list(*_ACTING),
    post=int,
    on=date,
)
OFFICE_POSTS = ("handler", "signatory")
_BY_TOKEN = ("secret_hash", "id", "last_used_at", *(f"post__{field}" for field in _ACTING))


@dataclass(frozen=True, slots=True)
class PostLine:
    """任职 as a person reads it. ``label`` is the Chinese word for ``kind``."""

    post_id: int
    kind: str
    label: str
    unit_name: str
    jurisdiction_name: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """同事: a person with an office post in the viewer's own unit. ``label`` is the Chinese word for the kind of the post."""

    user_id: int
    username: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class TokenLine:
    """接口令牌 as its owner reads it; the secret is nowhere."""

    id: int
    post_id: int
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


def public_acting_post(post_id: int, on: date) -> ActingPost | None:
    """The post as it stands at the door on that day; None when it does not hold or the person is no longer active."""
    row = _POST_HELD.first(post=post_id, on=on)
    return ActingPost(*row) if row else None


def public_acting_posts_of(user_id: int, on: date) -> tuple[ActingPost, ...]:
    """Every post in which this person may act on that day, oldest first."""
    found = Post.objects.filter(user_id=user_id, valid_from__lte=on, valid_to__gt=on, user__is_active=True).order_by("valid_from", "id")
    return tuple(ActingPost(*row) for row in found.values_list(*_ACTING))


_LINES: Final = Prepared(
    lambda user, on: (
        Post.objects.filter(user_id=user, valid_from__lte=on, valid_to__gt=on, user__is_active=True)
        .annotate(
            unit_name=Subquery(UnitName.objects.filter(unit_id=OuterRef("unit_id"), valid_from__lte=on, valid_to__gt=on).values("name")[:1])
        )
        .order_by("valid_from", "id")
        .values_list("id", "kind", "unit_name", "unit__key", "jurisdiction__name")
    ),
    user=int,
    on=date,
)


def public_post_lines_of(user_id: int, on: date) -> tuple[PostLine, ...]:
    """The same posts with the words to choose by, in one query."""
    found = _LINES.rows(user=user_id, on=on)
    return tuple(PostLine(pk, kind, POST_LABELS.get(kind, kind), named or key, place) for pk, kind, named, key, place in found)


_TOKEN: Final = Prepared(
    lambda hash, now, on: ApiToken.objects.filter(
        secret_hash=hash,
        revoked_at__isnull=True,
        expires_at__gt=now,
        user=F("post__user"),
        user__is_active=True,
        post__valid_from__lte=on,
        post__valid_to__gt=on,
    ).values_list(*_BY_TOKEN),
    hash=str,
    now=datetime,
    on=date,
)


def public_post_by_token(secret: str, now: datetime) -> ActingPost | None:
    """The post that a token stands for; None when it is unknown, ended or revoked, or its post or person no longer holds.

    The secret is looked up by its hash and the two hashes are compared in constant time, so the time taken tells nothing of it.
    Notes the use at most once a minute, and never inside the caller's transaction.
    """
    on = now.astimezone(timezone.get_default_timezone()).date()
    wanted = hash_of(secret)
    row = _TOKEN.first(hash=wanted, now=now, on=on)
    if row is None or not same_hash(row[0], wanted):
        return None
    touch(row[1], row[2], now)
    return ActingPost(*row[3:])


def public_token_id(secret: str) -> int | None:
    """The id of the token with this secret, by which its holder can revoke it; None when it is unknown."""
    return ApiToken.objects.filter(secret_hash=hash_of(secret)).values_list("id", flat=True).first()


def own_tokens(viewer: ActingPost) -> tuple[TokenLine, ...]:
    """The tokens of the person herself, newest first."""
    fields = ("id", "post_id", "label", "created_at", "expires_at", "revoked_at", "last_used_at")
    if viewer.user_id is None:
        return ()
    return tuple(TokenLine(*row) for row in ApiToken.objects.filter(user_id=viewer.user_id).order_by("-id").values_list(*fields))


def public_directory(jurisdiction_id: int, version: int) -> Directory:
    """名录 of a jurisdiction. ``version`` is its chain's ``reference_version``; nothing is read when it is kept already."""
    return directory_of(jurisdiction_id, version)


_PLACE: Final = Prepared(
    lambda code: Jurisdiction.objects.filter(code=code).values_list("id", "code", "name", "kind", "parent_id"), code=str
)


def public_jurisdiction(code: str) -> JurisdictionInfo | None:
    """The jurisdiction of that division code, or None."""
    row = _PLACE.first(code=code)
    return JurisdictionInfo(*row) if row else None


def public_jurisdictions() -> tuple[JurisdictionInfo, ...]:
    """Every jurisdiction of the installation, in the order of the codes."""
    rows = Jurisdiction.objects.order_by("code").values_list("id", "code", "name", "kind", "parent_id")
    return tuple(JurisdictionInfo(*row) for row in rows)


def public_post_of_colleague(unit_id: int | None, username: str, on: date) -> int | None:
    """The id of the person of that user name, if she holds an office post (handler or signatory) in the unit that day; else None."""
    if unit_id is None:
        return None
    held = Post.objects.filter(unit_id=unit_id, kind__in=OFFICE_POSTS, valid_from__lte=on, valid_to__gt=on)
    return held.filter(user__username=username, user__is_active=True).values_list("user_id", flat=True).first()


def colleagues(viewer: ActingPost, on: date) -> tuple[Colleague, ...]:
    """Everybody who may do the work of the viewer's own unit on that day, the viewer too, in the order of appointment; each person once."""
    if viewer.unit_id is None or viewer.kind not in OFFICE_POSTS:
        return ()
    held = Post.objects.filter(unit_id=viewer.unit_id, kind__in=OFFICE_POSTS, valid_from__lte=on, valid_to__gt=on, user__is_active=True)
    found: dict[int, Colleague] = {}
    for user_id, username, name, kind in held.order_by("valid_from", "id").values_list("user_id", "user__username", "user__name", "kind"):
        found.setdefault(user_id, Colleague(user_id, username, name, POST_LABELS.get(kind, kind)))
    return tuple(found.values())


def public_names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """The names of people by their ids: for whoever may see that they acted."""
    wanted = set(user_ids)
    return dict(User.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def public_has_unit(key: str) -> bool:
    """Whether a unit of that key was ever entered."""
    return Unit.objects.filter(key=key).exists()


def public_post_is_vacant(kind: str, on: date) -> bool:
    """Whether nobody in the whole installation holds a post of that kind, on that day or later."""
    return not Post.objects.filter(kind=kind, valid_to__gt=on).filter(valid_to__gt=F("valid_from")).exists()


def public_user_id(username: str) -> int | None:
    """The id of the person of that user name, or None."""
    return User.objects.filter(username=username).values_list("id", flat=True).first()


_CHILDREN: Final = Prepared(lambda parent: Jurisdiction.objects.filter(parent_id=parent).order_by("id").values_list("id"), parent=int)


def public_children(jurisdiction_id: int | None) -> list[int]:
    """The ids of the jurisdictions below one (a city's banners); none for the common chain."""
    return [] if jurisdiction_id is None else [child for (child,) in _CHILDREN.rows(parent=jurisdiction_id)]


def office_people_of(viewer: ActingPost, unit_key: str, on: date) -> tuple[Colleague, ...]:
    """Who does office work in a unit on that day, in the order of appointment: for an administrator of its jurisdiction."""
    here = Post.objects.filter(unit__jurisdiction=viewer.jurisdiction_id, unit__key=unit_key)
    held = here.filter(kind__in=OFFICE_POSTS, valid_from__lte=on, valid_to__gt=on, user__is_active=True)
    found: dict[int, Colleague] = {}
    for user_id, username, name, kind in held.order_by("valid_from", "id").values_list("user_id", "user__username", "user__name", "kind"):
        found.setdefault(user_id, Colleague(user_id, username, name, POST_LABELS.get(kind, kind)))
    return tuple(found.values())
