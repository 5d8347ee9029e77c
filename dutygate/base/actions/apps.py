"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """办理."""

    name = "dutygate.base.actions"
    label = "actions"
    verbose_name = "办理"

    def ready(self) -> None:
        """Make the reminders of open tasks known, and the daily seals of confidential chains."""
        for module in ("reminding", "anchoring"):
            import_module(f"dutygate.base.actions.{module}")
