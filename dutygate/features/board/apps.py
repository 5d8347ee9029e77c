"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """看板."""

    name = "dutygate.features.board"
    label = "board"
    verbose_name = "看板"

    def ready(self) -> None:
        """Make its place in the navigation known."""
        import_module(f"{self.name}.pages")
