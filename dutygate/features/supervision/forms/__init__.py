"""表单 on reports (Articles 7, 8)."""

from dutygate.features.supervision.forms import examining, mandating, reporting

__all__ = ["examining", "mandating", "reporting"]
