"""页面: the lists, one township's and one department's, a duty; importing, comparing, handing out, correcting and publishing."""

from dutygate.base.actions.facing import page_of, viewer_of

__all__ = ["page_of", "viewer_of"]
