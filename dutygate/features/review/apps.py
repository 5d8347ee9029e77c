"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """审核."""

    name = "dutygate.features.review"
    label = "review"
    verbose_name = "审核"

    def ready(self) -> None:
        """Make the facts, what lapses, the actions, the corrections, a case's section, last return, tab and forms known."""
        for module in ("timing", "facts", "lapses", "actions", "corrections", "section", "returned", "pages", "forms"):
            import_module(f"dutygate.features.review.{module}")
