"""A person at the screen, for tests of pages: signed in, in the post of the world, with plain forms as a browser sends them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.models import User


def browser_of(acting: ActingPost) -> Client:
    """A client in whose session this person acts in this post."""
    User.objects.filter(pk=acting.user_id).update(must_change_password=False)
    client = Client()
    client.force_login(User.objects.get(pk=acting.user_id))
    session = client.session
    session["post"] = acting.post_id
    session.save()
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
