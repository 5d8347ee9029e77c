"""Routes: files by their digest."""

from django.urls import path

from dutygate.base.documents import web

urlpatterns = [path("files/<str:digest>/", web.file, name="file")]
