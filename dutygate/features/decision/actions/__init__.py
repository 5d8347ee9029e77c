"""The actions of decision and notice (Articles 1, 4.2-4.4)."""

from dutygate.features.decision.actions import delivery, notice, record, record_set, submit

__all__ = ["delivery", "notice", "record", "record_set", "submit"]
