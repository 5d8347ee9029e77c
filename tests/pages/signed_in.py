"""A person at the screen, for tests of pages: signed in, in the post of the world, with plain forms as a browser sends them."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.models import User


def browser_of(acting: ActingPost) -> Client:
    """A client in whose session this person acts in this post."""
    User.objects.filter(pk=acting.user_id).update(must_change_password=False)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(acting.user_id)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = User.objects.get(pk=acting.user_id).get_session_auth_hash()
    session["post"] = acting.post_id
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def text(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of the page's act form, as the browser would send them back."""
    found = re.search(r'<form method="post" class="act".*?</form>', text(response), re.DOTALL)
    assert found, "no act form on the page"
    pairs = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', found[0])
    return {name: unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def send(client: Client, path: str, page: Any = None, intent: str = "do", **fields: Any) -> Any:
    """Fill in the form of ``page`` (fetched when not given) and press a button."""
    page = client.get(path) if page is None else page
    return client.post(path, {**hidden(page), "_intent": intent, **fields})


class _Fields(HTMLParser):
    """The fields of the page's act form with what they hold, as a browser sends them: {name: [value, …]}."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.inside = False
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        self.inside = a.get("class") == "act" if tag == "form" else self.inside
        name, value = a.get("name") or "", a.get("value") or ""
        if not self.inside or (tag != "option" and not name):
            return
        if tag == "input" and a.get("type") not in ("file", "submit") and (a.get("type") not in ("radio", "checkbox") or "checked" in a):
            self.found.setdefault(name, []).append(value or ("on" if a.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self.area, self.found[name] = name, [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in a or self.select not in self.found):
            self.found[self.select] = [value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea" and self.area:
            self.found[self.area] = [self.found[self.area][0].removeprefix("\n")]
            self.area = ""
        if tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area][0] += data


def form_of(response: Any) -> dict[str, list[str]]:
    """Every field of the page's act form with what it holds, as a browser would send it back."""
    parser = _Fields()
    parser.feed(text(response))
    return {name: values for name, values in parser.found.items() if name != "csrfmiddlewaretoken"}


def press(client: Client, path: str, page: Any = None, intent: str = "do", **typed: Any) -> Any:
    """Send the whole form as it stands on the page, with some fields typed over; no JavaScript takes part."""
    page = client.get(path) if page is None else page
    return client.post(path, {**form_of(page), "_intent": intent, **typed})
