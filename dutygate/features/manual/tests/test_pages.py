"""The manual in the program: read by everybody, one's own chapter first, and every page leads to its part of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dutygate.features.manual.book import ORDER, chapters
from tests.pages.signed_in import browser_of, text
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def asked(client: Client, path: str) -> tuple[int, str]:
    """How many statements a page takes once it is warm, and the page."""
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(caught), text(answer)


def test_who_is_not_signed_in_reads_all_of_it_and_it_asks_for_no_more_than_the_law_that_its_tags_cite(world: World) -> None:
    nobody = Client()
    assert asked(nobody, "/manual/")[0] == 0
    cost = {asked(nobody, path)[0] for path in ("/manual/print/", *(f"/manual/{name}/" for name in ORDER))}
    assert cost <= {0, asked(nobody, f"/manual/{ORDER[0]}/")[0]}
    assert "您的岗位先看" not in text(nobody.get("/manual/"))
    assert nobody.get("/manual/nothing/").status_code == 404 and nobody.post("/manual/").status_code == 405


@pytest.mark.parametrize(("who", "first"), [("naji", "township"), ("forestry", "department"), ("lead", "lead"), ("legal", "seats")])
def test_my_own_chapter_stands_first(world: World, who: str, first: str) -> None:
    page = text(browser_of(world.people[who]).get("/manual/"))
    own = page.split('<h2 id="common">')[0]
    assert "您的岗位先看" in own and own.index(f'href="/manual/{first}/"') > 0
    assert f'href="/manual/{first}/#{chapters()[first].sections[0].anchor}"' in own


def test_a_chapter_costs_what_the_head_of_every_page_costs(world: World) -> None:
    client = browser_of(world.people["naji"])
    cost = {asked(client, f"/manual/{name}/")[0] for name in ORDER}
    assert max(cost) - min(cost) <= 1, "the law that article tags cite, once, however many there are"
    assert asked(client, "/manual/print/")[0] <= max(cost) and asked(client, "/manual/")[0] <= max(cost)


def test_chapters_lead_on_and_back_and_the_whole_holds_them_all() -> None:
    nobody = Client()
    first, last = text(nobody.get(f"/manual/{ORDER[0]}/")), text(nobody.get(f"/manual/{ORDER[-1]}/"))
    assert f'rel="next" href="/manual/{ORDER[1]}/"' in first and 'rel="prev"' not in first
    assert f'rel="prev" href="/manual/{ORDER[-2]}/"' in last and 'rel="next"' not in last
    whole = text(nobody.get("/manual/print/"))
    assert all(f'<h2 id="{name}">' in whole for name in ORDER)
    ids = [part.split('"')[0] for part in whole.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_every_page_leads_to_the_manual_and_a_page_with_a_part_to_that_part(world: World) -> None:
    desk = text(browser_of(world.people["naji"]).get("/"))
    assert 'href="/manual/desk/#tasks">本页说明</a>' in desk and 'href="/manual/">使用手册</a>' in desk
    login = text(Client().get("/login/"))
    assert 'href="/manual/start/#login">本页说明</a>' in login and 'href="/manual/start/">怎么登录、从哪里开始</a>' in login
    assert "本页说明" not in text(Client().get("/manual/"))
    assert 'href="/manual/public/"' in text(Client().get("/gk/"))


def test_in_english_it_says_that_it_is_in_chinese() -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    page = text(client.get("/manual/township/"))
    assert "<title>Township · Manual · " in page
    assert "The manual is in Chinese only." in page and '<article class="sheet manual" lang="zh-Hans">' in page
