"""Pure checks, each citing a provision: facts in, findings out. Importing this package registers them all."""

from dutygate.law.rules import (
    application,
    bases,
    closing,
    consultation,
    decision,
    editions,
    expiry,
    leaving,
    listing,
    moves,
    office,
    opening,
    papers,
    review,
    timing,
    units,
)
from dutygate.law.rules.registry import CONDITIONS, RULES, Finding, Rule

__all__ = [
    "CONDITIONS",
    "RULES",
    "Finding",
    "Rule",
    "application",
    "bases",
    "closing",
    "consultation",
    "decision",
    "editions",
    "expiry",
    "leaving",
    "listing",
    "moves",
    "office",
    "opening",
    "papers",
    "review",
    "timing",
    "units",
]
