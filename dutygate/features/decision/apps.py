"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class DecisionConfig(AppConfig):
    """决定与告知."""

    name = "dutygate.features.decision"
    label = "decision"
    verbose_name = "决定与告知"

    def ready(self) -> None:
        """Make the facts, actions, corrections, open tasks, sections, tabs and forms known."""
        for module in ("facts", "actions", "corrections", "projection", "section", "pages", "forms"):
            import_module(f"dutygate.features.decision.{module}")
