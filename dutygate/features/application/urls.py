"""Routes: the steps of writing an application."""

from django.urls import path

from dutygate.features.application import reply_set_web, web

urlpatterns = [
    path("consultations/answer/", reply_set_web.reply_set, name="reply_set"),
    path("cases/<str:number>/write/<slug:step>/", web.write, name="case_write"),
]
