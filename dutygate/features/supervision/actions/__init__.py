"""办理线索: everything that changes a report, in the confidential chain."""

from dutygate.features.supervision.actions import correct, end, examine, mandate, remind, report

__all__ = ["correct", "end", "examine", "mandate", "remind", "report"]
