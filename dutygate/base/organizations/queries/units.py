"""读机构: what an administrator, the lead or the city reads of units, their names, seats and people (Articles 1 and 3)."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.cards import CodeLine, HeldPost, NameLine, SeatLine, UnitCard
from dutygate.base.organizations.directory import JurisdictionInfo
from dutygate.base.organizations.models import Jurisdiction, Post, Seat, Unit, UnitCode, UnitName
from dutygate.base.organizations.terms import ADMINISTRATORS, CONFERENCE_SEATS
from dutygate.law.rules import Finding

_PLACE = ("id", "code", "name", "kind", "parent_id")


def places_of(viewer: ActingPost, on: date) -> tuple[JurisdictionInfo, ...]:
    """The jurisdictions whose units the viewer may look at, her own first: hers and those below it, as a city sees its banners.

    An administrator's also the one above, while nobody holds her kind of post there: she enters its office that decides for us.
    """
    mine = Q(code__startswith=viewer.jurisdiction)
    if viewer.kind in ADMINISTRATORS:
        held = Post.objects.filter(jurisdiction=OuterRef("pk"), kind=viewer.kind, valid_from__lte=on, valid_to__gt=on)
        above = Q(code__in=[viewer.jurisdiction[:length] for length in range(2, len(viewer.jurisdiction), 2)])
        mine |= above & Q(~Exists(held))
    rows = Jurisdiction.objects.filter(mine).order_by("code").values_list(*_PLACE)
    return tuple(sorted((JurisdictionInfo(*row) for row in rows), key=lambda place: (place.id != viewer.jurisdiction_id, place.code)))


def posts_within(viewer: ActingPost, on: date) -> QuerySet[Post]:
    """Every post, past ones too, in the jurisdictions that the viewer may look at."""
    return Post.objects.filter(jurisdiction__in=[place.id for place in places_of(viewer, on)])


def unit_card(viewer: ActingPost, key: str, on: date) -> UnitCard:
    """One unit. Raises NotFound for one that is unknown or elsewhere."""
    places = {place.id: place for place in places_of(viewer, on)}
    columns = ("valid_from", "valid_to", "id", "key", "kind", "jurisdiction_id")
    row = Unit.objects.filter(key=key, jurisdiction__in=places).values_list(*columns).first()
    if row is None:
        raise NotFound([Finding("not_found", "3", {"subject": key})])
    start, end, unit_id, found, kind, place_id = row
    held = {"unit_id": unit_id, "valid_to__gt": F("valid_from")}
    names = UnitName.objects.filter(**held).order_by("-valid_from", "-id").values_list(*_PERIOD, "name", "short_name", "document")
    codes = UnitCode.objects.filter(**held).order_by("-valid_from", "-id").values_list(*_PERIOD, "code")
    return UnitCard(
        start,
        end,
        unit_id,
        found,
        kind,
        places[place_id].code,
        places[place_id].name,
        tuple(NameLine(*line) for line in names),
        tuple(CodeLine(*line) for line in codes),
        _seats(Seat.objects.filter(**held), on),
        held_posts(viewer, Post.objects.filter(unit_id=unit_id), on),
    )


def seats_of_place(viewer: ActingPost, code: str, on: date) -> tuple[SeatLine, ...]:
    """Who sits, sat and will sit in the seats of a jurisdiction: conference first, each seat's newest first. Raises NotFound."""
    if code not in {place.code for place in places_of(viewer, on)}:
        raise NotFound([Finding("not_found", "3", {"subject": code})])
    found = _seats(Seat.objects.filter(jurisdiction__code=code, valid_to__gt=F("valid_from")), on)
    return tuple(sorted(found, key=lambda line: CONFERENCE_SEATS.index(line.seat) if line.seat in CONFERENCE_SEATS else 9))


def held_posts(viewer: ActingPost, posts: QuerySet[Post], on: date) -> tuple[HeldPost, ...]:
    """These posts as lines, those that hold or will hold first, then the latest to end. One query."""
    rows = posts.filter(valid_to__gt=F("valid_from")).annotate(named=_name_on("unit_id", on)).order_by("-valid_to", "-valid_from", "-id")
    lines = rows.values_list(*_PERIOD, "id", "kind", "unit__key", "named", "user_id", "user__username", "user__name")
    return tuple(
        HeldPost(start, end, pk, kind, unit, name or unit, user, username, person)
        for start, end, pk, kind, unit, name, user, username, person in lines
    )


def seatable_units(viewer: ActingPost, code: str, on: date) -> list[tuple[str, str]]:
    """(key, name) of the units that may take a seat in a jurisdiction: its own and its parent's, but neither townships nor oversight.

    Raises NotFound for a jurisdiction that is not the viewer's.
    """
    place = next((place for place in places_of(viewer, on) if place.code == code), None)
    if place is None:
        raise NotFound([Finding("not_found", "3", {"subject": code})])
    near = Unit.objects.filter(
        jurisdiction__in=[i for i in (place.id, place.parent_id) if i is not None], valid_from__lte=on, valid_to__gt=on
    )
    rows = near.exclude(kind__in=("township", "oversight")).annotate(named=_name_on("pk", on)).order_by("-jurisdiction__code", "key")
    return [(key, name or key) for key, name in rows.values_list("key", "named")]


_PERIOD = ("valid_from", "valid_to")


def _name_on(unit: str, on: date) -> Subquery:
    named = UnitName.objects.filter(unit_id=OuterRef(unit), valid_from__lte=on, valid_to__gt=on).values("name")[:1]
    return Subquery(named, output_field=CharField())


def _seats(rows: QuerySet[Seat], on: date) -> tuple[SeatLine, ...]:
    named = rows.annotate(named=_name_on("unit_id", on)).order_by("seat", "-valid_from", "-id")
    lines = named.values_list(*_PERIOD, "seat", "jurisdiction__code", "jurisdiction__name", "unit__key", "named", "document")
    return tuple(
        SeatLine(start, end, seat, place, place_name, unit, name or unit, document)
        for start, end, seat, place, place_name, unit, name, document in lines
    )
