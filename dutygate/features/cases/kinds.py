"""种类: what a case is for (Articles 4.1, 4.4, 4.5), and what reads otherwise in an exit or an adjustment, by the procedure's own words."""

from __future__ import annotations

from typing import Final

from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.law.procedure.table import Procedure

ADMISSION, EXIT, ADJUSTMENT = "admission", "exit", "adjustment"
KINDS: Final = (ADMISSION, EXIT, ADJUSTMENT)
REFUSE: Final = "review.refuse"


def kind_label(procedure: Procedure, kind: str, lang: str) -> str:
    """准入, 退出 or 调整; of a case under an edition that was kept before there were such words by those of the newest."""
    return label_in(procedure.kinds.get(kind) or newest_procedure().kinds.get(kind), lang, kind)


def state_in(procedure: Procedure, state: str, kind: str, lang: str) -> str:
    """How a state reads in a case of this kind; one that the edition does not know by its name."""
    return label_in(procedure.state_label(state, kind) if state in procedure.states else None, lang, state)


def outcome_in(procedure: Procedure, outcome: str, kind: str, lang: str) -> str:
    """How an outcome reads in a case of this kind: 准予退出, 不予调整 ..."""
    return label_in(procedure.outcome_label(outcome, kind) if outcome in procedure.outcomes else None, lang, outcome)


def action_in(procedure: Procedure, action: str, kind: str, lang: str) -> str:
    """How an action reads in a case of this kind: what refuses an admission refuses an exit by another name."""
    if action == REFUSE and kind != ADMISSION:
        return outcome_in(procedure, "refused", kind, lang)
    return label_in(procedure.labels.get(action) or newest_procedure().labels.get(action), lang, action)
