"""Routes: one document for several cases."""

from django.urls import path

from dutygate.features.decision import web

urlpatterns = [path("decisions/set/", web.decision_set, name="decision_set")]
