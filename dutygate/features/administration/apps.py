"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """管理."""

    name = "dutygate.features.administration"
    label = "administration"
    verbose_name = "管理"

    def ready(self) -> None:
        """Its place in the navigation, and the forms of the actions of administration."""
        for module in ("pages", "forms", "forms_changes"):
            import_module(f"dutygate.features.administration.{module}")
