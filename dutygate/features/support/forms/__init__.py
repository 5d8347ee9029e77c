"""What is filled in on the ledger: what to show of it, a delivery, a sheet, a settlement."""

from dutygate.features.support.forms import acts, ledger, sheet

__all__ = ["acts", "ledger", "sheet"]
