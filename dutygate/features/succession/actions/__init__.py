"""办理: what follows when a change of units takes effect."""

from dutygate.features.succession.actions import cases, duties

__all__ = ["cases", "duties"]
