"""Routes: the steps of writing an application."""

from django.urls import path

from dutygate.features.application import web

urlpatterns = [path("cases/<str:number>/write/<slug:step>/", web.write, name="case_write")]
