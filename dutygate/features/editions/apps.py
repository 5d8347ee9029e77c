"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """条款."""

    name = "dutygate.features.editions"
    label = "editions"
    verbose_name = "条款"

    def ready(self) -> None:
        """Its places in the navigation, and the diagram as a tab of a case."""
        import_module("dutygate.features.editions.pages")
