"""A page's form as a browser holds it: every field with its value, so that a test types over some and sends the rest as it is."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from tests.pages.signed_in import text


def form_of(page: Any) -> dict[str, list[str]]:
    """{name: values} of the page's form, as a browser would send it back."""
    html = re.search(r'<form method="post" class="act".*?</form>', text(page), re.DOTALL)
    assert html, "no act form on the page"
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html[0]):
        name, value, kind = (re.search(rf'\b{a}="([^"]*)"', tag) for a in ("name", "value", "type"))
        if not name or name[1] == "csrfmiddlewaretoken" or (kind and kind[1] in ("checkbox", "radio") and " checked" not in tag):
            continue
        found.setdefault(name[1], []).append(unescape(value[1]) if value else "on" if kind and kind[1] == "checkbox" else "")
    for name, inner in re.findall(r'<textarea[^>]*\bname="([^"]*)"[^>]*>(.*?)</textarea>', html[0], re.DOTALL):
        found[name] = [unescape(inner).removeprefix("\n").replace("\n", "\r\n")]
    for name, inner in re.findall(r'<select[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', html[0], re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        found[name] = [unescape(chosen[1]) if chosen else ""]
    return found


def press(client: Client, path: str, intent: str = "do", page: Any = None, **typed: Any) -> Any:
    """Type over some fields of ``page`` (fetched when not given) and press a button."""
    page = client.get(path) if page is None else page
    return client.post(path, {**form_of(page), "_intent": intent, **typed})
