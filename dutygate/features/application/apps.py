"""Application configuration."""

from importlib import import_module
from typing import Final

from django.apps import AppConfig

MODULES: Final = (
    "facts",
    "prefill",
    "actions",
    "corrections",
    "searching",
    "section",
    "pages",
    "opinions_page",
    "forms.writing",
    "forms.submitting",
    "forms.consulting",
    "forms.replying",
    "forms.replying_set",
    "forms.settling",
    "forms.papers",
    "forms.mediating",
)


class ApplicationConfig(AppConfig):
    """申请与征求意见."""

    name = "dutygate.features.application"
    label = "application"
    verbose_name = "申请与征求意见"

    def ready(self) -> None:
        """Make the actions, facts, corrections, sections, tabs and forms of a case known."""
        for module in MODULES:
            import_module(f"{self.name}.{module}")
