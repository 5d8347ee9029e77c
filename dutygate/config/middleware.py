"""What holds for every page: Chinese first, a busy database is said so, and work at the screen keeps the session alive."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dutygate.base.actions.saying import all_said
from dutygate.base.catalogue.errors import NotDone, NotFound
from dutygate.base.organizations.sessions import acting_post_of
from dutygate.base.register.law_here import somewhere
from dutygate.base.ui.language import language
from dutygate.base.ui.web import busy
from dutygate.config.sqlite import QueueTimeout

RETRY_AFTER_SECONDS = 5
SESSION_WRITTEN_EVERY_SECONDS = 60
SEEN_AT = "seen_at"

# PostgreSQL's lock_timeout and deadlock: the statement was undone, the same request may be sent again.
_BUSY_STATES = {"55P03", "40P01", "40001"}


def is_busy(error: BaseException) -> bool:
    """Did `error` mean "other writers are at work, try again", on either database? Nothing was written then."""
    if isinstance(error, QueueTimeout):
        return True
    cause = error.__cause__
    if not isinstance(error, DatabaseError) or cause is None:
        return False
    return getattr(cause, "sqlstate", None) in _BUSY_STATES or getattr(cause, "sqlite_errorname", "") == "SQLITE_BUSY"


class BusyMiddleware:
    """Turns a busy database into 503 with Retry-After. The API has its own handler on the same `is_busy`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_busy(exception):
            return None
        return busy(request, RETRY_AFTER_SECONDS)


class NotDoneMiddleware:
    """What keeps an action or a read from happening, as a page: 404 for what does not exist for this post, else its findings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path.startswith("/api/") or not isinstance(exception, NotDone):
            return None
        if isinstance(exception, NotFound):
            return render(request, "404.html", status=404)
        if exception.status == 503:
            return busy(request, RETRY_AFTER_SECONDS)
        return render(request, "not_done.html", {"findings": all_said(exception.findings, language())}, status=exception.status)


class LawHereMiddleware:
    """What a page says of the law is that of the jurisdiction in which its reader acts (Article 11); ``acting_post_of`` says which."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with somewhere(lambda: acting_post_of(request)):
            return self.get_response(request)


class PublicSiteMiddleware:
    """The public site knows nobody: no cookie is read there and none is set, so that an answer may be kept for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        public = request.path.startswith("/gk/") or request.path == "/robots.txt"
        if public:
            for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE"):
                request.META.pop(name, None)
        response = self.get_response(request)
        if public:
            response.cookies.clear()
            del response.headers["Vary"]
        return response


class ChineseFirstMiddleware:
    """Pages are in Chinese until somebody switches: an office's browser may well announce English without anybody wanting it.

    The API keeps to Accept-Language, which a program sets on purpose.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return self.get_response(request)


class SessionActivityMiddleware:
    """Idle log-out: each request pushes the end of a signed-in session on, but writes it at most once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(SEEN_AT, 0) >= SESSION_WRITTEN_EVERY_SECONDS:
                request.session[SEEN_AT] = now
        return self.get_response(request)
