"""第四条（五）: open data is what was published, in the form that its own schema says; feed, map and heads can be read by programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from lxml import etree

from dutygate.base.actions import clock
from dutygate.base.register.queries import public_heads
from dutygate.features.publicity.schema import CSV
from dutygate.features.publicity.tests.stage import HOME, Site, body
from dutygate.law.regulation.canonical import digest
from tests.rows import rows
from tests.world import BANNER

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("files")]
ATOM = "{http://www.w3.org/2005/Atom}"


def read(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return json.loads(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def test_the_files_are_as_their_schema_says(site: Site) -> None:
    schema = read(f"{HOME}data/schema.json")
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.validator_for(schema)
    whole, one = read(f"{HOME}data/lists.json"), read(f"{HOME}data/townships/naji.json")
    for found in (whole, one):
        validator.validate(found)
        assert found["$schema"] == schema["$id"] and found["licence"] == {"set": False, "name": ""}
    assert [each["township"]["key"] for each in one["lists"]] == [site.world.key("naji")]
    standing = rows("lists.PublishedList").filter(publication__number="阿编公〔2026〕2号")
    assert {each["digest"] for each in whole["lists"]} == set(standing.values_list("digest", flat=True))
    count = sum(len(each["rows"]) for each in whole["lists"])
    assert count == rows("lists.PublishedEntry").filter(published_list__in=standing).count() > 0
    broken = {**one, "lists": [{**one["lists"][0], "rows": [{"code": 1}]}]}
    assert not validator.is_valid(broken)


def test_a_licence_that_is_set_is_said(site: Site, settings: Any) -> None:
    assert "未设定" in Client().get(f"{HOME}data/").text
    settings.OPEN_DATA_LICENCE = "CC BY 4.0"
    assert read(f"{HOME}data/townships/naji.json")["licence"] == {"set": True, "name": "CC BY 4.0"}
    assert "CC BY 4.0" in Client().get(f"{HOME}data/").text


def test_csv_has_the_same_rows(site: Site) -> None:
    answer = Client().get(f"{HOME}data/lists.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert tuple(lines[0]) == CSV
    plain = [(one["township"]["name"], row["code"], row["title"]) for one in read(f"{HOME}data/lists.json")["lists"] for row in one["rows"]]
    assert [(row["township"], row["code"], row["title"]) for row in lines] == plain
    admitted = next(row for row in lines if row["section"] == "admitted")
    assert "防火条例" in admitted["bases"] and admitted["publication"] == "阿编公〔2026〕2号"


def test_the_content_of_a_list_is_that_of_its_digest(site: Site) -> None:
    second = site.second
    kept = rows("lists.PublishedList").get(publication=second, township=site.world.unit_id("naji"))
    assert digest(read(f"{HOME}publications/{second.id}/naji.json")) == kept.digest


def test_the_feed_tells_each_publication(site: Site) -> None:
    answer = Client().get(f"{HOME}feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    assert [e.findtext(f"{ATOM}title") for e in feed.iter(f"{ATOM}entry")] == [
        "阿编公〔2026〕2号 乡镇职责事项清单",
        "阿编公〔2026〕1号 乡镇职责事项清单",
    ]
    for entry in [feed, *feed.iter(f"{ATOM}entry")]:
        assert entry.findtext(f"{ATOM}id") and datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 2
    links = [e.get("href") for e in feed.iter(f"{ATOM}link")]
    assert all(link and link.startswith("http://testserver/gk/") for link in links)


def test_the_map_leads_to_every_page(site: Site) -> None:
    names = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    parts = etree.fromstring(Client().get("/gk/sitemap.xml").content).xpath("//m:loc/text()", namespaces=names)
    pages = [page for part in parts for page in etree.fromstring(Client().get(part).content).xpath("//m:loc/text()", namespaces=names)]
    assert any(f"/duties/{BANNER}-D-0004/" in page for page in pages) and any("/lists/naji/" in page for page in pages)
    assert all(Client().get(page).status_code == 200 for page in pages)
    robots = Client().get("/robots.txt").text
    assert "Allow: /gk/" in robots and "Disallow: /\n" in robots and parts and "/gk/sitemap.xml" in robots


def test_the_head_of_each_day_is_that_of_its_last_entry(site: Site) -> None:
    assert read(f"{HOME}heads.json")["heads"] == [], "today is not over"
    today, now = site.world.today, {head.chain: head for head in public_heads()}[BANNER]
    mark = clock._clock.set(lambda: datetime.now(UTC) + timedelta(days=2))
    try:
        heads = read(f"{HOME}heads.json")["heads"]
        assert [head["head"] for head in heads] == [now.printed, now.printed], "a day without an entry ends as the one before"
        assert [head["day"] for head in heads] == [(today + timedelta(days=n)).isoformat() for n in (1, 0)]
        assert now.hash in Client().get(f"{HOME}heads/").text
    finally:
        clock._clock.reset(mark)


def test_nothing_of_a_file_is_calculated(site: Site) -> None:
    rows("lists.PublishedEntry").filter(code=f"{BANNER}-D-0001").update(
        row={**rows("lists.PublishedEntry").filter(code=f"{BANNER}-D-0001").first().row, "title": "=1+1"}
    )
    assert '"=1+1"' not in body(Client().get(f"{HOME}data/lists.csv")).replace("'=1+1", "")
