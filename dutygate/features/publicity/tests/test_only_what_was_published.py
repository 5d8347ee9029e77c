"""第四条（五）、公开审查: an unpublished fact is nowhere in the public site, whoever looks and however."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from dutygate.base.actions.replay import replay
from dutygate.base.search.index import verify
from dutygate.features.publicity.tests.stage import HOME, MARK, Site, body, contact, published, secrets, walked
from tests.pages.signed_in import browser_of
from tests.rows import rows
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_an_unpublished_fact_is_nowhere(site: Site) -> None:
    secrets(site.world)
    found = dict(
        walked(Client(), "/gk/", f"{HOME}?lang=en", "/gk/sitemap.xml", f"{HOME}sitemap-1.xml", f"{HOME}search/?q={MARK}", "/robots.txt")
    )
    texts = {path: body(answer) for path, answer in found.items()}
    assert len(texts) > 60 and all(answer.status_code == 200 for answer in found.values()), [
        p for p, a in found.items() if a.status_code != 200
    ]
    for one in ("q=" + MARK, "q=" + quote(MARK), f'value="{MARK}"'):  # what was sought is said again in the form and its links
        texts = {path: text.replace(one, "") for path, text in texts.items()}
    told = {path for path, text in texts.items() if MARK in text}
    assert told == set()
    everything = "".join(texts.values())
    assert "候鸟保护巡护" in everything and "0470-4210000" in everything and "内部" not in texts[HOME]
    assert f"{HOME}duties/{BANNER}-D-0002/" not in everything, "no link to it either"


def test_what_is_not_published_does_not_exist(site: Site) -> None:
    first = site.first
    secrets(site.world)
    browser = Client()
    for path in (
        f"{HOME}duties/{BANNER}-D-0002/",
        f"{HOME}duties/{BANNER}-D-0005/",
        f"{HOME}duties/nothing/",
        f"{HOME}lists/nowhere/",
        f"{HOME}lists/naji/?list=powers",
        f"{HOME}publications/1/",
        f"{HOME}publications/{first.id}/nowhere/",
        f"{HOME}data/lists.xml",
        f"{HOME}data/townships/nowhere.csv",
        f"{HOME}sitemap-9.xml",
        "/gk/1507/",
        "/gk/999999/",
        "/gk/not-a-code/",
    ):
        answer = browser.get(path)
        assert (answer.status_code, MARK in answer.text, answer.cookies) == (404, False, {}), path
        assert answer["Cache-Control"] == "public, max-age=60", path


def test_nothing_is_there_before_something_is_published(world: World) -> None:
    assert "还没有公布过清单" in Client().get("/gk/").text
    assert Client().get(HOME).status_code == 404


def test_a_duty_says_what_it_is_and_who_is_reached_how(site: Site) -> None:
    page = Client().get(f"{HOME}duties/{BANNER}-D-0004/").text
    for told in (
        "阿荣旗林业和草原局",
        "0470-4210000",
        "那吉镇中央街 1 号",
        "《森林防火条例》",
        "准入事项",
        "那吉镇",
        "阿编公〔2026〕2号",
        "长期",
    ):
        assert told in page, told
    contact(site.world, telephone="", address="")
    assert "联系方式还没有公布" in Client().get(f"{HOME}duties/{BANNER}-D-0004/").text


def test_changes_are_those_between_what_was_published(site: Site) -> None:
    first, second = site.first, site.second
    kinds = sorted(rows("lists.PublishedChange").filter(published_list__township=site.world.unit_id("naji")).values_list("kind", "code"))
    assert kinds == [("changed", f"{BANNER}-D-0003"), ("entered", f"{BANNER}-D-0004")]
    assert not rows("lists.PublishedChange").filter(published_list__publication=first).exists(), "the first changes nothing"
    page = Client().get(f"{HOME}changes/").text
    assert "候鸟保护巡护" in page and "列入公布的清单" in page and "职责名称" in page
    old = Client().get(f"{HOME}publications/{first.id}/naji/").text
    assert "候鸟巡护" in old and "这是以前公布的版本" in old and "候鸟保护巡护" not in old
    said = Client().get(f"{HOME}publications/{first.id}/").text
    assert "已由新公布的版本代替" in said and "未设定" in said
    said = Client().get(f"{HOME}publications/{second.id}/").text
    assert "1115072100/2026-1" in said and "机构编制" in said and "有效" in said and "机构编制委员会办公室" in said


def test_a_duty_that_is_published_no_longer_says_so(site: Site) -> None:
    from dutygate.features.publicity.tests.stage import INTERNAL, publish

    publish(site.world, "阿编公〔2026〕4号", internal=[*INTERNAL, {"duty": f"{BANNER}-D-0003", "reason": MARK}])
    page = Client().get(f"{HOME}duties/{BANNER}-D-0003/").text
    assert "不再列在公布的清单上" in page and MARK not in page
    assert f"{BANNER}-D-0003" not in Client().get(f"{HOME}search/").text


def test_it_is_found_by_its_published_words_alone(site: Site) -> None:
    secrets(site.world)
    browser = Client()
    assert f"{BANNER}-D-0003" in browser.get(f"{HOME}search/?q=候鸟 巡护").text
    assert "没有符合条件的事项" in browser.get(f"{HOME}search/?q={MARK}").text
    assert f"{BANNER}-D-0004" not in browser.get(f"{HOME}search/?section=cooperative").text
    assert f"{BANNER}-D-0003" in browser.get(f"{HOME}lists/naji/?q=候鸟").text
    assert f"{BANNER}-D-0001" not in browser.get(f"{HOME}lists/naji/?q=候鸟").text


def test_who_is_signed_in_sees_the_same(site: Site) -> None:
    path = f"{HOME}lists/naji/"
    assert browser_of(site.world.people["lead"]).get(path).content == Client().get(path).content


def test_replay_makes_the_same_rows(world: World) -> None:
    published(world)
    assert rows("lists.PublishedEntry").count() > 4 and replay().holds


def test_publications_of_before_are_spread_as_the_action_does_it(site: Site) -> None:
    """The migration, on the very publications: the same rows with the same ids, found by the same words."""
    kept = {name: list(rows(name).order_by("id").values()) for name in ("lists.PublishedEntry", "lists.PublishedChange")}
    for name in kept:
        rows(name).delete()
    rows("search.SearchText").filter(kind="published").delete()
    migration = import_module("dutygate.features.lists.migrations.0010_rows_of_what_was_published")
    migration.put(apps, SimpleNamespace(connection=connection))
    assert kept == {name: list(rows(name).order_by("id").values()) for name in kept} and all(kept.values())
    assert verify() == []


@pytest.mark.parametrize("who", ["forestry", "naji", "legal", "services", "system_admin"])
def test_only_the_lead_publishes_contacts(world: World, who: str) -> None:
    answer = browser_of(world.people[who]).get("/publicity/contacts/")
    assert answer.status_code in (403, 404)


def test_a_contact_is_published_from_the_page(world: World) -> None:
    from tests.pages.signed_in import press, text

    browser, key = browser_of(world.people["lead"]), world.key("forestry")
    answer = press(browser, f"/publicity/contacts/{key}/", telephone="0470-4219999")
    assert answer.status_code == 422 and "公开审查" in text(answer) and "0470-4219999" in answer.text
    answer = press(browser, f"/publicity/contacts/{key}/", telephone="0470-4219999", checked="on", checked_by="编办 张三")
    assert answer.status_code == 302
    assert "0470-4219999" in browser.get("/publicity/contacts/").text
