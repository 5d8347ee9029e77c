"""Routes: the desk is the first page."""

from django.urls import path

from dutygate.features.desk import web

urlpatterns = [path("", web.desk, name="home"), path("desk/<slug:part>/", web.desk, name="desk_part")]
