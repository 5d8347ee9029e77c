"""Article 4.4: papers by the API are seen by who sees them on the pages: who issued them, to whom they went, the lead, the city."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.features.papers.making import make
from dutygate.features.papers.tests.stage import drawn, issue, letterhead
from tests.journey import Journey
from tests.trips.test_api_problems import is_problem

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def letters(journey: Any, settings: Any, tmp_path: Any) -> tuple[Journey, list[Any]]:
    """The letters of 林草局 to three townships, the first one set."""
    settings.MEDIA_ROOT = tmp_path / "files"
    case = journey()
    letterhead(case.world, "forestry")
    case.open()
    case.fill()
    case.request()
    papers = issue(
        case.world, "forestry", "consultation_letter", case.number, papers=drawn(case.world, "forestry", "consultation_letter", case.number)
    )
    assert make(papers[0].id)
    return case, papers


def test_a_paper_is_read_by_whom_it_concerns_and_by_nobody_else(letters, caller):
    case, papers = letters
    seen = {"forestry": 3, "lead": 3, "city": 3, "naji": 1, "legal": 0, "outsider": 0, "water": 0, "audit_admin": 0}
    for role, count in seen.items():
        found = caller(role).get("/documents").data
        assert (len(found["items"]), found["next"]) == (count, None), role
        for paper in papers:
            mine = count == 3 or (role == "naji" and paper.id == papers[0].id)
            answer = caller(role).get(f"/documents/{paper.id}")
            assert answer.status == (200 if mine else 404), role
            if not mine:
                is_problem(answer, 404, "not_found")
                is_problem(caller(role).get(f"/documents/{paper.id}/files/docx"), 404, "not_found")
    is_problem(caller("forestry").get("/documents/9"), 404, "not_found")


def test_one_paper_says_what_it_says_and_gives_its_files(letters, caller):
    case, papers = letters
    person = caller("naji")
    line = person.get("/documents").data["items"][0]
    assert (line["kind"], line["kind_label"], line["provision"]) == ("consultation_letter", "征求意见函", "4.1")
    assert [unit["key"] for unit in line["to"]] == ["150721.naji"] and line["cases"] == [case.number]
    whole = person.get(f"/documents/{line['id']}").data
    assert whole["number"] == papers[0].number and "林草防火宣传" in str(whole["content"])
    papers[0].refresh_from_db()
    assert whole["docx"] == papers[0].docx != "" and whole["entry"] == str(papers[0].entry)
    path = f"/api/v1/documents/{line['id']}/files"
    sent = person.client.get(f"{path}/docx", headers={"Authorization": f"Bearer {person.token}"})
    assert sent.status_code == 200 and sent.content.startswith(b"PK") and sent["ETag"] == f'"{papers[0].docx}"'
    is_problem(person.get(f"/documents/{line['id']}/files/scan"), 404, "not_found")
    assert caller("forestry").get("/documents?kind=reply_letter").data["items"] == []
    assert len(caller("forestry").get(f"/documents?case={case.number}&kind=consultation_letter").data["items"]) == 3
    lead = caller("lead")
    lead.language = "en"
    assert lead.get("/documents").data["items"][0]["kind_label"] == "Letter of consultation"


def test_pages_follow_each_other_and_cost_the_same_however_many_there_are(letters, caller):
    person = caller("forestry")
    first = person.get("/documents?limit=2").data
    rest = person.get(f"/documents?limit=2&cursor={first['next']}").data
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 3
    costs = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            person.get(f"/documents?limit={limit}")
        costs.append(len(asked))
    assert costs[0] == costs[1]
