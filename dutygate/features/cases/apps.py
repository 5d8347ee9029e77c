"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """办件."""

    name = "dutygate.features.cases"
    label = "cases"
    verbose_name = "办件"

    def ready(self) -> None:
        """Make the actions known, and how a case is shown."""
        for module in (
            "actions",
            "section",
            "showing",
            "pages",
            "forms",
            "opening",
            "forms_anytime",
            "forms_urging",
            "forms_circulating",
            "forms_signing",
            "forms_correcting",
        ):
            import_module(f"dutygate.features.cases.{module}")
