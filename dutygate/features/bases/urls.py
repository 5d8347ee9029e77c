"""Routes: the legal bases, one of them, and what the lead and the legal seat do with them."""

from django.urls import path

from dutygate.features.bases import web

urlpatterns = [
    path("bases/", web.basis_list, name="bases"),
    path("bases/register/", web.register, name="basis_register"),
    path("bases/<int:basis>/", web.basis_page, name="basis"),
    path("bases/<int:basis>/confirm/", web.confirm, name="basis_confirm"),
    path("bases/<int:basis>/amend/", web.change, {"what": "amend"}, name="basis_amend"),
    path("bases/<int:basis>/repeal/", web.change, {"what": "repeal"}, name="basis_repeal"),
    path("bases/<int:basis>/correct/", web.change, {"what": "correct"}, name="basis_correct"),
]
