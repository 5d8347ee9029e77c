"""Routes: the desk is the first page."""

from django.urls import path

from dutygate.features.desk import digest_web, messages_web, signing_web, styleguide, web

urlpatterns = [
    path("", web.desk, name="home"),
    path("desk/receipts/sign/", signing_web.sign, name="receipts_sign"),
    path("desk/<slug:part>/", web.desk, name="desk_part"),
    path("digest/", digest_web.digest, name="digest"),
    path("messages/", messages_web.messages, name="messages"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
