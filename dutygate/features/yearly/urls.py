"""Routes: the yearly review."""

from django.urls import path

from dutygate.features.yearly import web

urlpatterns = [path("yearly/", web.yearly, name="yearly")]
