"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class AdjustmentConfig(AppConfig):
    """调整."""

    name = "dutygate.features.adjustment"
    label = "adjustment"
    verbose_name = "调整"

    def ready(self) -> None:
        """Make its forms known, and what it offers on the page of a duty."""
        for module in ("forms", "pages"):
            import_module(f"{self.name}.{module}")
