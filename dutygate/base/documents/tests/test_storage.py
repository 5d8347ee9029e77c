"""ARCHITECTURE, files: kept by digest, read by who brought them or may read the case; bytes that changed are never handed out."""

import io
from datetime import UTC, datetime

import pytest

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotFound
from dutygate.base.documents import queries, storage
from dutygate.base.documents.models import StoredFile, Upload
from dutygate.base.documents.references import require_files
from dutygate.base.documents.refusal import FileDamaged, FileNotAccepted
from dutygate.base.documents.storage import clean_name, open_file, path_of, store
from dutygate.base.documents.tests.samples import pdf, png
from dutygate.law.regulation.canonical import digest_of_bytes

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def person(user: int, unit: int, kind: str = "handler") -> ActingPost:
    return ActingPost(user, user, unit, f"150721.u{unit}", "department", 2, "150721", kind)


CLERK, COLLEAGUE, OUTSIDER = person(1, 10), person(2, 10), person(3, 20)


@pytest.fixture(autouse=True)
def _here(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(queries, "_case_scope", [])  # cases are tests/trips' matter


def keep(viewer=CLERK, name="扫描件.PDF", data=None):
    return store(viewer, name, io.BytesIO(pdf() if data is None else data), NOW)


def test_a_file_is_found_again_by_its_digest():
    row = keep()
    assert row.digest == digest_of_bytes(pdf())
    assert path_of(row.digest).read_bytes() == pdf()
    assert path_of(row.digest).parent.name == row.digest[:2]
    opened = open_file(CLERK, row.digest)
    assert (opened.name, opened.media_type, opened.data) == ("扫描件.pdf", "application/pdf", pdf())
    assert not [p for p in path_of(row.digest).parent.iterdir() if p.name.startswith(".new")]


def test_the_same_bytes_from_two_people_are_one_file_that_both_may_read():
    first, second = keep(), keep(OUTSIDER, "另一个名字.pdf")
    assert first.digest == second.digest
    assert (StoredFile.objects.count(), Upload.objects.count()) == (1, 2)
    assert open_file(OUTSIDER, first.digest).data == pdf()
    keep()
    assert Upload.objects.count() == 2


def test_who_brought_it_and_her_office_may_read_it_and_nobody_else():
    digest = keep().digest
    assert open_file(COLLEAGUE, digest).data
    for outsider in (OUTSIDER, person(4, 10, "system_admin"), person(5, 10, "audit_admin")):
        with pytest.raises(NotFound):
            open_file(outsider, digest)
    for wrong in ("", "0" * 64, digest.upper(), digest + "\n", "../" + digest):
        with pytest.raises(NotFound):
            open_file(CLERK, wrong)


def test_administrators_bring_nothing():
    with pytest.raises(NotAllowed):
        keep(person(4, 10, "security_admin"))


def test_a_reference_needs_a_file_that_one_may_read():
    digest = keep().digest
    require_files(CLERK, [digest, ""])
    for viewer, wanted in ((OUTSIDER, digest), (CLERK, "0" * 64)):
        with pytest.raises(Malformed) as wrong:
            require_files(viewer, [wanted])
        assert wrong.value.fields[0][0] == "scan"


def test_changed_bytes_are_not_handed_out_and_can_be_brought_again(caplog):
    digest = keep().digest
    path_of(digest).write_bytes(pdf() + b"x")
    with pytest.raises(FileDamaged):
        open_file(CLERK, digest)
    assert digest in caplog.text
    path_of(digest).unlink()
    with pytest.raises(FileDamaged):
        open_file(CLERK, digest)
    keep()
    assert open_file(CLERK, digest).data == pdf()


def test_what_is_too_large_or_no_document_leaves_nothing_behind(monkeypatch, settings):
    monkeypatch.setattr(storage, "LARGEST", 100)
    with pytest.raises(FileNotAccepted) as refused:
        keep()
    assert (refused.value.reason, refused.value.status) == ("too_large", 413)
    with pytest.raises(FileNotAccepted) as refused:
        keep(data=b"MZ program")
    assert refused.value.status == 415
    assert not StoredFile.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("复函.pdf", "复函.pdf"),
        ("C:\\folder\\复函.PDF", "复函.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("第1.2稿", "第1.2稿.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("a\x00b\r\nc.png", "abc.pdf"),
        ('x"; filename="y.pdf', "x_; filename=_y.pdf"),
        ("", "file.pdf"),
        ("..", "file.pdf"),
        ("\ud800", "file.pdf"),
        ("字" * 300, "字" * 116 + ".pdf"),
    ],
)
def test_names_are_harmless(given, kept):
    assert clean_name(given, ".pdf") == kept


def test_a_picture_keeps_its_kind_whatever_it_is_called():
    assert keep(name="photo.pdf", data=png()).name == "photo.png"
