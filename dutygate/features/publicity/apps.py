"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    """公开."""

    name = "dutygate.features.publicity"
    label = "publicity"
    verbose_name = "公开"

    def ready(self) -> None:
        """Make the action and its form known."""
        for module in ("actions", "forms"):
            import_module(f"dutygate.features.publicity.{module}")
