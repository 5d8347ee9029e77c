"""Routes: asking for an exit."""

from django.urls import path

from dutygate.features.exit import web

urlpatterns = [path("duties/<str:code>/exit/", web.new_exit, name="exit_new")]
