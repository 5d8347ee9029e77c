"""核验之进行: asked for, taken up one after another, alive as long as it gives signs of life, ended.

Times that people read come from the caller's clock. Whether a check is alive is asked of the database's clock, which all
processes share, and which no demonstration stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from dutygate.base.catalogue.action import ActingPost
from dutygate.features.audit.checking import Kind, Result, total_of
from dutygate.features.audit.models import Check

DEAD_AFTER: Final = timedelta(seconds=60)
"""Without a sign of life for so long a check has ended badly; signs come every other second."""


def ask_check(viewer: ActingPost, kind: Kind, heads: Sequence[str], moment: datetime) -> int:
    """Ask for a check and return its id; that of the one under way where there is one of this kind."""
    bury_dead(moment)
    chain = viewer.jurisdiction if kind == "chain" else ""
    try:
        with transaction.atomic():
            made = Check.objects.create(
                kind=kind, chain=chain, state="waiting", asked_by=viewer.user_id, asked_at=moment, beat_at=Now(), heads=list(heads)
            )
    except IntegrityError:
        return Check.objects.filter(kind=kind, chain=chain).order_by("-id").values_list("id", flat=True)[0]
    return made.id


def take_next(moment: datetime) -> int | None:
    """Take up the one that has waited longest, and return its id; None when none waits, or another process was faster."""
    waiting = Check.objects.filter(state="waiting").order_by("id").values_list("id", "kind", "chain").first()
    if waiting is None:
        return None
    taken = Check.objects.filter(id=waiting[0], state="waiting").update(
        state="running", started_at=moment, beat_at=Now(), done=0, total=total_of(waiting[1], waiting[2])
    )
    return waiting[0] if taken else None


def given(check_id: int) -> tuple[str, str, list[str]] | None:
    """(kind, chain, heads) of a check that was taken up, or None."""
    return Check.objects.filter(id=check_id, state="running").values_list("kind", "chain", "heads").first()


def beat(check_id: int, done: int) -> bool:
    """A sign of life, and how far it is; False when it was given up meanwhile."""
    return Check.objects.filter(id=check_id, state="running").update(done=done, beat_at=Now()) == 1


def finish(check_id: int, result: Result, done: int, moment: datetime) -> None:
    """Keep what it found."""
    Check.objects.filter(id=check_id, state="running").update(
        state="done", ended_at=moment, beat_at=Now(), done=done, found=result.found, problems=result.problems, facts=result.facts
    )


def end_badly(check_id: int, moment: datetime) -> None:
    """It will not be finished: its process broke down or was stopped."""
    Check.objects.filter(id=check_id, state="running").update(state="broken", ended_at=moment)


def bury_dead(moment: datetime) -> None:
    """Those that have given no sign of life are ended, so that they can be asked for again. Writes only when there are such."""
    dead = Check.objects.filter(state="running", beat_at__lt=Now() - DEAD_AFTER)
    if dead.exists():
        dead.update(state="broken", ended_at=moment)
