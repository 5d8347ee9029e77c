"""Issue 2, item 5: every error is problem+json, in Chinese or English, with provision and what to do; bad input never ends in 500."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import OperationalError

from dutygate.base.actions.models import SecurityEvent
from dutygate.base.register.models import Entry
from dutygate.config.api import api
from dutygate.config.sqlite import QueueTimeout
from tests.trips.calling import Answer, Caller

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
OPEN = {"title": "林草防火宣传", "track": "regular", "declared_class": "public_service"}


def is_problem(answer: Answer, status: int, *codes: str) -> None:
    assert answer.status == status, answer.data
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance", "code", "findings"} <= set(answer.data)
    assert answer.data["status"] == status
    for finding in answer.data["findings"]:
        assert set(finding) == {"code", "provision", "provision_label", "message", "what_to_do", "params"}
        assert finding["message"] and finding["what_to_do"]
        assert "{" not in finding["message"] + finding["what_to_do"]
    if codes:
        assert answer.codes == list(codes)


def test_401_says_how_to_get_in(caller):
    for token in ("", "dg_nonsense", "\xff\xfe", "a b c"):
        answer = Caller(token).get("/cases")
        is_problem(answer, 401, "unauthenticated")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert SecurityEvent.objects.filter(kind="token_refused").exists()


def test_403_404_409_422_carry_provision_and_next_step_in_both_languages(world, journey, caller):
    case = journey().up_to("consulting")
    before = Entry.objects.count()
    lead, outsider, naji = caller("lead"), caller("outsider"), caller("naji")
    tries = [
        (403, "not_your_role", lead.act, ("consultation.conclude", case.number, {"negotiated_opinion": "x"})),
        (404, "not_found", outsider.act, ("consultation.reply", case.number, {"answer": "agree"})),
        (409, "not_in_this_state", caller("forestry").act, ("consultation.request", case.number, {})),
    ]
    entered = Entry.objects.count()
    for status, code, act, arguments in tries:
        for language, english in (("", False), ("zh-CN", False), ("en-GB,en;q=0.9", True), ("fr, de;q=0.5", False)):
            act.__self__.language = language
            answer = act(*arguments, expected={"case": case.case.version})
            is_problem(answer, status, code)
            said = answer.data["title"] + answer.data["detail"] + answer.data["findings"][0]["what_to_do"]
            assert bool(re.search("[\u4e00-\u9fff]", said)) != english, said
    assert Entry.objects.count() == entered, "only the law's own refusals are entered"
    naji.language = ""
    refused = naji.act("consultation.reply", case.number, {"answer": "disagree"})
    is_problem(refused, 422, "disagreement_without_reason")
    assert refused.data["code"] == "refused"
    assert refused.data["findings"][0]["provision"] == "4.1"
    assert refused.data["findings"][0]["provision_label"] == "第四条（一）"
    assert Entry.objects.filter(outcome="refused").count() == 1
    assert before < entered + 1


def test_a_stale_page_is_a_conflict_and_a_missing_expectation_is_asked_for(world, journey, caller):
    case = journey().up_to("consulting")
    naji = caller("naji")
    is_problem(naji.act("consultation.reply", case.number, {"answer": "agree"}, expected={"revision": 1, "reply": 1}), 409, "stale")
    body = {"subject": case.number, "payload": {"answer": "agree"}}
    answer = naji.send("POST", "/actions/consultation.reply", body)
    is_problem(answer, 422, "expected_missing")


def test_an_excluded_power_is_refused_with_article_one(world, caller):
    answer = caller("forestry").act("case.open", "150721", {**OPEN, "declared_class": "penalty", "handles_emergency": True})
    is_problem(answer, 422)
    assert [(f["code"], f["provision"]) for f in answer.data["findings"]][-1] == ("emergency_handling", "7")


WRONG_FIELDS: list[tuple[Any, str, str]] = [
    ({}, "payload.title", "这一项必填"),
    ({**OPEN, "title": "x"}, "payload.title", "至少 2 个字"),
    ({**OPEN, "title": 5}, "payload.title", "应当是文字"),
    ({**OPEN, "title": ["x"]}, "payload.title", "应当是文字"),
    ({**OPEN, "track": "other"}, "payload.track", "只能填：'regular'、'temporary'"),
    ({**OPEN, "ends_on": "2026-13-01"}, "payload.ends_on", "应当是日期，例如 2024-06-05"),
    ({**OPEN, "handles_emergency": "maybe"}, "payload.handles_emergency", "应当是“是”或者“否”"),
    ({**OPEN, "co_initiators": ["x"] * 21}, "payload.co_initiators", "最多 20 项，现在是 21 项"),
    ({**OPEN, "extra": 1}, "payload.extra", "没有这一项，请去掉"),
    ("text", "payload", "应当是成对的名称和内容"),
    (None, "payload", "应当是成对的名称和内容"),
    ([], "payload", "应当是成对的名称和内容"),
]


def test_wrong_fields_are_named_one_by_one(world, caller):
    for payload, path, message in WRONG_FIELDS:
        answer = caller("forestry").send("POST", "/actions/case.open", {"subject": "150721", "payload": payload})
        is_problem(answer, 422)
        assert {"path": path, "message": message} in answer.data["fields"]
        assert path in answer.data["findings"][0]["message"] or len(answer.data["fields"]) > 1


BAD_BODIES = {
    "not json": b"{",
    "not utf-8": b'{"subject": "\xff"}',
    "utf-16": '{"subject": "x"}'.encode("utf-16"),
    "NUL": b'{"subject": "150721\\u0000", "payload": {}}',
    "NUL in a key": b'{"subject": "150721", "payload": {"a\\u0000": 1}}',
    "lone surrogate": b'{"subject": "150721", "payload": {"title": "\\ud800x"}}',
    "huge number": b'{"subject": "150721", "payload": {"title": ' + b"9" * 5000 + b"}}",
    "beyond 2^53": b'{"subject": "150721", "payload": {}, "expected": {"case": 9007199254740993}}',
    "negative": b'{"subject": "150721", "payload": {}, "expected": {"case": -1}}',
    "float": b'{"subject": "150721", "payload": {"title": 1.5}}',
    "exponent": b'{"subject": "150721", "payload": {"title": 1e999}}',
    "NaN": b'{"subject": "150721", "payload": {"title": NaN}}',
    "deep": b'{"subject": "150721", "payload": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "twice": b'{"subject": "150721", "subject": "1507", "payload": {}}',
    "array": b"[]",
    "string": b'"x"',
    "null": b"null",
    "empty": b"",
    "naive time": b'{"subject": "150721", "payload": {}, "at": "2026-01-01T00:00:00"}',
    "first year": b'{"subject": "150721", "payload": {}, "at": "0001-01-01T00:00:00+14:00"}',
    "last year": b'{"subject": "150721", "payload": {}, "at": "9999-12-31T23:59:59-14:00"}',
    "time as number": b'{"subject": "150721", "payload": {}, "at": 99999999999999}',
}


def test_a_bad_body_is_said_to_be_bad(world, caller):
    for name, body in BAD_BODIES.items():
        answer = caller("forestry").send("POST", "/actions/case.open", body)
        is_problem(answer, 422)
        assert answer.data["code"] == "malformed", name


def test_very_old_paper_is_no_error_of_ours(world, caller):
    for at in ("0001-01-01T00:00:00+14:00", "1000-01-01T00:00:00+00:00", "2024-06-05T00:00:00+08:00"):
        answer = caller("forestry").send("POST", "/actions/case.open", {"subject": "150721", "payload": OPEN, "at": at})
        assert answer.status in (200, 409, 422), answer.data
        assert answer.status == 200 or answer.headers["Content-Type"] == "application/problem+json"


def test_another_content_type_is_415(world, caller):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", ""):
        answer = caller("forestry").send("POST", "/actions/case.open", b'{"subject": "150721"}', content_type=kind)
        is_problem(answer, 415, "unsupported_media_type")


def test_a_body_beyond_the_limit_is_413(world, caller, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    is_problem(caller("forestry").send("POST", "/actions/case.open", b'{"x": "' + b"x" * 2000 + b'"}'), 413, "too_large")


NOT_THERE = (
    "/nothing",
    "/cases/150721-2026-9999",
    "/actions/nothing",
    "/actions/duty.admit",
    "/duties/x",
    "/files/x",
    "/",
    "",
    "/../v2",
    "/../",
)


def test_what_is_not_there_is_404(world, caller):
    for path in NOT_THERE:
        method = "POST" if path.startswith("/actions/") else "GET"
        is_problem(caller("lead").send(method, path.replace("/..", "2"), {} if method == "POST" else None), 404, "not_found")


def test_unfit_addresses_are_not_there(world, caller):
    for path in ("/cases/%00", "/cases/%ed%a0%80", "/cases/%ff", "/townships/%00/duties", "/files/" + "z" * 5000):
        answer = caller("lead").get(path)
        is_problem(answer, 422 if path.endswith("zz") else 404)


QUERIES = (
    "limit=0",
    "limit=201",
    "limit=x",
    "limit=1e9",
    "limit=" + "9" * 5000,
    "cursor=x",
    "cursor=WzFd%00",
    "cursor=WyJ4Il0",
    "cursor=" + "A" * 199,
    "cursor=é",
    "cursor=WzEuNV0",
    "cursor=Wy0xXQ",
    "q=%00",
    "q=" + "x" * 101,
    "state=" + "x" * 31,
)


def test_unfit_queries_are_422(world, caller):
    for query in QUERIES:
        is_problem(caller("lead").get(f"/cases?{query}"), 422)


def test_another_method_is_405(world, caller):
    for method, path in (
        ("PUT", "/cases"),
        ("GET", "/actions/case.open"),
        ("DELETE", "/tasks"),
        ("POST", "/register/head"),
        ("OPTIONS", "/cases"),
    ):
        answer = caller("lead").send(method, path, {})
        is_problem(answer, 405, "method_not_allowed")
        assert answer.headers["Allow"]


@pytest.mark.parametrize("error", [QueueTimeout("busy"), OperationalError("busy")])
def test_a_busy_database_is_503_with_retry_after(world, caller, monkeypatch, error):
    forestry = caller("forestry")

    def full(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr("dutygate.base.actions.perform.lock_head", full)
    answer = forestry.act("case.open", "150721", OPEN)
    is_problem(answer, 503, "busy")
    assert int(answer.headers["Retry-After"]) > 0
    monkeypatch.setattr("dutygate.config.api.cases.page_of_cases", full)
    if isinstance(error, QueueTimeout):
        is_problem(forestry.get("/cases"), 503, "busy")


def test_our_own_mistake_is_500_as_a_problem_and_says_nothing_of_itself(world, caller, monkeypatch, caplog):
    def broken(*args: Any, **kwargs: Any) -> None:
        raise KeyError("secret detail")

    monkeypatch.setattr("dutygate.config.api.cases.page_of_cases", broken)
    answer = caller("lead").get("/cases")
    is_problem(answer, 500, "internal")
    assert "secret detail" not in json.dumps(answer.data)
    assert "secret detail" in caplog.text


def test_nothing_is_kept_by_browsers_or_proxies(world, caller):
    assert caller("lead").get("/cases").headers["Cache-Control"] == "no-store"


def test_the_docs_page_needs_no_other_host(client):
    page = client.get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert "http://" not in text and "https://" not in text
    assert "<style" not in text and "onclick" not in text and " style=" not in text
    assert text.count("<script") == text.count('src="/static/ninja/') + text.count('type="application/json"')
    assert '"validatorUrl": null' in text
    for part in text.split('"/static/')[1:]:
        assert client.get("/static/" + part.partition('"')[0]).status_code == 200
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    assert api.get_openapi_schema() is api.get_openapi_schema(), "it is made once"
