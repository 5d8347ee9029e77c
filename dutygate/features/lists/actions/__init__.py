"""The actions that write lists: admission, and the end of a temporary duty's term."""

from dutygate.features.lists.actions import admit, expiry

__all__ = ["admit", "expiry"]
