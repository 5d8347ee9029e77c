"""机构变更生效、取消、人员转任: what happens on the day of a change, what undoes it before, and who goes along (Article 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import F
from django.utils import timezone
from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.changes import Key
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.actions.units import unit_here
from dutygate.base.organizations.changing import Change, change_of
from dutygate.base.organizations.facts import UnitSubject
from dutygate.base.organizations.models import Post, Seat, Unit, UnitCode, UnitName, UnitSuccession
from dutygate.base.organizations.passing import posts_to_pass_on
from dutygate.base.organizations.terms import ADMINISTRATORS, CONFERENCE_SEATS, MANY_UNITS, OPEN_END

FOLLOWED_BY: Final = ("unit.pass_on_duties", "unit.pass_on_cases")
"""What features above do with it, each as an entry of its own: lists, and open cases."""


class _OfChange(OfficeAction[Change]):
    """An action on a change on record."""

    bumps_reference = True

    def load(self, ref: str, payload: Any, door: Door) -> Change:
        """Raises NotFound: unknown, or taken back."""
        found = change_of(ref, door.jurisdiction_id)
        if found is None:
            raise NotFound
        return found

    def subject_key(self, subject: Change) -> str:
        """ "150721.change-3"."""
        return subject.ref


@register_action
class TakeEffect(_OfChange):
    """机构变更生效: on its day, by the system, once. Subject: the change. Result: {seats, seats_left, posts_ended}.

    Seats pass to the main successor; one that would give it two places in the conference stays empty until somebody is put into it.
    The posts of administrators go along, so that nobody is left without any; all others end with their unit, and the security
    administrator passes them on (``post.pass_on``), before the day or after it. Tokens end with their posts.
    """

    name = "unit.take_effect"
    internal = True

    def load(self, ref: str, payload: Any, door: Door) -> Change:
        """Raises Conflict when it took effect already, or its day has not come."""
        found = super().load(ref, payload, door)
        if found.effective:
            raise Conflict(detail=f"{ref} took effect already")
        if found.day > door.today:
            raise Conflict(detail=f"{ref} takes effect on {found.day}")
        return found

    def apply(self, subject: Change, payload: Any, context: Context) -> None:
        """Everything of this folder; the rest follows."""
        UnitSuccession.objects.filter(id__in=[row.id for row in subject.rows]).update(effective_at=context.recorded_at)
        seats: list[str] = []
        left: list[str] = []
        ended = 0
        for row in subject.rows:
            if row.ends and row.main:
                _pass_seats(row, subject.day, context, seats, left)
                ended += _end_posts(row, context)
        context.result |= {"seats": seats, "seats_left": left, "posts_ended": ended}
        context.tell("unit_changed", {row.to_unit_id for row in subject.rows}, change=subject.ref, document=subject.document)
        for action in FOLLOWED_BY:
            context.follow(action, context.door.chain, change=subject.ref)


def _pass_seats(row: UnitSuccession, day: date, context: Context, seats: list[str], left: list[str]) -> None:
    """The former unit's seats of this jurisdiction, from the day on; a row that begins later passes whole."""
    place = context.jurisdiction_id
    rows = Seat.objects.filter(jurisdiction_id=place, unit_id=row.from_unit_id, valid_to__gt=day).filter(valid_to__gt=F("valid_from"))
    for seat in rows.order_by("id"):
        start, end = max(seat.valid_from, day), seat.valid_to
        Seat.objects.filter(pk=seat.pk).update(valid_to=start)
        sits = Seat.objects.filter(jurisdiction_id=place, unit_id=row.to_unit_id, valid_to__gt=start, valid_from__lt=end)
        others = set(sits.filter(valid_to__gt=F("valid_from")).values_list("seat", flat=True))
        if seat.seat in CONFERENCE_SEATS and others & set(CONFERENCE_SEATS):
            left += [seat.seat] if seat.seat not in MANY_UNITS else []
            continue
        Seat.objects.create(
            id=context.new_id(),
            jurisdiction_id=place,
            seat=seat.seat,
            unit_id=row.to_unit_id,
            valid_from=start,
            valid_to=end,
            document=row.document,
        )
        seats.append(seat.seat)


def _end_posts(row: UnitSuccession, context: Context) -> int:
    """Posts end today, or on the day of the change if that is later still; how many did. Those of administrators are passed on."""
    end = context.door.today
    posts = Post.objects.filter(unit_id=row.from_unit_id, valid_to__gt=end).filter(valid_to__gt=F("valid_from"))
    going = list(posts.filter(kind__in=ADMINISTRATORS).order_by("id"))
    count = posts.count()
    posts.filter(valid_from__gte=end).update(valid_to=F("valid_from"))
    posts.filter(valid_from__lt=end).update(valid_to=end)
    Post.objects.bulk_create(_passed(post, row.to_unit_id, max(end, post.valid_from), context) for post in going)
    return count


def _passed(post: Post, unit_id: int, start: date, context: Context) -> Post:
    return Post(
        id=context.new_id(),
        jurisdiction_id=context.jurisdiction_id,
        user_id=post.user_id,
        unit_id=unit_id,
        kind=post.kind,
        valid_from=start,
        valid_to=OPEN_END,
        passed_from_id=post.id,
    )


@register_action
class CancelChange(_OfChange):
    """取消机构变更: before its day everything is as if it had not been recorded; the rows stay, on no day. Result: {seats_empty}."""

    name = "unit.cancel_change"

    class Payload(Given):
        """Why: the document that puts it right, or what was wrong."""

        reason: str = Field(min_length=1, max_length=200)

    def look_up(self, subject: Change, payload: Any, door: Door) -> Mapping[str, Any]:
        """Its day, and whether it has taken effect."""
        return {"valid_from": subject.day, "effective": subject.effective}

    def apply(self, subject: Change, payload: Any, context: Context) -> None:
        """Former units go on, new ones never come to be; posts and seats given ahead fall away."""
        day = subject.day
        UnitSuccession.objects.filter(id__in=[row.id for row in subject.rows]).update(valid_to=F("valid_from"))
        former = {row.from_unit_id for row in subject.rows if row.ends}
        Unit.objects.filter(id__in=former, valid_to=day).update(valid_to=OPEN_END)
        UnitCode.objects.filter(unit_id__in=former, valid_to=day).update(valid_to=OPEN_END)
        founded = {row.to_unit_id for row in subject.rows if row.founds}
        for model in (UnitName, UnitCode):
            model._default_manager.filter(unit_id__in=founded).update(valid_to=F("valid_from"))
        Unit.objects.filter(id__in=founded).update(valid_to=F("valid_from"))
        ahead = Post.objects.filter(passed_from__unit_id__in={row.from_unit_id for row in subject.rows}, valid_from__gte=day)
        ahead.filter(unit_id__in={row.to_unit_id for row in subject.rows}).update(valid_to=F("valid_from"))
        Post.objects.filter(unit_id__in=founded).update(valid_to=F("valid_from"))
        seats = Seat.objects.filter(unit_id__in=founded, jurisdiction_id=context.jurisdiction_id).filter(valid_to__gt=F("valid_from"))
        context.result["seats_empty"] = sorted(set(seats.values_list("seat", flat=True)))
        seats.update(valid_to=F("valid_from"))


@dataclass(frozen=True, slots=True)
class Passing:
    """转任: from one unit to a successor of it, from a day on; ``posts``: those that go along."""

    unit: UnitSubject
    to: str
    to_id: int
    day: date
    is_successor: bool
    posts: tuple[Post, ...]
    strangers: tuple[str, ...]


@register_action
class PassOnPosts(OfficeAction[Passing]):
    """人员转任: the handlers and signatories of a unit go over to its successor, by the security administrator. Subject: the unit's key.

    It may be done as soon as the change is on record, for the day of the change. Whoever holds the same post there already is
    left as she is. Result: {passed: user names}.
    """

    name = "post.pass_on"
    bumps_reference = True

    class Payload(Given):
        """``to``: the key of the successor; ``usernames``: who goes, everybody if none are named."""

        to: Key
        usernames: tuple[Key, ...] = Field((), max_length=1000)

    def load(self, ref: str, payload: Any, door: Door) -> Passing:
        """Raises NotFound for the unit, Malformed for a successor that is not of this jurisdiction."""
        unit = unit_here(ref, door)
        to = Unit.objects.filter(key=payload.to, jurisdiction_id=door.jurisdiction_id).values_list("id", flat=True).first()
        if to is None:
            raise Malformed([("to", "no unit of this jurisdiction has this key")])
        links = UnitSuccession.objects.filter(from_unit_id=unit.id, to_unit_id=to).filter(valid_to__gt=F("valid_from"))
        last = links.order_by("-valid_from").values_list("valid_from", "effective_at").first()
        day, effective = last or (door.today, None)
        eve = day if effective is None else max(day, effective.astimezone(timezone.get_default_timezone()).date())
        posts = posts_to_pass_on(unit.id, eve)
        named = {post.user.username for post in posts}
        going = tuple(post for post in posts if not payload.usernames or post.user.username in payload.usernames)
        strangers = tuple(sorted(set(payload.usernames) - named))
        return Passing(unit, payload.to, to, max(day, door.today), last is not None, going, strangers)

    def look_up(self, subject: Passing, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether there is such a successor, and who holds no post that could go along."""
        return {"unit": subject.unit.key, "is_successor": subject.is_successor, "strangers": subject.strangers}

    def apply(self, subject: Passing, payload: Any, context: Context) -> None:
        """The old posts end that day, the same ones begin in the successor."""
        open_there = Post.objects.filter(unit_id=subject.to_id, valid_to__gt=subject.day).filter(valid_to__gt=F("valid_from"))
        there = set(open_there.values_list("user_id", "kind"))
        going = [post for post in subject.posts if (post.user_id, post.kind) not in there]
        still = Post.objects.filter(id__in=[post.id for post in going], valid_to__gt=subject.day)
        still.filter(valid_from__gte=subject.day).update(valid_to=F("valid_from"))
        still.filter(valid_from__lt=subject.day).update(valid_to=subject.day)
        Post.objects.bulk_create(_passed(post, subject.to_id, max(subject.day, post.valid_from), context) for post in going)
        context.result["passed"] = sorted(post.user.username for post in going)

    def subject_key(self, subject: Passing) -> str:
        """The former unit's key."""
        return subject.unit.key
