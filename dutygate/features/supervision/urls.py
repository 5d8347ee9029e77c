"""Routes: reports, one report, its steps and files, mandates, the confidential chain."""

from django.urls import path

from dutygate.features.supervision import web

urlpatterns = [
    path("reports/", web.reports, name="reports"),
    path("reports/new/", web.new_report, name="report_new"),
    path("reports/mandates/", web.mandates_page, name="report_mandates"),
    path("reports/mandates/new/", web.mandate, name="report_mandate"),
    path("reports/chain/", web.chain, name="report_chain"),
    path("reports/<slug:public_id>/", web.report, name="report"),
    path("reports/<slug:public_id>/files/<int:number>/", web.file, name="report_file"),
    path("reports/<slug:public_id>/<str:action>/", web.act, name="report_act"),
]
