"""Application configuration."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """界面."""

    name = "dutygate.base.ui"
    label = "ui"
    verbose_name = "界面"
