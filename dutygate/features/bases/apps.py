"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class BasesConfig(AppConfig):
    """法定依据."""

    name = "dutygate.features.bases"
    label = "bases"
    verbose_name = "法定依据"

    def ready(self) -> None:
        """Make the actions, the section of a case, the forms and the place in the navigation known."""
        for module in ("actions", "searching", "section", "forms", "forms_changing", "pages"):
            import_module(f"dutygate.features.bases.{module}")
