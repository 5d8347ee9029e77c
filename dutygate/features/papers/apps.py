"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """公文."""

    name = "dutygate.features.papers"
    label = "papers"
    verbose_name = "公文"

    def ready(self) -> None:
        """Make the actions, the tab of a case page and the forms known."""
        for module in ("actions", "forms", "order_forms", "pages", "order_pages"):
            import_module(f"dutygate.features.papers.{module}")
