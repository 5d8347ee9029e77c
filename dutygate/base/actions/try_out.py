"""试一试: what the law would say to an act, without doing it. Nothing is locked, changed or entered; ``perform`` decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dutygate.base.actions.now import door_now, own_door
from dutygate.base.actions.perform import as_sealed
from dutygate.base.actions.step import Call, RefusedStep, load_and_decide
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.registry import action_named
from dutygate.law.rules import Finding


def try_out(
    viewer: ActingPost, name: str, subject: str, payload: Mapping[str, Any], moment: datetime, *, signed: bool = True
) -> tuple[Finding, ...]:
    """The findings that would refuse it; () when it would be done. Not ``signed``: by her alone, although a second person may have to sign.

    Raises Malformed, NotFound, NotAllowed, Conflict as ``perform`` would.
    """
    action = action_named(name)
    model, plain = as_sealed(action.Payload, payload)
    call = Call(action, viewer, subject, model, plain, moment, moment, "page", signed=signed)
    try:
        load_and_decide(call, own_door(viewer, moment) if action.confidential else door_now(viewer, subject, moment))
    except RefusedStep as refused:
        return refused.findings
    return ()
