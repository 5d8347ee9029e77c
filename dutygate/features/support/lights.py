"""How a commitment stands on a day, in a word: what the ledger lights, and what a department stands for (Article 5)."""

from __future__ import annotations

from datetime import date
from typing import Any


def light_of(row: Any, today: date) -> str:
    """ "disputed", "late" (not given in full by its day), "unconfirmed" (given, and the department has not got it confirmed by its day),
    "open" (not yet due), "given" (not yet due, and not confirmed), "kept", or "released" (nothing of it is owed any more).
    """
    to_come, unanswered = row.promised - row.released - row.delivered, row.delivered - row.confirmed - row.disputed
    if row.disputed:
        return "disputed"
    over = row.due_on < today
    if to_come:
        return "late" if over else "open"
    if unanswered:
        return "unconfirmed" if over else "given"
    return "kept" if row.delivered else "released"
