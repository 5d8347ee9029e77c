"""页面: 消息, what the viewer's unit was told. It is read here; what has to be done stands on the desk."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.notices.queries import count_unread, own_messages
from dutygate.base.notices.reading import mark_read
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.base.ui.language import language
from dutygate.features.desk.told import in_words

PAGE: Final = 30


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """消息: newest first; one button marks all that were shown, and older ones, as read."""
    viewer = acting_post_of(request)
    assert viewer is not None
    moment = clock.now()
    if request.method == "POST":
        mark_read(viewer, _number(request.POST.get("newest", "")) or 0, moment)
        return HttpResponseRedirect(reverse("messages"))
    before = _number(request.GET.get("before", ""))
    rows = own_messages(viewer, PAGE + 1, before)
    shown = rows[:PAGE]
    context = {
        "lines": in_words(viewer, shown, language(), local_day(moment)),
        "unread": count_unread(viewer),
        "newest": shown[0].id if shown and before is None else "",
        "older": f"?before={shown[-1].id}" if len(rows) > PAGE else "",
        "newer": "?" if before is not None else "",
    }
    return render(request, "desk/messages.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
