"""办理: what the joint conference and those it asks do to a case (Articles 3, 4.2)."""

from dutygate.features.review.actions import accept, ask, assess, conclude, refuse, send_back, substitute, timing

__all__ = ["accept", "ask", "assess", "conclude", "refuse", "send_back", "substitute", "timing"]
