"""Routes: the ledger and its export, what a department owes with one duty in a year, one commitment, a township's sheet of a year."""

from django.urls import path

from dutygate.features.support.web import acts, ledger, sheet

urlpatterns = [
    path("support/", ledger.ledger, name="support"),
    path("support/export.<str:kind>", ledger.export, name="support_export"),
    path("support/sheets/<str:key>/<int:year>/", sheet.sheet, name="support_sheet"),
    path("support/sheets/<str:key>/<int:year>/dispute/", sheet.dispute, name="support_dispute"),
    path("support/<str:code>/", ledger.pledge, name="support_pledge"),
    path("support/<str:code>/do/<str:action>/", acts.act, name="support_act"),
    path("support/<str:code>/<int:ordinal>/", ledger.one, name="support_one"),
]
