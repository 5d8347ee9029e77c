"""Routes: the sheet of a review."""

from django.urls import path

from dutygate.features.review import web

urlpatterns = [path("cases/<str:number>/review/sheet/", web.review_sheet, name="review_sheet")]
