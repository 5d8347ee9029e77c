"""ARCHITECTURE, speed: tab and reply page ask the database the same number of times for three townships and for six (long run: thirty)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text
from tests.world import World, create_world

PAGES = {
    "tab of the applicant": ("forestry", "opinions/"),
    "tab of a township": ("naji", "opinions/"),
    "reply": ("naji", "do/consultation.reply/"),
    "change": ("liuhe", "do/consultation.change_reply/"),
    "conclude": ("forestry", "do/consultation.conclude/"),
    "ask again": ("forestry", "do/consultation.ask_again/"),
    "narrow": ("forestry", "do/consultation.narrow/"),
    "conditions": ("forestry", "do/consultation.answer_conditions/"),
    "originals": ("lead", "do/record.check_original/"),
}


def consulted(world: World, townships: tuple[str, ...]) -> Journey:
    """那吉镇 is silent, the others have answered in every way there is; the text has changed since for one of them."""
    case = Journey(world, townships=townships).up_to("consulting")
    case.reply("liuhe", answer="agree_with_conditions", conditions=["条件一", "条件二"])
    case.do("lead", "consultation.reply", answer="agree", **case.on_paper("lead", "yadong"))
    for number, slug in enumerate(townships[3:]):
        kind = ("agree", "agree_with_conditions", "disagree")[number % 3]
        case.reply(slug, answer=kind, reason="理由", conditions=["条件"] if kind == "agree_with_conditions" else [])
    case.do("forestry", "application.edit", per_township={"liuhe": {"staffing": "另配一人。"}})
    return case


def counted(case: Journey) -> dict[str, int]:
    """The statements of each page, once the directories are warm as in a server that runs."""
    found = {}
    for name, (role, where) in PAGES.items():
        client, address = browser_of(case.people[role]), f"/cases/{case.number}/{where}"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert page.status_code == 200, name
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("townships", [6, pytest.param(30, marks=pytest.mark.long)])
def test_query_counts_do_not_grow_with_the_townships(db, townships):
    world = create_world(townships)
    small, large = consulted(world, world.townships[:3]), consulted(world, world.townships)
    assert text(browser_of(large.people["forestry"]).get(f"/cases/{large.number}/opinions/")).count("<tr") == townships + 1
    few, many = counted(small), counted(large)
    forget_directories()
    forget_kept_editions()
    assert few == many
    assert max(many.values()) <= 45, many
