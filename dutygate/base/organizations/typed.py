"""The session ended in the middle of a form: what was typed goes through the log-in page and is there again afterwards.

Nothing is stored for somebody who is not signed in: the text travels in the log-in form itself. It is given back only to the
person whose form it was, which the form's own signed mark tells.
"""

from __future__ import annotations

import json
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, QueryDict

MARK: Final = "_mark"
"""The hidden field in which every such form carries who opened it."""
LARGEST: Final = 1024 * 1024
_SALT: Final = "dutygate.form"
_KEY: Final = "typed"
_LEFT_OUT: Final = frozenset({"csrfmiddlewaretoken", "_intent"})


def mark_of(user_id: int | None, post_id: int | None, form: str) -> str:
    """The signed mark of a form: for whom it was made, in which post, for what."""
    return signing.dumps({"user": user_id, "post": post_id, "form": form}, salt=_SALT, compress=True)


def read_mark(mark: str) -> dict[str, Any] | None:
    """What a mark says, or None: not one of ours."""
    try:
        found = signing.loads(mark, salt=_SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, dict) else None


def carried(request: HttpRequest) -> str:
    """What was posted by somebody who is no longer signed in, for the log-in form; "" when there is nothing to keep."""
    fields = [[name, request.POST.getlist(name)] for name in request.POST if name not in _LEFT_OUT]
    if MARK not in request.POST or read_mark(request.POST[MARK]) is None:
        return ""
    text = json.dumps({"path": request.get_full_path(), "fields": fields}, ensure_ascii=False)
    return text if len(text) <= LARGEST else ""


def keep_typed(request: HttpRequest, text: str) -> None:
    """After the log-in: keep it in the session, if it is this person's."""
    try:
        found = json.loads(text[:LARGEST]) if text else None
        fields = {str(name): [str(value) for value in values] for name, values in found["fields"]} if found else {}
        path = str(found["path"]) if found else ""
    except (ValueError, TypeError, KeyError):
        return
    mark = read_mark(fields.get(MARK, [""])[0])
    if mark is not None and mark.get("user") == getattr(request.user, "id", None):
        request.session[_KEY] = {"path": path, "fields": fields}


def take_typed(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before the session ended, once; else None."""
    kept = request.session.get(_KEY)
    if not isinstance(kept, dict) or kept.get("path") != request.get_full_path():
        return None
    del request.session[_KEY]
    data = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        data.setlist(name, values)
    return data
