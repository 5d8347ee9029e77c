"""登记人员、任职、免去任职."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db import connections
from django.db.models import F
from pydantic import Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations import facts
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.actions.units import unit_here
from dutygate.base.organizations.facts import UnitSubject
from dutygate.base.organizations.models import Post, User
from dutygate.base.organizations.terms import OPEN_END, PostKind
from dutygate.base.register.alias import current_alias
from dutygate.base.register.prepared import insert
from dutygate.law.rules import Finding

USERNAME = r"^[a-z][a-z0-9._-]{1,63}$"


@register_action
class CreateUser(OfficeAction[str]):
    """登记人员. Subject: "" or the user name again. The first password is set apart (``credentials.set_initial_password``)."""

    name = "user.create"
    common = True

    class Payload(Given):
        """``username``: small letters, digits, ``._-``. ``name``: 姓名."""

        username: str = Field(pattern=USERNAME)
        name: str = Field(min_length=1, max_length=60)

    def load(self, ref: str, payload: Any, door: Door) -> str:
        """The user name. Raises Malformed when the subject is another one."""
        if ref not in ("", payload.username):
            raise Malformed([("subject", "leave it empty, or repeat the user name")])
        return str(payload.username)

    def apply(self, subject: str, payload: Any, context: Context) -> None:
        """One row, without a password that could be used. Raises Conflict when the user name is taken."""
        if User.objects.filter(username=subject).exists():
            raise Conflict([Finding("name_taken", "3", {})])
        user = User(id=context.new_id(), username=subject, name=payload.name, created_on=context.on)
        insert(user)
        context.result |= {"id": str(user.id), "username": subject}

    def subject_key(self, subject: str) -> str:
        """The user name."""
        return subject


@dataclass(frozen=True, slots=True)
class PostSubject:
    """任职: a unit and a person. ``ends``: the post that is to end."""

    unit: UnitSubject
    user_id: int
    person: str
    ends: int | None = None


def _person(username: str) -> tuple[int, str]:
    """Id and 姓名. Her row is locked until the transaction ends: two chains must not make her two administrators at once.

    Raises Malformed when nobody has that user name, or she is no longer active.
    """
    people = User.objects.filter(username=username, is_active=True)
    if connections[current_alias()].in_atomic_block:
        people = people.select_for_update(no_key=True)
    row = people.values_list("id", "name").first()
    if row is None:
        raise Malformed([("username", "nobody active has this user name")])
    return row


@register_action
class AppointToPost(OfficeAction[PostSubject]):
    """任职. Subject: the unit's key. 三员不得为同一人 (GB/T 22239-2019); one person may hold several other posts."""

    name = "post.appoint"
    bumps_reference = True

    class Payload(Given):
        """``valid_to``: the first day on which it is over."""

        username: str = Field(max_length=64)
        kind: PostKind
        valid_from: date | None = None
        valid_to: date = OPEN_END

        @model_validator(mode="after")
        def not_backwards(self) -> Self:
            """A post is held for at least one day."""
            if self.valid_from is not None and self.valid_to <= self.valid_from:
                raise ValueError("valid_to must come after valid_from")
            return self

    def load(self, ref: str, payload: Any, door: Door) -> PostSubject:
        """Raises NotFound for the unit, Malformed for the person."""
        return PostSubject(unit_here(ref, door), *_person(payload.username))

    def look_up(self, subject: PostSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """What she holds in that time, here and anywhere."""
        start, end = payload.valid_from or door.on, payload.valid_to
        return {
            "valid_from": start,
            "person": subject.person,
            "unit": subject.unit.key,
            "unit_from": subject.unit.valid_from,
            "unit_to": subject.unit.valid_to,
            "holds": facts.kinds_held(subject.user_id, start, end),
            "held_here": facts.holds_here(subject.user_id, subject.unit.id, payload.kind, start, end),
        }

    def apply(self, subject: PostSubject, payload: Any, context: Context) -> None:
        """One row."""
        post = Post(
            id=context.new_id(),
            jurisdiction_id=subject.unit.jurisdiction_id,
            user_id=subject.user_id,
            unit_id=subject.unit.id,
            kind=payload.kind,
            valid_from=payload.valid_from or context.on,
            valid_to=payload.valid_to,
        )
        insert(post)
        context.result |= {"id": str(post.id)}

    def subject_key(self, subject: PostSubject) -> str:
        """The unit's key; the person stands in the payload."""
        return subject.unit.key


@register_action
class EndPost(OfficeAction[PostSubject]):
    """免去任职. Subject: the unit's key. With the post its tokens end."""

    name = "post.end"
    bumps_reference = True

    class Payload(Given):
        """``ends_on``: the first day on which she no longer holds it; the day of the act, if not given."""

        username: str = Field(max_length=64)
        kind: PostKind
        ends_on: date | None = None
        reason: str = Field(default="", max_length=200)

    def load(self, ref: str, payload: Any, door: Door) -> PostSubject:
        """Raises NotFound for the unit, Malformed for the person."""
        unit = unit_here(ref, door)
        user_id, person = _person(payload.username)
        return PostSubject(unit, user_id, person, facts.post_to_end(user_id, unit.id, payload.kind, payload.ends_on or door.on))

    def look_up(self, subject: PostSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """The post that is to end."""
        return {"ends": subject.ends, "person": subject.person, "unit": subject.unit.key}

    def apply(self, subject: PostSubject, payload: Any, context: Context) -> None:
        """End it that day; one that has not begun by then is taken back."""
        if subject.ends is None:
            raise NotFound
        ends_on = payload.ends_on or context.on
        held = Post.objects.filter(pk=subject.ends)
        held.filter(valid_from__gte=ends_on).update(valid_to=F("valid_from"))
        held.filter(valid_from__lt=ends_on).update(valid_to=ends_on)

    def subject_key(self, subject: PostSubject) -> str:
        """The unit's key; the person stands in the payload."""
        return subject.unit.key
