"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ExitConfig(AppConfig):
    """退出."""

    name = "dutygate.features.exit"
    label = "exit"
    verbose_name = "退出"

    def ready(self) -> None:
        """Make its forms known, and what it offers on the page of a duty."""
        for module in ("forms", "pages"):
            import_module(f"{self.name}.{module}")
