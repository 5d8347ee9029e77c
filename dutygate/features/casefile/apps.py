"""Application configuration."""

from django.apps import AppConfig


class CaseFileConfig(AppConfig):
    """卷宗."""

    name = "dutygate.features.casefile"
    label = "casefile"
    verbose_name = "卷宗"
