"""页面: the security log."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.actions.queries import SecurityLine, security_log
from dutygate.base.organizations.queries import public_names_of
from dutygate.base.organizations.sessions import with_post
from dutygate.features.audit.forms import LogForm
from dutygate.features.audit.web import PAGE, before_of, reader_of, tabs

KINDS: Final = {
    "login_failed": gettext_noop("登录失败"),
    "login_locked": gettext_noop("账号锁定期间登录"),
    "account_unlocked": gettext_noop("解除账号锁定"),
    "password_set": gettext_noop("设定首次口令"),
    "token_refused": gettext_noop("接口令牌无效"),
    "not_your_role": gettext_noop("办理不归本岗位的事"),
    "not_found": gettext_noop("查找不存在或者看不到的内容"),
    "conflict": gettext_noop("页面已旧，或者时候不对"),
    "malformed": gettext_noop("填写的格式不对"),
    "unknown_action": gettext_noop("没有这个办理动作"),
    "expected_missing": gettext_noop("没有说明所依据的版本"),
    "key_reused": gettext_noop("请求编号重复使用"),
    "busy": gettext_noop("系统繁忙"),
}


@with_post
@never_cache
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """安全日志: newest first, narrowed by kind and days."""
    reader = reader_of(request)
    form = LogForm(request.GET, [(kind, gettext(label)) for kind, label in KINDS.items()])
    before, valid = before_of(request), form.is_valid()
    period = form.period() if valid else {"since": None, "until": None}
    rows = security_log(reader.viewer, reader.today, form.cleaned_data.get("kind", ""), **period, limit=PAGE + 1, before=before)
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    people = public_names_of(row.user_id for row in rows if row.user_id is not None)
    context = {
        "tabs": tabs(reader, "audit_security"),
        "form": form,
        "lines": [_line(row, people, reader.lang) for row in rows[:PAGE]] if valid else [],
        "sought": bool(kept),
        "older": f"?{urlencode({**kept, 'before': rows[PAGE - 1].id})}" if valid and len(rows) > PAGE else "",
        "newer": f"?{urlencode(kept)}" if before else "",
    }
    return render(request, "audit/security.html", context, status=200 if valid else 422)


def _line(row: SecurityLine, people: dict[int, str], lang: str) -> dict[str, Any]:
    action = str(row.detail.get("action", ""))
    about = [label_in(newest_procedure().labels.get(action), lang, action)] if action else []
    about += [str(row.detail[name]) for name in ("subject", "username") if row.detail.get(name)]
    return {
        "at": row.recorded_at,
        "kind": gettext(KINDS[row.kind]) if row.kind in KINDS else row.kind,
        "person": people.get(row.user_id or 0, ""),
        "address": row.address,
        "about": " · ".join(about),
    }
