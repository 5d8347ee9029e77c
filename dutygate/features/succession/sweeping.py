"""到期生效: changes of units whose day has come take effect; for the daily sweep, any number of times a day."""

from __future__ import annotations

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.outcome import Outcome
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.errors import Conflict, NotFound
from dutygate.base.organizations.queries.changes import public_changes_due


def take_effect_of_due_changes() -> list[Outcome]:
    """Every change that is due, earliest day first, also those of days on which nothing ran. Once done it is not due any more.

    A change that somebody else let take effect, or took back, in the same moment is passed over.
    """
    done: list[Outcome] = []
    for jurisdiction_id, code, ref in public_changes_due(local_day(clock.now())):
        try:
            done.append(perform(system_acting(jurisdiction_id, code), "unit.take_effect", ref, {}, via="sweep"))
        except (Conflict, NotFound):
            continue
    return done
