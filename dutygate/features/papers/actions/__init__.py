"""办理: letterheads, templates, issuing, the sealed paper, voiding."""

from dutygate.features.papers.actions import issue, letterhead, made, of_paper, template

__all__ = ["issue", "letterhead", "made", "of_paper", "template"]
