"""页面: log-in records and locked accounts, for the security administrator."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dutygate.base.actions import security
from dutygate.base.actions.days import start_of
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.login import unlock
from dutygate.base.organizations.queries.people import LoginFilters, LoginLine, first_login_on, locked_accounts, logins_page
from dutygate.base.organizations.sessions import with_post
from dutygate.features.administration.access import visit_of
from dutygate.features.administration.labels import LOGIN_EVENTS
from dutygate.features.administration.web import PAGE, asked, number_asked, tabs
from dutygate.law.rules import Finding


@with_post
@never_cache
@require_safe
def logins(request: HttpRequest) -> HttpResponse:
    """登录记录: newest first; above it the accounts that are locked now."""
    visit = visit_of(request)
    typed = {name: asked(request, name, 64) for name in ("username", "event", "since", "until")}
    since, until = _day(typed["since"]), _day(typed["until"])
    filters = LoginFilters(typed["username"], typed["event"], _start(since), _start(until + timedelta(days=1)) if until else None)
    before = number_asked(request, "before")
    rows = logins_page(visit.viewer, visit.today, filters, PAGE + 1, before)
    kept = {name: value for name, value in typed.items() if value}
    context = {
        "tabs": tabs(visit, "administration_logins"),
        "locked": locked_accounts(visit.viewer, visit.today),
        "events": [(event, _(label)) for event, label in LOGIN_EVENTS.items()],
        "typed": typed,
        "sought": bool(kept),
        "lines": [login_line(row) for row in rows[:PAGE]],
        "first": first_login_on(visit.viewer, visit.today),
        "older": f"?{urlencode({**kept, 'before': rows[PAGE - 1].id})}" if len(rows) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if before else "",
    }
    return render(request, "administration/logins.html", context)


@with_post
@never_cache
@require_POST
def unlock_account(request: HttpRequest) -> HttpResponse:
    """解除锁定: before the half hour is over; noted in the security log."""
    visit = visit_of(request)
    username = request.POST.get("username", "")[:64]
    if username not in {account.username for account in locked_accounts(visit.viewer, visit.today)}:
        raise NotFound([Finding("not_found", "3", {"subject": username})])
    if unlock(username):
        security.note("account_unlocked", user_id=visit.viewer.user_id, post_id=visit.viewer.post_id, username=username)
        messages.success(request, _("已解除锁定：%(username)s。") % {"username": username})
    return HttpResponseRedirect(reverse("administration_logins"))


def login_line(row: LoginLine) -> dict[str, Any]:
    """A record as the pages show it."""
    return {
        "at": row.at,
        "event": _(LOGIN_EVENTS[row.event]) if row.event in LOGIN_EVENTS else row.event,
        "bad": row.event in ("failed", "locked"),
        "username": row.username,
        "name": row.name,
        "address": row.address,
    }


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None


def _start(day: date | None) -> datetime | None:
    return start_of(day) if day else None
