"""Issue 2, items 3 and 5: files are brought before the act that refers to them, and read by who may read the case."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from dutygate.base.documents.models import StoredFile
from dutygate.base.documents.storage import path_of
from dutygate.base.documents.tests.samples import office, pdf, png
from dutygate.law.regulation.canonical import digest_of_bytes
from tests.trips.calling import BASE
from tests.trips.test_api_problems import is_problem

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def get(caller, digest):
    return caller.client.get(f"{BASE}/files/{digest}", headers={"Authorization": f"Bearer {caller.token}"})


def test_a_file_comes_back_as_it_was_brought(world, caller):
    forestry = caller("forestry")
    answer = forestry.bring()
    assert answer.status == 201, answer.data
    assert answer.data == {"digest": digest_of_bytes(pdf()), "name": "扫描件.pdf", "media_type": "application/pdf", "size": len(pdf())}
    response = get(forestry, answer.data["digest"])
    assert (response.status_code, response.content) == (200, pdf())
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_who_may_see_the_case_may_read_its_scan_and_nobody_else(world, journey, caller):
    case = journey(townships=("naji", "liuhe")).up_to("consulting")
    forestry, naji, liuhe = caller("forestry"), caller("naji"), caller("liuhe")
    digest = forestry.bring().data["digest"]
    for role in ("naji", "outsider", "lead"):
        assert get(caller(role), digest).status_code == 404, "nothing refers to it yet"
    opinions = forestry.get(f"/cases/{case.number}").data["sections"]["opinions"]["townships"]
    expected = next(t["expected"] for t in opinions if t["unit"]["key"] == "150721.naji")
    paper = {
        "answer": "agree",
        "entered_for": "那吉镇",
        "document_number": "那政函〔2026〕1号",
        "signed_on": world.today.isoformat(),
        "scan": digest,
    }
    assert forestry.act("consultation.reply", case.number, paper, expected=expected).status == 200
    for role in ("forestry", "lead", "naji", "city"):
        assert get(caller(role), digest).content == pdf(), role
    for role in ("outsider", "audit_admin", "system_admin", "finance"):
        response = get(caller(role), digest)
        assert response.status_code == 404, role
        assert response["Content-Type"] == "application/problem+json"
    assert naji and liuhe


def test_a_scan_that_is_not_there_or_not_hers_is_malformed(world, journey, caller):
    case = journey(townships=("naji",)).up_to("consulting")
    other = caller("outsider").bring(png(), "x.png").data["digest"]
    paper = {"answer": "agree", "entered_for": "naji", "document_number": "那政函〔2026〕1号", "signed_on": world.today.isoformat()}
    for scan in ("0" * 64, other):
        answer = caller("forestry").act("consultation.reply", case.number, {**paper, "scan": scan}, expected={"revision": 2, "reply": 1})
        is_problem(answer, 422)
        assert answer.data["fields"][0]["path"] == "scan"


def test_what_is_not_taken_in_says_why(world, caller):
    lead = caller("lead")
    for data, status, words in (
        (b"MZ program", 415, "不是 PDF"),
        (b"", 422, ""),
        (office("docx", {"word/vbaProject.bin": b"x"}), 422, "宏"),
        (pdf(b"<< /S /JavaScript >>"), 422, "脚本"),
        (pdf(b"x" * (21 * 1024 * 1024)), 413, ""),
    ):
        answer = lead.bring(data)
        is_problem(answer, status)
        assert words in answer.data["detail"]
    lead.language = "en"
    assert not StoredFile.objects.exists()


def test_other_forms_of_upload_are_refused_before_they_are_read(world, caller):
    lead = caller("lead")
    is_problem(lead.send("POST", "/files", pdf(), content_type="application/pdf"), 415, "unsupported_media_type")
    is_problem(lead.send("POST", "/files", b"nonsense", content_type="multipart/form-data; boundary=x"), 422)
    is_problem(lead.send("POST", "/files", b"nonsense", content_type="multipart/form-data"), 422)
    is_problem(caller("audit_admin").bring(), 403, "file_bringers")
    is_problem(caller("").send("POST", "/files", b""), 401)


def test_a_damaged_file_is_not_handed_out(world, caller, monkeypatch):
    lead = caller("lead")
    digest = lead.bring().data["digest"]
    path_of(digest).write_bytes(b"other")
    said = Mock()
    monkeypatch.setattr("dutygate.base.documents.storage._log", said)
    response = get(lead, digest)
    assert response.status_code == 500
    assert response.json()["code"] == "file_damaged"
    assert digest in said.error.call_args.args
