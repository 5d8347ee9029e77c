"""每日巡检: what a day brings about by itself (a term ends, a reminder falls due), done through the one door by the system.

Features register what they find due; the sweep performs it. It may run any number of times a day and catches up after days on which it
did not: what is done is found to be done, and what two sweeps find at once is done by one of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.errors import Busy, NotDone
from dutygate.base.organizations.queries import public_jurisdictions

_log = logging.getLogger("dutygate.sweep")


@dataclass(frozen=True, slots=True)
class Due:
    """One action that is due: its name, its subject, its payload. ``counted``: it is told how often it was done, and what kept it from
    being done; what is confidential, or done every day, is not.
    """

    action: str
    subject: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    counted: bool = True


@dataclass(slots=True)
class Swept:
    """What a sweep did: ``done`` counts by action, ``failed`` what could not be done, in words."""

    done: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


Look = Callable[[int, date], Iterable[Due]]
_looks: Final[list[Look]] = []


def swept(look: Look) -> Look:
    """Register who says what is due: (jurisdiction id, local day) -> actions. What was done already is not said again."""
    _looks.append(look)
    return look


def sweep() -> Swept:
    """Everything that is due today in every jurisdiction. One act that cannot be done keeps no other from being done.

    Raises Busy when the writers' queue is full; what was done until then stays done, and the next sweep goes on from there.
    """
    today = local_day(clock.now())
    found = Swept()
    for place in public_jurisdictions():
        acting = system_acting(place.id, place.code)
        for look in _looks:
            for due in list(look(place.id, today)):
                try:
                    perform(acting, due.action, due.subject, due.payload, via="sweep")
                except Busy:
                    raise
                except NotDone as error:
                    if not due.counted:
                        _log.warning("an act that is not counted is due and was not done")
                        continue
                    _log.warning("%s %s is due and was not done: %s", due.action, due.subject, error)
                    found.failed.append(f"{due.action} {due.subject}: {error}")
                else:
                    if due.counted:
                        found.done[due.action] = found.done.get(due.action, 0) + 1
    return found
