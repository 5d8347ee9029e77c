"""办理: calling the conference, its agenda, attendance, conclusions and minutes; what it sets, and whom it appoints (Article 3)."""

from dutygate.features.conference.actions import adopt, agenda, appoint, attendance, convene, minutes

__all__ = ["adopt", "agenda", "appoint", "attendance", "convene", "minutes"]
