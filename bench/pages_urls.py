"""The routes of the program, and one page more: the base template with nothing on it, to measure the others by."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.cache import never_cache

from dutygate.base.organizations.sessions import with_post
from dutygate.config.urls import urlpatterns as program

EMPTY = "/bench-empty/"
_PAGE = engines["django"].from_string(
    '{% extends "ui/base.html" %}{% block title %}-{% endblock %}{% block content %}<h1>-</h1>{% endblock %}'
)


@with_post
@never_cache
def empty(request: HttpRequest) -> HttpResponse:
    """Signed in, in her post, with the navigation: what every page costs before it says anything."""
    return HttpResponse(_PAGE.render({}, request))


urlpatterns = [*program, path(EMPTY.lstrip("/"), empty)]
