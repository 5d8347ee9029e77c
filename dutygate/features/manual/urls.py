"""Routes: the contents, the whole manual to print, one chapter."""

from django.urls import path

from dutygate.features.manual import web

urlpatterns = [
    path("manual/", web.contents, name="manual"),
    path("manual/print/", web.whole, name="manual_whole"),
    path("manual/<slug:chapter>/", web.chapter, name="manual_chapter"),
]
