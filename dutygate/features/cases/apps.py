"""Application configuration."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """办件."""

    name = "dutygate.features.cases"
    label = "cases"
    verbose_name = "办件"

    def ready(self) -> None:
        """Make the actions known."""
        from dutygate.features.cases import actions  # noqa: F401, PLC0415
