"""读机构变更: changes on record of the jurisdictions that an administrator or the lead looks at, and those whose day has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils import timezone

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.cards import Period
from dutygate.base.organizations.changing import change_ref
from dutygate.base.organizations.models import ApiToken, UnitSuccession
from dutygate.base.organizations.passing import posts_to_pass_on
from dutygate.base.organizations.queries.units import places_of
from dutygate.base.organizations.terms import ADMINISTRATORS, POST_LABELS


@dataclass(frozen=True, slots=True)
class SuccessionLine(Period):
    """承继: one former unit and one successor (keys and ids) of a change. ``effective_at`` is None while its day lies ahead."""

    ref: str
    kind: str
    former_id: int
    former: str
    successor_id: int
    successor: str
    main: bool
    ends: bool
    what: str
    takes: dict[str, list[str]]
    document: str
    effective_at: datetime | None


def successions_of(viewer: ActingPost, key: str, on: date) -> tuple[SuccessionLine, ...]:
    """What a unit came from and what it went into, within the viewer's jurisdictions; newest first, taken back ones left out."""
    return _lines(viewer, on, Q(from_unit__key=key) | Q(to_unit__key=key))


def changes_in(viewer: ActingPost, code: str, on: date) -> tuple[SuccessionLine, ...]:
    """Every change on record of one of the viewer's jurisdictions, newest first."""
    return _lines(viewer, on, Q(jurisdiction__code=code))


def _lines(viewer: ActingPost, on: date, wanted: Q) -> tuple[SuccessionLine, ...]:
    places = [place.id for place in places_of(viewer, on)]
    rows = UnitSuccession.objects.filter(wanted, jurisdiction__in=places, valid_to__gt=F("valid_from")).order_by("-valid_from", "-id")
    found = rows.values_list(
        *("valid_from", "valid_to", "jurisdiction__code", "change", "kind", "from_unit_id", "from_unit__key", "to_unit_id"),
        *("to_unit__key", "main", "ends", "what", "takes", "document", "effective_at"),
    )
    return tuple(SuccessionLine(start, end, change_ref(code, number), *rest) for start, end, code, number, *rest in found)


def tokens_in_use(viewer: ActingPost, unit_id: int, moment: datetime) -> int:
    """How many API tokens are bound to posts of a unit and still work."""
    places = [place.id for place in places_of(viewer, public_local_day(moment))]
    rows = ApiToken.objects.filter(post__unit_id=unit_id, post__jurisdiction__in=places, revoked_at=None, expires_at__gt=moment)
    return rows.count()


def going_along(viewer: ActingPost, key: str, on: date) -> list[tuple[str, str]]:
    """(user name, name and post) of those whose posts in a unit can be passed on to its successors."""
    links = UnitSuccession.objects.filter(from_unit__key=key, jurisdiction__in=[place.id for place in places_of(viewer, on)])
    row = (
        links.filter(valid_to__gt=F("valid_from")).order_by("-valid_from").values_list("from_unit_id", "valid_from", "effective_at").first()
    )
    if row is None or viewer.kind not in ADMINISTRATORS:
        return []
    unit_id, day, effective = row
    posts = posts_to_pass_on(unit_id, day if effective is None else max(day, public_local_day(effective)))
    words: dict[str, list[str]] = {}
    names = {post.user.username: post.user.name for post in posts}
    for post in posts:
        words.setdefault(post.user.username, []).append(POST_LABELS.get(post.kind, post.kind))
    return [(username, f"{names[username]} ({username}) · {'、'.join(kinds)}") for username, kinds in words.items()]


def public_local_day(moment: datetime) -> date:
    """The calendar day of a moment in the offices' time zone."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def public_changes_due(on: date) -> list[tuple[int, str, str]]:
    """Changes whose day has come and that have not taken effect: (jurisdiction id, its code, change), in the order of their days."""
    rows = UnitSuccession.objects.filter(effective_at=None, valid_from__lte=on, valid_to__gt=F("valid_from"))
    found: Iterable[tuple[int, str, int]] = rows.order_by("valid_from", "id").values_list("jurisdiction_id", "jurisdiction__code", "change")
    return list(dict.fromkeys((place, code, change_ref(code, number)) for place, code, number in found))
