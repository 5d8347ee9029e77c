"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    """机构承继."""

    name = "dutygate.features.succession"
    label = "succession"
    verbose_name = "机构承继"

    def ready(self) -> None:
        """Make the actions known, and what a unit has in hand."""
        for module in ("actions", "queries", "sweeping"):
            import_module(f"dutygate.features.succession.{module}")
