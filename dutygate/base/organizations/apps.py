"""Application configuration."""

from importlib import import_module

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """组织与人员."""

    name = "dutygate.base.organizations"
    label = "organizations"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        """Make the actions known to the catalogue."""
        import_module("dutygate.base.organizations.actions")
