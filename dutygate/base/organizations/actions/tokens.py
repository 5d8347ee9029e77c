"""签发、撤销接口令牌."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from pydantic import Field

from dutygate.base.catalogue.action import ActingPost, Context, Door, Given
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.models import ApiToken, Post


@dataclass(frozen=True, slots=True)
class TokenSubject:
    """接口令牌, or the post for which one is to be issued."""

    key: str
    user_id: int
    post_id: int
    jurisdiction_id: int
    token_id: int = 0
    revoked: bool = False


class _TokenAction(OfficeAction[TokenSubject]):
    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The chain of the acting post: tokens are bound to a post there."""
        return acting.jurisdiction

    def relations(self, subject: TokenSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """Also 本人: the token or post is hers."""
        mine = door.acting.user_id is not None and subject.user_id == door.acting.user_id
        return super().relations(subject, payload, door, roles) | ({"self"} if mine else set())

    def subject_key(self, subject: TokenSubject) -> str:
        """``token:`` and its id, or ``post:`` and the post's id for a new one; both are taken as a subject again."""
        return subject.key


@register_action
class IssueToken(_TokenAction):
    """签发接口令牌. Subject: the id of one's own post ("123" or "post:123"), or "" for the post one acts in.

    Secret and hash are in neither payload nor entry: the face makes the secret, and ``credentials.set_token_secret`` puts its
    hash to the row named in the result. Until then nobody can come in with it.
    """

    name = "token.issue"

    class Payload(Given):
        """``label``: what it is for. ``expires_on``: its last day, at most 366 days away."""

        label: str = Field(min_length=1, max_length=100)
        expires_on: date

    def load(self, ref: str, payload: Any, door: Door) -> TokenSubject:
        """Raises NotFound for a post of another person, of another jurisdiction, or one that does not hold."""
        post_id = _id(ref or str(door.acting.post_id), "post:")
        held = Post.objects.filter(jurisdiction_id=door.jurisdiction_id, user_id=_person(door))
        held = held.filter(valid_from__lte=door.today, valid_to__gt=door.today)
        row = held.filter(pk=post_id).values_list("user_id", "id").first()
        if row is None:
            raise NotFound
        return TokenSubject(f"post:{row[1]}", row[0], row[1], door.jurisdiction_id)

    def apply(self, subject: TokenSubject, payload: Any, context: Context) -> None:
        """The row, without a secret."""
        after = datetime.combine(payload.expires_on + timedelta(days=1), time.min, timezone.get_default_timezone())
        token = ApiToken.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            user_id=subject.user_id,
            post_id=subject.post_id,
            label=payload.label,
            created_at=context.recorded_at,
            expires_at=after,
        )
        context.result |= {"id": str(token.id)}


@register_action
class RevokeToken(_TokenAction):
    """撤销接口令牌. Subject: the token's id. Its owner and the security administrator may."""

    name = "token.revoke"

    class Payload(Given):
        """``reason``: why, if there is something to say (lost, no longer needed)."""

        reason: str = Field(default="", max_length=200)

    def load(self, ref: str, payload: Any, door: Door) -> TokenSubject:
        """Raises NotFound, also for another person's token unless the acting post is the security administrator's."""
        found = ApiToken.objects.filter(jurisdiction_id=door.jurisdiction_id)
        if door.acting.kind != "security_admin":
            found = found.filter(user_id=_person(door))
        row = found.filter(pk=_id(ref, "token:")).values_list("id", "user_id", "post_id", "revoked_at").first()
        if row is None:
            raise NotFound
        return TokenSubject(f"token:{row[0]}", row[1], row[2], door.jurisdiction_id, row[0], row[3] is not None)

    def look_up(self, subject: TokenSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether it is revoked already."""
        return {"revoked": subject.revoked}

    def apply(self, subject: TokenSubject, payload: Any, context: Context) -> None:
        """It ends at this moment."""
        ApiToken.objects.filter(pk=subject.token_id).update(revoked_at=context.recorded_at)


def _person(door: Door) -> int:
    """Who acts. Raises NotFound for the system, which has no tokens."""
    if door.acting.user_id is None:
        raise NotFound
    return door.acting.user_id


def _id(ref: str, prefix: str) -> int:
    """The id in "123" or "post:123". Raises NotFound for anything else."""
    digits = ref.removeprefix(prefix)
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 19):
        raise NotFound
    return int(digits)
