"""Routes: the language switch, large text and high contrast."""

from django.urls import path
from django.views.i18n import set_language

from dutygate.base.ui.web import display

urlpatterns = [path("language/", set_language, name="set_language"), path("display/", display, name="display")]
