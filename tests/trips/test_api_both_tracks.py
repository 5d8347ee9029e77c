"""Issue 2, must show: both tracks whole by API, ten different people, ending in the list of exactly those townships (4.1-4.5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dutygate.base.organizations.credentials import set_initial_password
from dutygate.config.api.tokens import failures
from tests.trips.calling import Caller
from tests.trips.whole import TEN, whole
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
PASSWORD = "Arun-2026-road"


def log_in(world: World, role: str) -> Caller:
    """By user name and password, as a program does it."""
    acting = world.people[role]
    assert acting.user_id is not None
    set_initial_password(acting.user_id, PASSWORD, must_change=False)
    nobody = Caller("", client=Client())
    answer = nobody.send("POST", "/tokens", {"username": role.replace("_", "."), "password": PASSWORD, "label": "trip"})
    assert answer.status == 201, answer.data
    assert answer.data["post"] == f"{acting.unit}/handler"
    return Caller(answer.data["token"])


@pytest.mark.parametrize(("track", "townships"), [("regular", ("naji", "liuhe", "yadong")), ("temporary", ("naji", "yadong"))])
def test_ten_people_bring_a_matter_onto_the_lists_of_its_townships_and_no_other(world: World, track: str, townships: tuple[str, ...]):
    failures.clear()
    people = {role: log_in(world, role) for role in (*TEN, "outsider")}
    who_acted: set[str] = set()

    def act(role: str, action: str, subject: str, payload: dict[str, Any]) -> dict[str, Any]:
        answer = people[role].act(action, subject, payload)
        assert answer.status == 200, (role, action, answer.data)
        assert answer.data["head"].split(":")[1] == answer.data["entry"].split("/")[1]
        who_acted.add(role)
        return dict(answer.data)

    number = whole(world, act, track, townships)
    assert len(who_acted) == 10 - (track == "temporary") - (3 - len(townships))

    case = people["lead"].get(f"/cases/{number}").data
    assert (case["case"]["state"], case["case"]["outcome"]) == ("done", "approved")
    assert [t["answer"] for t in case["sections"]["opinions"]["townships"]] == ["agree"] * len(townships)
    on_lists = {slug: _titles(people["lead"], slug) for slug in (*world.townships, world.outside)}
    assert {slug for slug, titles in on_lists.items() if titles} == set(townships)
    line = people[townships[0]].get(f"/townships/150721.{townships[0]}/duties").data["items"][0]
    assert (line["section"], line["track"]) == ({"regular": "admitted", "temporary": "temporary"}[track], track)
    assert (line["last_day"] is None) == (track == "regular")
    duty = people["city"].get(f"/duties/{line['code']}").data
    assert {t["township"]["key"] for t in duty["townships"]} == {f"150721.{slug}" for slug in townships}
    assert duty["case"] == number
    assert people["outsider"].get(f"/cases/{number}").status == 404
    assert people["lead"].get("/tasks").data == {"items": [], "next": None}


def _titles(lead: Caller, slug: str) -> list[str]:
    answer = lead.get(f"/townships/150721.{slug}/duties")
    assert answer.status == 200, answer.data
    return [item["title"] for item in answer.data["items"]]
