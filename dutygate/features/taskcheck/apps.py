"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class TaskcheckConfig(AppConfig):
    """任务核对."""

    name = "dutygate.features.taskcheck"
    label = "taskcheck"
    verbose_name = "任务核对"

    def ready(self) -> None:
        """Make the actions, the index, the forms and the place in the navigation known."""
        for module in ("actions", "searching", "forms", "pages"):
            import_module(f"dutygate.features.taskcheck.{module}")
