"""页面: everybody's own account: posts, tokens for programs, password, log-ins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import Scene
from dutygate.base.actions.outcome import Outcome
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.credentials import new_secret, set_token_secret
from dutygate.base.organizations.queries import TokenLine, own_tokens
from dutygate.base.organizations.queries.people import own_logins, own_posts
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.administration.web import PAGE, act, number_asked
from dutygate.features.administration.web.logins import login_line
from dutygate.law.rules import Finding

SHOWN = 10


@with_post
@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """我的账号."""
    viewer, today = _viewer(request), local_day(clock.now())
    posts = own_posts(viewer, today)
    named = {post.id: f"{post.unit_name} · {_(post.label)}" for post in posts}
    context = {
        "posts": [{"post": p, "label": _(p.label), "now": p.on(today), "acting": p.id == viewer.post_id} for p in posts],
        "tokens": [_token(token, named) for token in own_tokens(viewer)],
        "logins": [login_line(row) for row in own_logins(viewer, SHOWN)],
    }
    return render(request, "administration/account.html", context)


@with_post
@never_cache
@require_safe
def logins(request: HttpRequest) -> HttpResponse:
    """我的登录记录, all of them."""
    viewer, before = _viewer(request), number_asked(request, "before")
    rows = own_logins(viewer, PAGE + 1, before)
    context = {
        "logins": [login_line(row) for row in rows[:PAGE]],
        "older": f"?before={rows[PAGE - 1].id}" if len(rows) > PAGE else "",
        "newer": reverse("account_logins") if before else "",
    }
    return render(request, "administration/own_logins.html", context)


@with_post
@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """签发接口令牌 for the post one acts in. The secret is made here and shown this once; it stands in no entry."""
    viewer = _viewer(request)
    made: list[Outcome] = []

    def done(outcome: Outcome | None) -> str:
        made.extend([outcome] if outcome else [])
        return reverse("account")

    scene = Scene(viewer, str(viewer.post_id), clock.now(), language())
    response = act(request, "token.issue", scene, reverse("account"), done, explain="token")
    if not made:
        return response
    secret = new_secret()
    if not set_token_secret(int(made[0].result["id"]), secret):
        messages.warning(request, _("令牌只显示一次，已经显示过了；没有记下的，请撤销以后另签一个。"))
        return HttpResponseRedirect(reverse("account"))
    return render(request, "administration/token.html", {"secret": secret})


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """撤销接口令牌 of one's own."""
    viewer = _viewer(request)
    line = next((line for line in own_tokens(viewer) if line.id == token), None)
    if line is None:
        raise NotFound([Finding("not_found", "3", {"subject": str(token)})])
    scene = Scene(viewer, str(token), clock.now(), language())
    return act(request, "token.revoke", scene, reverse("account"), reverse("account"), about=line.label)


def _viewer(request: HttpRequest) -> ActingPost:
    viewer = acting_post_of(request)
    assert viewer is not None
    return viewer


def _token(token: TokenLine, posts: dict[int, str]) -> dict[str, Any]:
    """``state``: in_use, ended or revoked."""
    now = clock.now()
    state = "revoked" if token.revoked_at else "ended" if token.expires_at <= now else "in_use"
    return {"token": token, "post": posts.get(token.post_id, ""), "state": state, "revoke": reverse("account_revoke", args=[token.id])}
