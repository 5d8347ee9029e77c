"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ApplicationConfig(AppConfig):
    """申请与征求意见."""

    name = "dutygate.features.application"
    label = "application"
    verbose_name = "申请与征求意见"

    def ready(self) -> None:
        """Make the actions, facts, corrections and sections of a case known."""
        for module in ("facts", "actions", "corrections", "section"):
            import_module(f"dutygate.features.application.{module}")
