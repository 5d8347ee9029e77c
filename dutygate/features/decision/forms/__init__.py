"""表单 of decision and notice: sending up (``submit``), recording (``record``, ``record_set``), telling and acknowledging (``notice``),
by hand, by post and objecting to a paper receipt (``delivery``).
"""

from dutygate.features.decision.forms import delivery, notice, record, record_set, submit

__all__ = ["delivery", "notice", "record", "record_set", "submit"]
