"""8: nobody but those entitled learns that there is a report: not from a page, an answer of the API, an export, a header, the register, a
log, a count or an id. Every page is opened before and after, as everybody else, and compared byte by byte.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from dutygate.base.actions.sweep import sweep
from dutygate.features.audit.checking import check, total_of
from dutygate.features.papers.making import make_waiting
from dutygate.features.papers.tests.stage import issue_order, letterhead
from tests.journey import Journey
from tests.pages.signed_in import browser_of
from tests.rows import rows
from tests.secrecy import PACKED, answers, plain_of, tables
from tests.supervision import MARKER, Reported, brought, with_oversight
from tests.trips.calling import token_for
from tests.world import World

OTHERS = ("forestry", "naji2", "lead", "committee", "audit_admin", "")
"""The body reported, the reporter's colleague, the lead that is not entitled where it is reported, the banner's committee, the audit
administrator, and whoever is not signed in.
"""
EACH_ROUTE = 1
STATIC = ("law", "help", "manual", "edition", "styleguide", "display", "language")
"""Pages on the regulation and on the program itself, which read nothing of what is done: left out to be quick."""


def _links(body: str) -> Iterator[str]:
    for found in re.findall(r'(?:href|action)="([^"#]+)', body):
        link = unescape(found)
        if link.startswith("/") and not link.startswith(("/static/", "/language", "/logout", "/display")):
            yield link


def crawl(client: Client, start: tuple[str, ...] = ("/",)) -> dict[str, tuple[int, tuple[tuple[str, str], ...], bytes]]:
    """Every page that can be reached, a few of each route: path -> (status, headers, body without what is fleeting)."""
    found: dict[str, Any] = {}
    waiting, seen, often = deque(start), set(start), dict[str, int]()
    while waiting:
        path = waiting.popleft()
        try:
            route = resolve(path.partition("?")[0]).view_name
        except Resolver404:
            continue
        if route.startswith(STATIC):
            continue
        often[route] = often.get(route, 0) + 1
        if often[route] > EACH_ROUTE:
            continue
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        passing = {"Expires", "Last-Modified", *(["Content-Length"] if body.startswith(PACKED) else [])}  # the time is packed as well
        headers = tuple(sorted((k, v) for k, v in response.headers.items() if k not in passing))
        headers = tuple((k, re.sub(r"nonce-[^']*", "", v)) for k, v in headers)
        found[path] = (response.status_code, headers, plain_of(body))
        if response.headers.get("Content-Type", "").startswith("text/html"):
            for link in _links(body.decode("utf-8", "replace")):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
    return found


def everything(world: World, secrets: dict[str, str], others: tuple[str, ...] = OTHERS) -> dict[str, Any]:
    """All pages and answers of all who are not entitled."""
    found: dict[str, Any] = {}
    for who in others:
        client = browser_of(world.people[who]) if who else Client()
        found |= {f"{who} {path}": page for path, page in crawl(client, ("/", "/reports/", "/reports/new/")).items()}
    return {**found, **answers(world, secrets)}


@pytest.mark.long
def test_everybody_elses_answers_are_the_same_with_and_without_a_report(world: World, journey: Callable[..., Journey]) -> None:
    place = with_oversight(world)
    letterhead(place, "discipline")
    journey().up_to("consulting")
    assert sweep().failed == []
    secrets = {who: token_for(place, who) for who in ("forestry", "lead", "audit_admin")}
    before, kept = everything(place, secrets), tables()
    assert len(before) > 120
    report = Reported(place, body="lead", files=[brought(place, "naji")])
    report.do("naji", "add", text=f"{MARKER}补充")
    report.do("discipline", "accept")
    second = Reported(place, body="forestry", by="lead")
    second.do("discipline", "accept")
    assert tables() == kept, "no table but the reports' own"
    assert sweep().done == {}
    after = everything(place, secrets)
    allowed = {path for path in before if path.startswith("lead ") and "/reports/" in path}  # the lead's own report is its person's to see
    differ = {path for path in before if before[path] != after.get(path)} - allowed - {"lead reports"}
    assert sorted(differ) == []
    assert not [
        path
        for path, page in after.items()
        if MARKER.encode() in page[-1] and path not in allowed | {"lead reports"} and "/reports/" not in path
    ]
    for public_id in (report.id, second.id):
        assert not [path for path, page in after.items() if public_id.encode() in page[-1] and not path.startswith("lead ")]
    for who in ("forestry", "naji2", "yadong", "audit_admin"):
        client = browser_of(place.people[who])
        unknown = client.get(f"/reports/{'0' * 32}/")
        known = client.get(f"/reports/{report.id}/")
        same = plain_of(unknown.content).replace(b"0" * 32, report.id.encode())  # the address that she typed herself
        assert (known.status_code, plain_of(known.content)) == (unknown.status_code, same)
        assert client.get(f"/reports/{report.id}/files/1/").status_code == unknown.status_code
        assert client.get(f"/reports/{report.id}/supervision.accept/").status_code == unknown.status_code
    # once it is heard and ordered to correct, the body concerned knows what was put to it and has its paper, and nothing else; nobody
    # else anything
    report.do("discipline", "hear", facts="请说明一份通知")
    report.up_to("ordered")
    order = issue_order(place, report)
    make_waiting()
    assert tables() == kept, "nor the paper, its number or its files"
    heard = everything(place, secrets, ("lead", "audit_admin", "naji2"))
    differ = {path for path in heard if after.get(path) != heard[path]}
    assert {path.partition(" ")[0] for path in differ} == {"lead"}
    told = [path for path in heard if order.number in heard[path][-1].decode("utf-8", "replace")]
    assert told and all(path.startswith("lead ") and ("/reports/" in path or "/papers/orders/" in path) for path in told)
    assert not [path for path in told if MARKER.encode() in heard[path][-1] or "那吉镇".encode() in heard[path][-1]]
    page = browser_of(place.people["lead2"]).get(f"/reports/{report.id}/").content.decode()
    assert "请说明一份通知" in page and MARKER not in page and "那吉镇" not in page and "naji" not in page
    assert MARKER not in browser_of(place.people["lead2"]).get("/reports/").content.decode()
    told = Client(HTTP_AUTHORIZATION=f"Bearer {secrets['lead']}").get(f"/api/v1/reports/{report.id}")
    assert told.status_code == 200 and MARKER not in told.content.decode()
    assert told.json()["reporter"] is None and told.json()["title"] is None and told.json()["text"] is None


def test_a_file_is_handed_out_to_its_side_alone_and_under_no_name(world: World) -> None:
    place = with_oversight(world)
    report = Reported(place, files=[brought(place, "naji")]).up_to("heard")
    path = f"/reports/{report.id}/files/1/"
    for who, status in (("discipline", 200), ("naji", 200), ("lead", 200), ("forestry", 404), ("naji2", 404)):
        response = browser_of(place.people[who]).get(path)
        assert response.status_code == status, who
        if status == 200:
            assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%E9%99%84%E4%BB%B6%201.pdf"
    digest = brought(place, "naji")
    for who in ("naji", "naji2", "forestry", "audit_admin"):
        assert browser_of(place.people[who]).get(f"/files/{digest}/").status_code == 404


def test_checks_of_the_register_tell_an_administrator_only_that_something_is_wrong(world: World) -> None:
    place = with_oversight(world)
    quiet = {kind: check(kind, "150721", [], lambda _done: None).facts for kind in ("chain", "replay")}
    report = Reported(place).up_to("accepted")
    for kind, facts in quiet.items():
        found = check(kind, "150721", [], lambda _done: None)
        assert (found.problems, found.facts) == (0, facts) and total_of(kind, "150721") == facts["entries"]
    rows("supervision.HandoverReport", public_id=report.id).update(title="x")
    rows("register.Entry", action="supervision.report").update(salt="0" * 32)
    for kind in quiet:
        found = check(kind, "150721", [], lambda _done: None)
        assert found.found == [{"chain": "150721", "number": 0, "what": "the confidential chain beside it does not hold"}]


def test_another_pages_words_come_to_the_form_by_post_and_stand_in_no_address(world: World) -> None:
    place = with_oversight(world)
    client = browser_of(place.people["naji"])
    page = client.post(
        "/reports/new/",
        {
            "title": "防火巡查",
            "text": "要求签责任状",
            "source": "林草发〔2024〕9号",
            "paper_on": "2024-07-01",
            "unit": "阿荣旗林业和草原局",
        },
    )
    shown = page.content.decode()
    assert page.status_code == 200 and all(said in shown for said in ("防火巡查", "要求签责任状", "林草发〔2024〕9号", "2024-07-01"))
    assert '<option value="150721.forestry" selected>' in shown and 'action="/reports/new/"' in shown


def test_a_body_found_to_have_handed_down_is_given_the_road_it_should_have_taken(world: World) -> None:
    place = with_oversight(world)
    report = Reported(place).up_to("found")
    client = browser_of(place.people["forestry"])
    assert "打开备好的准入申请" in client.get(f"/reports/{report.id}/").content.decode()
    page = client.post("/cases/new/", {"title": "防火巡查"})
    assert page.status_code == 200 and 'value="防火巡查"' in page.content.decode() and report.id not in page.content.decode()


@pytest.mark.parametrize("who", ["system_admin", "audit_admin"])
def test_administrators_have_no_part_in_reports(world: World, who: str) -> None:
    place = with_oversight(world)
    assert browser_of(place.people[who]).get("/reports/").status_code == 403
