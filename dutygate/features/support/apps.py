"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """保障台账."""

    name = "dutygate.features.support"
    label = "support"
    verbose_name = "保障台账"

    def ready(self) -> None:
        """Make the actions, the forms, what the sweep looks for and the place in the navigation known."""
        for module in ("actions", "sweeping", "forms", "pages"):
            import_module(f"{self.name}.{module}")
