"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class BasesConfig(AppConfig):
    """法定依据."""

    name = "dutygate.features.bases"
    label = "bases"
    verbose_name = "法定依据"

    def ready(self) -> None:
        """Make the actions and the section of a case known."""
        import_module("dutygate.features.bases.actions")
        import_module("dutygate.features.bases.section")
