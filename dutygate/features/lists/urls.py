"""Routes: all lists, one township's list, what a department has handed over, one duty."""

from django.urls import path

from dutygate.features.lists import web

urlpatterns = [
    path("lists/", web.lists, name="lists"),
    path("lists/all/", web.all_lists, name="lists_all"),
    path("lists/department/<str:key>/", web.department_list, name="list_department"),
    path("lists/<str:key>/", web.township_list, name="list_township"),
    path("duties/<str:code>/", web.duty, name="duty"),
]
