"""读人员: people with their posts, who came in when, and locked accounts; for the system and the security administrator."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Now

from dutygate.base.catalogue.action import ORDINALS, ActingPost
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.organizations.cards import HeldPost
from dutygate.base.organizations.models import ApiToken, LoginRecord, Post, Unit, User
from dutygate.base.organizations.queries import TokenLine
from dutygate.base.organizations.queries.units import held_posts, places_of
from dutygate.base.register.queries import public_entered_by
from dutygate.law.rules import Finding

_PERSON = ("id", "username", "name", "is_active", "created_on", "password_changed_at", "must_change_password")
_TOKEN = ("id", "post_id", "label", "created_at", "expires_at", "revoked_at", "last_used_at")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """人员 with the posts that hold or will hold; ``person_card`` gives also those that are over.

    ``password_changed_at`` is None while she has never chosen a password of her own.
    """

    id: int
    username: str
    name: str
    is_active: bool
    created_on: date
    password_changed_at: datetime | None
    must_change_password: bool
    posts: tuple[HeldPost, ...] = ()


@dataclass(frozen=True, slots=True)
class LoginLine:
    """登录记录: one line. ``name`` is "" for a user name that nobody has."""

    id: int
    at: datetime
    event: str
    username: str
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Locked:
    """锁定的账号: after how many failures, and until when."""

    username: str
    failures: int
    until: datetime


def people_page(viewer: ActingPost, on: date, q: str, limit: int, after: str = "") -> list[PersonLine]:
    """People in the order of their user names after one; ``q`` is part of a user name or a name. Raises NotAllowed."""
    rows = _within(viewer, on)
    if q:
        rows = rows.filter(Q(username__icontains=q) | Q(name__icontains=q))
    if after:
        rows = rows.filter(username__gt=after)
    people = list(rows.order_by("username").values_list(*_PERSON)[:limit])
    places = [place.id for place in places_of(viewer, on)]
    held = Post.objects.filter(user__in=[row[0] for row in people], jurisdiction__in=places, valid_to__gt=on)
    posts: defaultdict[int, list[HeldPost]] = defaultdict(list)
    for line in held_posts(viewer, held, on):
        posts[line.user_id].append(line)
    return [replace(PersonLine(*row), posts=tuple(posts[row[0]])) for row in people]


def person_card(viewer: ActingPost, username: str, on: date) -> PersonLine:
    """One person with all her posts in the viewer's jurisdictions. Raises NotFound, NotAllowed."""
    row = _within(viewer, on).filter(username=username).values_list(*_PERSON).first()
    if row is None:
        raise NotFound([Finding("not_found", "3", {"subject": username})])
    places = [place.id for place in places_of(viewer, on)]
    return replace(PersonLine(*row), posts=held_posts(viewer, Post.objects.filter(user=row[0], jurisdiction__in=places), on))


def own_posts(viewer: ActingPost, on: date) -> tuple[HeldPost, ...]:
    """Every post of the person herself, wherever it is."""
    return held_posts(viewer, Post.objects.filter(user=viewer.user_id), on) if viewer.user_id is not None else ()


def tokens_of(viewer: ActingPost, user_id: int) -> tuple[TokenLine, ...]:
    """接口令牌 of a person in the security administrator's own jurisdiction, newest first: those she may revoke. () for all others."""
    if viewer.kind != "security_admin":
        return ()
    rows = ApiToken.objects.filter(user_id=user_id, jurisdiction_id=viewer.jurisdiction_id).order_by("-id")
    return tuple(TokenLine(*row) for row in rows.values_list(*_TOKEN))


def own_logins(viewer: ActingPost, limit: int, before: int | None = None) -> list[LoginLine]:
    """The person's own log-ins and failures, newest first; ``before`` is the id of the last one seen."""
    return _lines(
        LoginRecord.objects.filter(user_id=viewer.user_id) if viewer.user_id is not None else LoginRecord.objects.none(), limit, before
    )


@dataclass(frozen=True, slots=True)
class LoginFilters:
    """What log-in records are narrowed to: part of a user name, an event, moments [since, until)."""

    username: str = ""
    event: str = ""
    since: datetime | None = None
    until: datetime | None = None


def logins_page(viewer: ActingPost, on: date, filters: LoginFilters, limit: int, before: int | None = None) -> list[LoginLine]:
    """登录记录 of the viewer's people, and of user names that nobody has. For the security administrator; raises NotAllowed."""
    rows = LoginRecord.objects.filter(_ours(viewer, on, "username"))
    if filters.username:
        rows = rows.filter(username__icontains=filters.username)
    if filters.event:
        rows = rows.filter(event=filters.event)
    if filters.since is not None:
        rows = rows.filter(at__gte=filters.since)
    if filters.until is not None:
        rows = rows.filter(at__lt=filters.until)
    return _lines(rows, limit, before)


def first_login_on(viewer: ActingPost, on: date) -> datetime | None:
    """When the oldest record was made that is still kept."""
    return LoginRecord.objects.filter(_ours(viewer, on, "username")).order_by("id").values_list("at", flat=True).first()


def locked_accounts(viewer: ActingPost, on: date) -> list[Locked]:
    """The accounts that are locked at this moment, by the database's clock, since locks end by the real time in a demo too."""
    wait = settings.AXES_COOLOFF_TIME
    rows = AccessAttempt.objects.filter(_ours(viewer, on, "username"), attempt_time__gte=Now() - wait)
    found = rows.values("username").annotate(failures=Sum("failures_since_start"), last=Max("attempt_time")).order_by("username")
    locked = found.filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    return [Locked(name, failures, last + wait) for name, failures, last in locked.values_list("username", "failures", "last")]


def _within(viewer: ActingPost, on: date) -> QuerySet[User]:
    """Whoever holds or held a post in the viewer's jurisdictions; and who has none at all yet, entered from there or by the system."""
    if viewer.kind not in ("system_admin", "security_admin"):
        raise NotAllowed([Finding("not_your_role", "3", {"action": "people", "by": ["system_admin", "security_admin"]})])
    places = [place.id for place in places_of(viewer, on)]
    posts = Post.objects.filter(user=OuterRef("pk"))
    entry = OuterRef("pk") / ORDINALS  # the entry that made a row is in the row's id
    entered = public_entered_by(entry, Unit.objects.filter(jurisdiction__in=places).values("id"))
    return User.objects.filter(Exists(posts.filter(jurisdiction__in=places)) | (~Exists(posts) & entered))


def _ours(viewer: ActingPost, on: date, field: str) -> Q:
    """User names of the viewer's people, and those that nobody has; another jurisdiction's are none of her business."""
    if viewer.kind != "security_admin":
        raise NotAllowed([Finding("not_your_role", "3", {"action": "logins", "by": ["security_admin"]})])
    known = User.objects.filter(username=OuterRef(field))
    return Q(**{f"{field}__in": _within(viewer, on).values("username")}) | Q(~Exists(known))


def _lines(rows: QuerySet[LoginRecord], limit: int, before: int | None) -> list[LoginLine]:
    if before is not None:
        rows = rows.filter(id__lt=before)
    named = rows.annotate(name=F("user__name")).order_by("-id")
    lines = named.values_list("id", "at", "event", "username", "address", "name")[:limit]
    return [LoginLine(*line[:5], line[5] or "") for line in lines]
