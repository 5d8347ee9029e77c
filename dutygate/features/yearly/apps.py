"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class YearlyConfig(AppConfig):
    """年度回看."""

    name = "dutygate.features.yearly"
    label = "yearly"
    verbose_name = "年度回看"

    def ready(self) -> None:
        """Make the actions, the form, what the sweep looks for and what the page of a duty shows known."""
        for module in ("actions", "sweeping", "forms", "pages"):
            import_module(f"{self.name}.{module}")
