"""检查草案: asked for on the page of a draft, done by the worker, entered in the register with what was found (Article 11).

A draft is sound in itself and lacks nothing that the program rests on; then every state of a case is walked under it, quickly or
whole, as ``law check`` does for the editions that ship. Minutes of work are no part of an action: the worker looks, and then enters.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.registry import all_actions
from dutygate.features.editions.actions.draft import content_of
from dutygate.features.editions.models import DraftCheck, EditionDraft
from dutygate.law.procedure.check import check_edition
from dutygate.law.procedure.fitness import Problem, problems
from dutygate.law.regulation.edition import Edition, package_editions

DEAD_AFTER: Final = timedelta(hours=3)
"""A check that was taken up so long ago has ended badly: the whole walk takes minutes."""
MOST: Final = 200
_log = logging.getLogger(__name__)


def ask_check(viewer: ActingPost, draft: EditionDraft, whole: bool, moment: datetime) -> int:
    """Ask for a check of a draft as it stands, and return its id; that of the one under way where there is one."""
    bury_dead(moment)
    try:
        with transaction.atomic():
            made = DraftCheck.objects.create(
                draft_id=draft.id,
                jurisdiction_id=draft.jurisdiction_id,
                whole=whole,
                state="waiting",
                asked_by=viewer.user_id,
                asked_at=moment,
            )
    except IntegrityError:
        return DraftCheck.objects.filter(draft_id=draft.id).order_by("-id").values_list("id", flat=True)[0]
    return made.id


def take_next(moment: datetime) -> int | None:
    """Take up the one that has waited longest; None when none waits, or another process was faster. One query when nothing is to do."""
    going = list(DraftCheck.objects.filter(state__in=("waiting", "running")).order_by("id").values_list("id", "state", "started_at"))
    if any(started is not None and started < moment - DEAD_AFTER for _id, _state, started in going):
        bury_dead(moment)
    waiting = next((check for check, state, _started in going if state == "waiting"), None)
    if waiting is None:
        return None
    return waiting if DraftCheck.objects.filter(id=waiting, state="waiting").update(state="running", started_at=moment) else None


def end_badly(check_id: int, moment: datetime) -> None:
    """It will not be finished: its process broke down or was stopped."""
    DraftCheck.objects.filter(id=check_id, state="running").update(state="broken", ended_at=moment)


def bury_dead(moment: datetime) -> None:
    """Those taken up too long ago are ended, so that they can be asked for again."""
    DraftCheck.objects.filter(state="running", started_at__lt=moment - DEAD_AFTER).update(state="broken", ended_at=moment)


def run_check(check_id: int) -> bool:
    """Do a check that was taken up, and enter what it found; whether it came to its end."""
    asked = DraftCheck.objects.filter(id=check_id, state="running").first()
    if asked is None:
        return False
    try:
        draft = EditionDraft.objects.select_related("jurisdiction").get(pk=asked.draft_id)
        found, states = look_through(content_of(draft), whole=asked.whole)
        code = draft.jurisdiction.code
        said: dict[str, Any] = {
            "draft": str(draft.id),
            "digest": draft.digest,
            "whole": asked.whole,
            "states": states,
            "problems": [{"name": p.name, "provision": p.provision, "where": p.where[:2000]} for p in found[:MOST]],
        }
        perform(system_acting(draft.jurisdiction_id, code), "edition.check", code, said, via="job")
    except Exception:
        _log.exception("the check %s of a draft broke down", check_id)
        end_badly(check_id, clock.now())
        return False
    DraftCheck.objects.filter(id=check_id).update(state="done", ended_at=clock.now())
    return True


def look_through(edition: Edition, *, whole: bool) -> tuple[list[Problem], int]:
    """What is wrong with an edition, and how many states were walked. It is walked only when it can be."""
    base = [one for one in package_editions().values() if one.content_published][-1]
    found = problems(edition, base, all_actions())
    if found:
        return found, 0
    report = check_edition(edition, quick=not whole)
    broken = [Problem(one.invariant, one.cites, " → ".join((one.cut, *one.path))) for one in report.broken]
    unreached = [Problem("every_state_is_reached", "4", state) for state in report.unreached]
    return [*broken, *unreached], report.total("states")
