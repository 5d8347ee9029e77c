"""The actions on a case as a whole (Articles 4.1, 4.4)."""

from dutygate.features.cases.actions import assign, correct, open_case, urge, withdraw

__all__ = ["assign", "correct", "open_case", "urge", "withdraw"]
