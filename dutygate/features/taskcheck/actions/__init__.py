"""办理: registering uniform deployments, withdrawing them, keeping a check. Importing them registers them."""

from dutygate.features.taskcheck.actions import deploy, keep

__all__ = ["deploy", "keep"]
