"""草稿: forms kept as they were typed, until the act is done or the person throws them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from dutygate.base.actions.models import Draft
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.register.prepared import Prepared

LARGEST: Final = 1024 * 1024
"""Characters of one draft, all fields together; what is longer is not kept (no form asks for as much)."""
MOST: Final = 200
"""Drafts of one person in one post; the oldest goes when there are more."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as its owner sees it: where it goes on, and when it was saved."""

    id: int
    form: str
    path: str
    title: str
    saved_at: datetime


def save_draft(viewer: ActingPost, form: str, *, path: str, title: str, fields: Mapping[str, Sequence[str]], moment: datetime) -> bool:
    """Keep a form as it is typed now; False when it is too long to be kept."""
    if viewer.user_id is None or viewer.post_id is None or sum(len(v) for values in fields.values() for v in values) > LARGEST:
        return False
    kept = {name: list(values) for name, values in fields.items()}
    found = {"path": path[:300], "title": title[:200], "fields": kept, "saved_at": moment}
    _row, made = Draft.objects.update_or_create(user_id=viewer.user_id, post_id=viewer.post_id, form=form[:200], defaults=found)
    if made:
        old = _own(viewer).order_by("-saved_at", "-id").values_list("id", flat=True)
        Draft.objects.filter(id__in=list(old[MOST:])).delete()
    return True


def _own(viewer: ActingPost) -> QuerySet[Draft]:
    if viewer.user_id is None or viewer.post_id is None:
        return Draft.objects.none()
    return Draft.objects.filter(user_id=viewer.user_id, post_id=viewer.post_id)


_BEGUN: Final = Prepared(
    lambda user, post, form: Draft.objects.filter(user_id=user, post_id=post, form=form).values_list("fields", "saved_at"),
    user=int,
    post=int,
    form=str,
)


def draft_of(viewer: ActingPost, form: str) -> tuple[dict[str, list[str]], datetime] | None:
    """(fields, saved at) of a form that this person began in this post, or None."""
    if viewer.user_id is None or viewer.post_id is None:
        return None
    found: tuple[dict[str, list[str]], datetime] | None = _BEGUN.first(user=viewer.user_id, post=viewer.post_id, form=form[:200])
    return found


def forget_draft(viewer: ActingPost, form: str) -> None:
    """Throw it away."""
    _own(viewer).filter(form=form[:200]).delete()


def own_drafts(viewer: ActingPost, limit: int) -> list[DraftLine]:
    """What this person has begun in this post, newest first."""
    rows = _own(viewer).order_by("-saved_at", "-id")
    return [DraftLine(*row) for row in rows.values_list("id", "form", "path", "title", "saved_at")[:limit]]


def count_drafts(viewer: ActingPost) -> int:
    """How many."""
    return _own(viewer).count()
