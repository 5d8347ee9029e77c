"""页面: the meetings of the conference, one meeting, its sheets and minutes; calling, recording, setting."""

from dutygate.base.actions.facing import act, not_yours, page_of, viewer_of

__all__ = ["act", "not_yours", "page_of", "viewer_of"]
