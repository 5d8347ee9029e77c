"""办理: letterheads, templates, issuing, the sealed paper, voiding, orders of correction."""

from dutygate.features.papers.actions import issue, letterhead, made, of_paper, of_report, template

__all__ = ["issue", "letterhead", "made", "of_paper", "of_report", "template"]
