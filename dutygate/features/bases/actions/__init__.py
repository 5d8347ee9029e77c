"""The actions on legal bases (Articles 1, 4.5)."""

from dutygate.features.bases.actions import change, correct, register

__all__ = ["change", "correct", "register"]
