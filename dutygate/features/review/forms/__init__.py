"""表单 of every step of the review (Articles 3, 4.2)."""

from dutygate.features.review.forms import accepting, asking, assessing, concluding, substituting, timing

__all__ = ["accepting", "asking", "assessing", "concluding", "substituting", "timing"]
