"""Routes: a case as one file."""

from django.urls import path

from dutygate.features.casefile import web

urlpatterns = [path("case-files/<str:number>.zip", web.case_file, name="case_file")]
