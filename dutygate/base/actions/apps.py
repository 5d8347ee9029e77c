"""Application configuration."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """办理."""

    name = "dutygate.base.actions"
    label = "actions"
    verbose_name = "办理"
