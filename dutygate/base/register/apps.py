"""Application configuration."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """登记簿."""

    name = "dutygate.base.register"
    label = "register"
    verbose_name = "登记簿"
