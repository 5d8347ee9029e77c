"""7, 8: a report by the API: brought with its file, read by each side as it may, acted on with what was read before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.supervision import PDF, with_oversight
from tests.trips.calling import Caller, token_for
from tests.world import BANNER, World

pytestmark = pytest.mark.once


def test_a_report_by_the_api(world: World, caller: Callable[[str], Caller]) -> None:
    place = with_oversight(world)
    bearer = Client(headers={"Authorization": f"Bearer {token_for(place, 'naji')}"})
    brought = bearer.post("/api/v1/reports/files", {"file": SimpleUploadedFile("某某的通话记录.pdf", PDF)})
    assert brought.status_code == 201 and set(brought.json()) == {"digest"}
    said = {
        "body": f"{BANNER}.forestry",
        "title": "防火巡查",
        "text": "要求签责任状",
        "forms": ["pledge"],
        "files": [brought.json()["digest"]],
    }
    naji, body, examiner, other = caller("naji"), caller("forestry"), caller("discipline"), caller("yadong")
    made = naji.send("POST", "/actions/supervision.report", {"subject": BANNER, "payload": said})
    assert made.status == 200 and made.data["head"] == "" and made.data["entry"] == made.data["result"]["report"]
    where = f"/reports/{made.data['result']['report']}"
    own = naji.send("GET", where).data
    assert (own["side"], own["state"], own["actions"], own["files"], own["expected"]) == (
        "reporter",
        "reported",
        ["supervision.add"],
        [1],
        None,
    )
    assert [one["id"] for one in naji.send("GET", "/reports").data["items"]] == [own["id"]]
    for stranger in (body, other):
        assert stranger.send("GET", where).status == 404 and stranger.send("GET", "/reports").data == {"items": [], "next": None}
        assert stranger.send("POST", "/actions/supervision.accept", {"subject": own["id"], "payload": {}}).status == 404
    seen = examiner.send("GET", where).data
    assert (seen["side"], seen["reporter_unit"]["key"], seen["light"]) == ("examiner", f"{BANNER}.naji", "green")
    assert {"supervision.accept", "supervision.dismiss"} <= set(seen["actions"])
    step = {"subject": own["id"], "payload": {}, "expected": seen["expected"]}
    assert examiner.send("POST", "/actions/supervision.accept", step).status == 200
    assert examiner.send("POST", "/actions/supervision.dismiss", {**step, "payload": {"reason": "无"}}).status == 409
    assert naji.send("POST", "/actions/supervision.accept", {"subject": own["id"], "payload": {}}).status == 403
    heard = {"subject": own["id"], "payload": {"facts": "请说明"}, "expected": examiner.send("GET", where).data["expected"]}
    assert examiner.send("POST", "/actions/supervision.hear", heard).status == 200
    put = body.send("GET", where).data
    assert (put["side"], put["put_facts"], put["title"], put["reporter"], put["forms"]) == ("body", "请说明", None, None, None)
    assert put["actions"] == ["supervision.answer"] and put["waits"] and put["files"] == []
