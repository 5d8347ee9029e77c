"""办理调整（第四条（五））: what follows from a change of the law, one adjustment for each duty that rests on it.

Each is the case of the department that leads the duty, opened as an entry of its own by whoever entered the change; the lead may act
in the department's stead, and the edition sets until when it has to begin.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet

from dutygate.base.catalogue.action import ActingPost, Context
from dutygate.base.organizations.directory import Directory
from dutygate.features.bases.models import BasisChange
from dutygate.features.bases.resting import Resting
from dutygate.features.bases.wording import change_cited, change_said
from dutygate.features.cases.duties import duty_on
from dutygate.features.cases.queries import cases_visible

REASON: Final = "law_changed"
CAUSE_LIMIT, WORDS_LIMIT = 120, 2000


def open_adjustments(change: BasisChange, duties: Iterable[Resting], directory: Directory, context: Context) -> dict[str, list[str]]:
    """Let an adjustment be opened for each of these duties that needs one and has none open for a change of the law.

    Says what is done about each (codes): ``opened``; ``already`` being adjusted because of the law; ``unled``: no department leads it;
    ``later``: it stands on no list yet.
    """
    found = list(duties)
    open_now = adjusted_now(change.jurisdiction_id, [one.code for one in found])
    done: dict[str, list[str]] = {"opened": [], "already": [], "unled": [], "later": []}
    for one in found:
        what = _what(one, open_now, change.jurisdiction_id, context)
        done[what].append(one.code)
        if what == "opened":
            assert one.lead_unit_id is not None
            opened = adjustment_of(change, one.code, directory.unit(one.lead_unit_id).key)
            context.follow("case.open", directory.jurisdiction.code, **opened)
    return done


def adjustment_of(change: BasisChange, duty: str, initiator: str) -> dict[str, Any]:
    """What ``case.open`` is given for a duty (its code) and the department that leads it (its key), because of this change."""
    return {
        "kind": "adjustment",
        "duty": duty,
        "reason": REASON,
        "reason_words": change_said(change)[:WORDS_LIMIT],
        "mandated": True,
        "cause": cause_of(change),
        "initiator": initiator,
    }


def cause_of(change: BasisChange) -> str:
    """The change as the adjustment names it."""
    return change_cited(change)[:CAUSE_LIMIT]


def _what(one: Resting, open_now: frozenset[str], jurisdiction_id: int, context: Context) -> str:
    if one.code in open_now:
        return "already"
    if one.lead_unit_id is None:
        return "unled"
    duty = duty_on(jurisdiction_id, one.code, context.on)
    return "opened" if duty is not None and duty.in_force else "later"


def adjusted_for(change: BasisChange, codes: Iterable[str]) -> frozenset[str]:
    """The duties of these (codes) for which an adjustment was ever opened because of this change, whatever became of it."""
    return frozenset(_mandated(change.jurisdiction_id, codes).filter(cause=cause_of(change)).values_list("duty__code", flat=True))


def adjusted_now(jurisdiction_id: int, codes: Iterable[str]) -> frozenset[str]:
    """The duties of these (codes) whose adjustment because of the law is under way."""
    return frozenset(_mandated(jurisdiction_id, codes).filter(closed_at=None).values_list("duty__code", flat=True))


def _mandated(jurisdiction_id: int, codes: Iterable[str]) -> QuerySet[Any]:
    nobody = ActingPost(None, None, None, "system", "system", jurisdiction_id, "", "system")
    rows = cases_visible(nobody).filter(jurisdiction=jurisdiction_id, kind="adjustment", mandated=True, reason=REASON)
    return rows.filter(duty__code__in=list(codes))
