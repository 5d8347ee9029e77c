"""表单 of decision and notice: sending up (``submit``), recording (``record``, ``record_set``), telling and acknowledging (``notice``)."""

from dutygate.features.decision.forms import notice, record, record_set, submit

__all__ = ["notice", "record", "record_set", "submit"]
