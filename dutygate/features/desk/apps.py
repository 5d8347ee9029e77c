"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台."""

    name = "dutygate.features.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Its place in the navigation."""
        import_module("dutygate.features.desk.pages")
