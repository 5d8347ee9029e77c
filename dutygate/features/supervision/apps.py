"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """线索."""

    name = "dutygate.features.supervision"
    label = "supervision"
    verbose_name = "线索"

    def ready(self) -> None:
        """Its actions and forms, what waits for somebody, its reminders, and its place in the navigation."""
        for module in ("actions", "reminding", "waiting", "forms", "pages"):
            import_module(f"{self.name}.{module}")
