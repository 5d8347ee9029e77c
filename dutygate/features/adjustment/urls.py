"""Routes: asking for an adjustment."""

from django.urls import path

from dutygate.features.adjustment import web

urlpatterns = [path("duties/<str:code>/adjust/", web.new_adjustment, name="adjustment_new")]
