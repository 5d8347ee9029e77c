"""Application configuration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """告知."""

    name = "dutygate.base.notices"
    label = "notices"
    verbose_name = "告知"
