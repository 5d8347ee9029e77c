"""The actions that write lists (Articles 4.3, 4.4, 4.5)."""

from dutygate.features.lists.actions import admit, by_law, change, correct, end, expiry, publish, take_in

__all__ = ["admit", "by_law", "change", "correct", "end", "expiry", "publish", "take_in"]
