"""ARCHITECTURE, files: the page hands out what the API hands out, to the same people; bytes that changed are never handed out."""

from __future__ import annotations

import pytest

from dutygate.base.documents.storage import path_of
from dutygate.base.documents.tests.samples import pdf
from tests.pages.signed_in import browser_of, text
from tests.trips.calling import token_for


@pytest.fixture
def scanned(journey):
    """The applicant has entered 那吉镇's reply from paper; (the case, the digest of its scan)."""
    case = journey().up_to("consulting")
    paper = case.on_paper("forestry", "naji")
    case.do("forestry", "consultation.reply", answer="agree", **paper)
    return case, paper["scan"]


def get(case, role, digest):
    return browser_of(case.people[role]).get(f"/files/{digest}/")


def test_who_may_read_the_case_gets_the_scan_as_it_was_brought(scanned):
    case, digest = scanned
    for role in ("forestry", "forestry2", "naji", "lead"):
        answer = get(case, role, digest)
        assert (answer.status_code, answer.content) == (200, pdf()), role
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%8E%9F%E4%BB%B6")
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["ETag"] == f'"{digest}"'
        assert "no-cache" in answer.headers["Cache-Control"]


def test_for_everybody_else_it_does_not_exist(scanned):
    case, digest = scanned
    for role in ("outsider", "agriculture", "audit_admin", "legal"):
        assert get(case, role, digest).status_code == 404, role
    assert get(case, "lead", "0" * 64).status_code == 404
    assert get(case, "lead", "..%2f..%2fetc").status_code == 404


def test_page_and_api_hand_out_the_same(scanned, client):
    case, digest = scanned
    program = client.get(f"/api/v1/files/{digest}", headers={"Authorization": f"Bearer {token_for(case.world, 'naji')}"})
    page = get(case, "naji", digest)
    names = ("Content-Type", "Content-Disposition", "Content-Security-Policy", "ETag")
    assert program.content == page.content
    assert [program.headers[n] for n in names] == [page.headers[n] for n in names]


def test_what_was_changed_on_the_disk_is_told_and_not_handed_out(scanned):
    case, digest = scanned
    path_of(digest).write_bytes(b"%PDF-1.7 something else")
    answer = get(case, "lead", digest)
    assert answer.status_code == 500 and digest in text(answer) and "文件已损坏" in text(answer)
    assert "attachment" not in str(answer.headers)


def test_without_login_it_asks_for_it_first(scanned, client):
    assert client.get(f"/files/{scanned[1]}/").headers["Location"].startswith("/login/?next=")
