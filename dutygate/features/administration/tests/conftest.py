"""A second banner beside ours, with people of its own: what is there does not exist for us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.queries import public_acting_post
from tests.pages.signed_in import browser_of

FROM = date(2024, 1, 1)


@dataclass
class Elsewhere:
    """莫力达瓦 with one township, its clerk, and three administrators."""

    unit: str
    people: dict[str, ActingPost]


def enter(place: str, unit: str, username: str, kind: str, today: date) -> ActingPost:
    """A person in a post."""
    perform(system_acting(), "user.create", "", {"username": username, "name": f"{username}某"}, via="import")
    post = perform(system_acting(), "post.appoint", unit, {"username": username, "kind": kind, "valid_from": FROM}, via="import")
    acting = public_acting_post(int(post.result["id"]), today)
    assert acting is not None
    return acting


@pytest.fixture
def elsewhere(world):
    code = "150722"
    perform(
        system_acting(), "jurisdiction.create", "", {"code": code, "name": "莫力达瓦旗", "kind": "banner", "parent": "1507"}, via="import"
    )
    for slug, kind, name in (("nierji", "township", "尼尔基镇"), ("bureau", "department", "莫旗政数局")):
        perform(system_acting(), "unit.create", code, {"slug": slug, "kind": kind, "name": name, "valid_from": FROM}, via="import")
    people = {"clerk": enter(code, f"{code}.nierji", "nierji", "handler", world.today)}
    for kind in ("system_admin", "security_admin", "audit_admin"):
        people[kind] = enter(code, f"{code}.bureau", f"mo.{kind[:3]}", kind, world.today)
    return Elsewhere(f"{code}.nierji", people)


@pytest.fixture
def browser(world):
    """A browser in the post of a role of the world."""

    def sign_in(role: str) -> Client:
        return browser_of(world.people[role])

    return sign_in
