"""页面: 提要, what waits for me in all my posts, and how I want to be told of it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import one_of
from dutygate.base.notices.digests import CHOICES, choice_of, choose, mails_to
from dutygate.base.organizations.sessions import acting_post_of, with_post
from dutygate.features.desk.digest import OFFICES, digest_of

WORDS: Final = {"none": _("不要提要"), "daily": _("每个工作日"), "weekly": _("每周一（放假顺延到第一个工作日）")}
STATES: Final = {
    "waiting": gettext_noop("等待发送，邮件服务器暂时连不上的会再试"),
    "sending": gettext_noop("正在发送"),
    "sent": gettext_noop("已发出"),
    "unclear": gettext_noop("交给了邮件服务器，没有得到回音；为免重复，不再发，内容在本页可看"),
    "refused": gettext_noop("邮件服务器不接收，请核对邮箱"),
}


class ChoiceForm(forms.Form):
    """How often, and where to."""

    use_required_attribute = False

    choice = one_of(_("多久一次"), [(name, WORDS[name]) for name in CHOICES])
    address = forms.EmailField(
        label=_("办公邮箱"),
        required=False,
        max_length=200,
        help_text=_("不填，就只在本页看。邮件里只有编号、名称和时限，不含事项内容。"),
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "email"}),
    )


@with_post
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: HttpRequest) -> HttpResponse:
    """提要: shown at any time; the choice is kept for the person, whatever post she acts in."""
    viewer = acting_post_of(request)
    assert viewer is not None
    if viewer.kind not in OFFICES or viewer.user_id is None:
        return render(request, "desk/administrator.html", {"kind": viewer.kind})
    moment = clock.now()
    chosen = choice_of(viewer)
    form = ChoiceForm(request.POST or None, initial={"choice": chosen.choice, "address": chosen.address}, auto_id="f_%s")
    if request.method == "POST" and form.is_valid():
        choose(viewer, form.cleaned_data["choice"], form.cleaned_data["address"], get_language() or "zh-hans", moment)
        messages.success(request, gettext("已保存。"))
        return HttpResponseRedirect(reverse("digest"))
    context: dict[str, Any] = {
        "parts": digest_of(viewer.user_id, local_day(moment)),
        "form": form,
        "chosen": chosen,
        "mails": [{"line": line, "words": gettext(STATES[line.state])} for line in mails_to(viewer, 10)],
        "has_server": settings.MAIL is not None,
        "today": local_day(moment),
    }
    return render(request, "desk/digest.html", context, status=422 if form.errors else 200)
