"""The actions of decision and notice (Articles 1, 4.2-4.4)."""

from dutygate.features.decision.actions import notice, record, record_set, submit

__all__ = ["notice", "record", "record_set", "submit"]
