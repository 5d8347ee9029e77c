"""The actions that write lists: one."""

from dutygate.features.lists.actions import admit

__all__ = ["admit"]
