"""The actions on a case as a whole (Articles 4.1, 4.4)."""

from dutygate.features.cases.actions import assign, circulate, correct, hand_over, open_case, sign, urge, withdraw

__all__ = ["assign", "circulate", "correct", "hand_over", "open_case", "sign", "urge", "withdraw"]
