"""Routes: the list of cases, a case, its tabs, its actions."""

from django.urls import path

from dutygate.features.cases import web

urlpatterns = [
    path("cases/", web.case_list, name="cases"),
    path("cases/new/", web.new_case, name="case_new"),
    path("cases/<str:number>/", web.case_page, name="case"),
    path("cases/<str:number>/do/<str:action>/", web.act, name="case_act"),
    path("cases/<str:number>/<slug:tab>/", web.case_page, name="case_tab"),
]
