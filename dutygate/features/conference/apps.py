"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    """联席会议."""

    name = "dutygate.features.conference"
    label = "conference"
    verbose_name = "联席会议"

    def ready(self) -> None:
        """Make the facts, the actions, a case's section and tab, the forms and what is searched known."""
        for module in ("facts", "actions", "section", "pages", "forms", "searching"):
            import_module(f"dutygate.features.conference.{module}")
