"""人员转任: whose posts go along when a unit is merged or split."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import F

from dutygate.base.organizations.models import Post

OFFICE_POSTS: Final = ("handler", "signatory")


def posts_to_pass_on(unit_id: int, day: date) -> list[Post]:
    """The office posts that a unit has on the eve of its change, or had until it took effect; one for each person and kind."""
    held = Post.objects.filter(unit_id=unit_id, kind__in=OFFICE_POSTS, valid_to__gte=day, user__is_active=True)
    rows = held.filter(valid_to__gt=F("valid_from")).select_related("user").order_by("valid_from", "id")
    last = {(post.user_id, post.kind): post for post in rows}
    return [last[mark] for mark in sorted(last)]
