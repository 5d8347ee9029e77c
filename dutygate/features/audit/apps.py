"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计."""

    name = "dutygate.features.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Its place in the navigation."""
        import_module("dutygate.features.audit.pages")
