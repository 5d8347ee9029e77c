"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ManualConfig(AppConfig):
    """使用手册."""

    name = "dutygate.features.manual"
    label = "manual"
    verbose_name = "使用手册"

    def ready(self) -> None:
        """Every page finds the part of the manual that is about it."""
        import_module(f"{self.name}.places")
