"""页面: log in and out, change the password, choose the post to act in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from dutygate.base.organizations.forms import LoginForm, PasswordForm, PostForm
from dutygate.base.organizations.login import Entry, enter, is_own_password, leave, record, replace_password, was_locked
from dutygate.base.organizations.queries import public_post_lines_of
from dutygate.base.organizations.sessions import acting_post_of, choose_post, next_step, person_of, today
from dutygate.base.organizations.typed import LARGEST, keep_typed

TOO_MANY = 429


@sensitive_post_parameters("password")
@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """登录."""
    if request.method != "POST":
        if person_of(request) is not None:
            return HttpResponseRedirect(next_step(request) or _wanted(request))
        return render(request, "organizations/login.html", {"form": LoginForm(), "next": _wanted(request)})
    form = LoginForm(request.POST)
    if form.is_valid():
        entry = enter(request, form.cleaned_data["username"], form.cleaned_data["password"])
        if entry is Entry.IN:
            keep_typed(request, request.POST.get("typed", ""))
            return _go_on(request)
        if entry is Entry.LOCKED:
            return render(request, "organizations/locked.html", status=TOO_MANY)
        form.add_error(None, _("用户名或口令不对。口令区分大小写；连续输错 5 次，账号锁定 30 分钟。"))
    typed = request.POST.get("typed", "")[:LARGEST]
    return render(request, "organizations/login.html", {"form": form, "next": _wanted(request), "typed": typed})


@csrf_protect
@never_cache
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """退出."""
    leave(request)
    return HttpResponseRedirect(reverse("login"))


@sensitive_post_parameters("old", "new", "again")
@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """修改口令: at the first log-in because one must, later because one wants to."""
    user = person_of(request)
    if user is None:
        return HttpResponseRedirect(reverse("login"))
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_own_password(request, user, form.cleaned_data["old"]):
            replace_password(request, user, form.cleaned_data["new"])
            return _go_on(request)
        if was_locked(request):
            leave(request)
            return render(request, "organizations/locked.html", status=TOO_MANY)
        form.add_error("old", _("现在的口令不对。"))
    return render(request, "organizations/password.html", {"form": form, "next": _wanted(request), "first": user.must_change_password})


@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest) -> HttpResponse:
    """选择岗位: in which post one acts; always visible, and changed at any time."""
    user = person_of(request)
    if user is None or user.must_change_password:
        return HttpResponseRedirect(next_step(request) or reverse("login"))
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acting = choose_post(request, form.cleaned_data["post"])
        if acting is not None:
            record(request, "post", user.username, user, acting.post_id)
            return HttpResponseRedirect(_wanted(request))
    held = acting_post_of(request)
    posts = public_post_lines_of(user.id, today())
    context = {"posts": posts, "now": held.post_id if held else None, "next": _wanted(request), "missed": request.method == "POST"}
    return render(request, "organizations/post.html", context)


def _wanted(request: HttpRequest) -> str:
    """The page that she was on her way to, if it is one of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("home")


def _go_on(request: HttpRequest) -> HttpResponse:
    """To what stands in between, or to where she wanted to go."""
    step = next_step(request)
    wanted = _wanted(request)
    if step is None:
        return HttpResponseRedirect(wanted)
    return HttpResponseRedirect(step if wanted == reverse("home") else f"{step}?{urlencode({'next': wanted})}")
