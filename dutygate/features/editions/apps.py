"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """条款."""

    name = "dutygate.features.editions"
    label = "editions"
    verbose_name = "条款"

    def ready(self) -> None:
        """Its actions and forms, its places in the navigation and tabs of a case, and what a citation says."""
        from dutygate.base.register.law_here import reads_law
        from dutygate.features.editions.queries import public_law_of, public_publishers

        for part in ("actions", "beginning", "moving_tasks", "citing", "forms", "pages"):
            import_module(f"dutygate.features.editions.{part}")
        reads_law(public_law_of, public_publishers)
