"""Application configuration."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """文书与扫描件."""

    name = "dutygate.base.documents"
    label = "documents"
    verbose_name = "文书与扫描件"
