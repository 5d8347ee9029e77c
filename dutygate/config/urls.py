"""Routes: the API under /api/v1/, then what each app brings in its own urls.py."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

urlpatterns: list[URLPattern | URLResolver] = []

if find_spec("dutygate.config.api") is not None:
    urlpatterns.append(path("api/v1/", import_module("dutygate.config.api").api.urls))
    urlpatterns.append(re_path(r"^api(?:/|$)", import_module("dutygate.config.api.site").unknown_route))

urlpatterns += [path("", include(f"{app}.urls")) for app in settings.OWN_APPS if find_spec(f"{app}.urls") is not None]
