"""公开: an answer may be kept by anybody: it says when it is another one, sets no cookie, reads no session, is bounded."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from dutygate.features.lists.publishing import be_found
from dutygate.features.publicity.tests.stage import HOME, Site, contact, publish
from tests.pages.signed_in import browser_of
from tests.rows import rows
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
PAGES = (
    "",
    "search/",
    "search/?q=巡护",
    "lists/naji/",
    "lists/naji/?q=巡查",
    f"duties/{BANNER}-D-0004/",
    "changes/",
    "publications/",
    "heads/",
    "data/",
)
FILES = ("feed.atom", "heads.json", "data/schema.json", "sitemap-1.xml")


def entries(count: int) -> None:
    """So many more published rows on the list of the first township and others, as if they had been published."""
    lists = list(rows("lists.PublishedList").filter(publication__number="阿编公〔2026〕2号").order_by("id"))
    row = rows("lists.PublishedEntry").filter(published_list=lists[0]).order_by("place").first()
    assert row is not None
    start = 1 + rows("lists.PublishedEntry").order_by("-id").values_list("id", flat=True)[0]
    made = []
    for number in range(count):
        code = f"{BANNER}-D-{9000 + number // len(lists):05}"
        told = {**row.row, "code": code, "title": f"巡护巡查事项{number}"}
        one = lists[number % len(lists)]
        made.append(
            rows("lists.PublishedEntry").model(
                id=start + number, jurisdiction_id=one.jurisdiction_id, published_list=one, place=1000 + number,
                section=told["section"], code=code, title=told["title"], row=told,
            )
        )  # fmt: skip
    rows("lists.PublishedEntry").bulk_create(made, batch_size=500)
    be_found(made)


def measured(path: str) -> tuple[int, int, int]:
    Client().get(path)
    with CaptureQueriesContext(connection) as caught:
        answer = Client().get(path)
        size = len(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    return answer.status_code, len(caught), size


def test_each_answer_may_be_kept_and_is_asked_for_anew_cheaply(site: Site) -> None:
    for path in ("/gk/", "/gk/sitemap.xml", *(HOME + page for page in (*PAGES, *FILES, "data/lists.json", "data/townships/naji.csv"))):
        answer = Client().get(path)
        assert (answer.status_code, answer["Cache-Control"], answer.cookies) == (200, "public, max-age=300", {}), path
        assert "Vary" not in answer and "default-src 'self'" in answer["Content-Security-Policy"], path
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY", path
        assert answer["ETag"].startswith('W/"')
        again = Client().get(path, headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"]), path
        head = Client().head(path)
        assert (head.status_code, head["ETag"]) == (200, answer["ETag"]), path
        assert Client().post(path).status_code == 405, path
    answer = Client().get(HOME)
    assert answer["Last-Modified"].endswith("GMT") and answer["Content-Language"] == "zh-hans"


def test_what_is_published_makes_it_another_one(site: Site) -> None:
    path = f"{HOME}duties/{BANNER}-D-0004/"
    tags = [Client().get(path)["ETag"]]
    contact(site.world, telephone="0470-4218888")
    tags.append(Client().get(path)["ETag"])
    publish(site.world, "阿编公〔2026〕5号")
    tags.append(Client().get(path)["ETag"])
    assert len(set(tags)) == 3
    assert Client().get(path, headers={"if-none-match": tags[0]}).status_code == 200


def test_no_session_is_read(site: Site) -> None:
    signed = browser_of(site.world.people["lead"])
    with CaptureQueriesContext(connection) as caught:
        answer = signed.get(HOME)
    assert answer.status_code == 200 and not [one["sql"] for one in caught if "session" in one["sql"] or "_user" in one["sql"]]
    assert not answer.cookies


def test_the_address_says_the_language(site: Site) -> None:
    signed = browser_of(site.world.people["lead"])
    signed.cookies["django_language"] = "en"
    assert '<html lang="zh-Hans"' in signed.get(HOME).text
    english = Client().get(f"{HOME}?lang=en")
    assert '<html lang="en"' in english.text and english["Content-Language"] == "en"
    links = html.document_fromstring(english.content).xpath("//nav//a/@href")
    assert links and all("lang=en" in link for link in links)
    assert '<html lang="zh-Hans"' in Client().get(f"{HOME}?lang=zh", headers={"accept-language": "en"}).text


def test_pages_do_without_scripts(site: Site) -> None:
    for page in PAGES:
        tree = html.document_fromstring(Client().get(HOME + page).content)
        assert tree.xpath("//script | //*[@style] | //form[@method='post']") == [], page


@pytest.mark.once
@pytest.mark.parametrize(("some", "many"), [(200, 800), pytest.param(400, 4_000, marks=pytest.mark.long)])
def test_many_rows_cost_the_statements_of_some(site: Site, some: int, many: int) -> None:
    entries(some)
    few = {page: measured(HOME + page) for page in (*PAGES, *FILES)}
    entries_now = rows("lists.PublishedEntry").count()
    rows("lists.PublishedEntry").filter(place__gte=1000).delete()
    entries(many)
    assert rows("lists.PublishedEntry").count() == entries_now + many - some
    for page, (status, statements, _size) in few.items():
        got = measured(HOME + page)
        assert (got[0], got[1]) == (status, statements), page
        assert statements <= 14 and got[2] < 150_000 or page.startswith("sitemap"), (page, statements, got[2])


def test_whoever_is_not_signed_in_is_led_here(world: World) -> None:
    answer: Any = Client().get("/login/")
    assert 'href="/gk/"' in answer.text
