"""Application configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """查找."""

    name = "dutygate.base.search"
    label = "search"
    verbose_name = "查找"
