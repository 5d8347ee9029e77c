"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """清单."""

    name = "dutygate.features.lists"
    label = "lists"
    verbose_name = "清单"

    def ready(self) -> None:
        """Make the duties, the actions, the section and the place in the navigation known."""
        for module in (
            "duty_now",
            "actions",
            "searching",
            "publishing",
            "similar",
            "expiring",
            "begun",
            "facts",
            "forms.expiry",
            "section",
            "pages",
        ):
            import_module(f"dutygate.features.lists.{module}")
