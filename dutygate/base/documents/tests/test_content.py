"""ARCHITECTURE, files: checked by content, not by name; what could act by itself is not taken in."""

import zlib

import pytest

from dutygate.base.documents.content import media_type_of
from dutygate.base.documents.office import OfficeKind
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.documents.tests.samples import RELS, TYPES, jpeg, links, object_stream, office, pdf, png

pytestmark = pytest.mark.law_only
EMBEDDED = "word/embeddings/Workbook1.xlsx"


def template(target: str) -> dict[str, bytes]:
    link = f'<Relationship Id="r1" Type="{RELS}/attachedTemplate" Target="{target}" TargetMode="External"/>'
    return {"word/_rels/settings.xml.rels": links(link)}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pdf(), "application/pdf"),
        (pdf(object_stream(b"1 0 << /Type /Font >>")), "application/pdf"),
        (pdf(b"4 0 obj << /Length 9 >>\nstream\n\x00/JS /XFA\x01\nendstream\nendobj\n"), "application/pdf"),
        (png(), "image/png"),
        (jpeg(), "image/jpeg"),
        (jpeg() + b"\x00\x00", "image/jpeg"),
        (office("docx"), OfficeKind.DOCX.value),
        (office("xlsx"), OfficeKind.XLSX.value),
        (office("docx", {EMBEDDED: office("xlsx")}), OfficeKind.DOCX.value),
        (office("docx", template("file:///C:\\Templates\\Normal.dotx")), OfficeKind.DOCX.value),
    ],
)
def test_taken_in_as_what_it_is(data, media_type):
    assert media_type_of(data) == media_type


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00", "type_not_accepted"),
        (b"<html><script>1</script></html>", "type_not_accepted"),
        (b"#!/bin/sh\n", "type_not_accepted"),
        (b"GIF89a", "type_not_accepted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "type_not_accepted"),  # doc, xls: macros cannot be told apart
        # PDF
        (b"%PDF-1.7\n", "damaged"),
        (b"junk" + pdf(), "type_not_accepted"),
        (pdf(b"<< /S /JavaScript /JS (app.alert) >>"), "active_content"),
        (pdf(b"<< /S /Java#53cript >>"), "active_content"),
        (pdf(b"<< /JS 5 0 R >>"), "active_content"),
        (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "active_content"),
        (pdf(b"<< /Type /EmbeddedFile >>"), "active_content"),
        (pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> >>"), "active_content"),
        (pdf(object_stream(b"1 0 << /S /JavaScript >>")), "active_content"),
        (pdf(b"(stream\n" + object_stream(b"1 0 << /JS 9 0 R >>")), "active_content"),
        (pdf(object_stream(b"x", b"/Filter /LZWDecode ")), "damaged"),
        (pdf(b"<< /Type /Obj#53tm >>"), "damaged"),
        (pdf(b"3 0 obj\n<< /Type /ObjStm /Filter /FlateDecode %" + b"x" * 4000 + b"\n>>\nstream\nx\nendstream\n"), "damaged"),
        (pdf(object_stream(b"\x00" * (17 * 1024 * 1024))), "unpacks_too_large"),
        (pdf(trailer=b"/Encrypt 8 0 R "), "encrypted"),
        # pictures
        (png()[:-4], "damaged"),
        (png() + b"<script>", "damaged"),
        (png(0, 2), "damaged"),
        (png(30_000, 30_000), "picture_too_large"),
        (jpeg()[:-2], "damaged"),
        (jpeg(0, 8), "damaged"),
        (jpeg(65_000, 65_000), "picture_too_large"),
        (b"\xff\xd8\xff\xe0\x00\x10" + b"\xff\xd9", "damaged"),
        # Word and Excel
        (office("docx")[:-30], "damaged"),
        (office("docx", {"word/vbaProject.bin": b"x"}), "active_content"),
        (office("docx", main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "active_content"),
        (office("docx", {"word/activeX/activeX1.xml": b"<x/>"}), "active_content"),
        (office("docx", {"word/media/run.EXE": b"MZ"}), "active_content"),
        (office("docx", {"word/embeddings/oleObject1.bin": b"x"}), "active_content"),
        (office("docx", {EMBEDDED: office("xlsx", {"xl/vbaProject.bin": b"x"})}), "active_content"),
        (office("docx", {EMBEDDED: office("xlsx", {"xl/embeddings/a.xlsx": office("xlsx")})}), "active_content"),
        (office("docx", template("http://example.org/t.dotm")), "active_content"),
        (office("docx", template("\\\\server\\t.dotm")), "active_content"),
        (office("docx", template("//server/t.dotm")), "active_content"),
        (office("docx", {"../evil.xml": b"x"}), "damaged"),
        (office("docx", {"WORD/document.xml": b"x"}), "damaged"),
        (office("docx", {"_rels/.rels": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged"),
        (office("docx", {"word/big.xml": b"\x00" * (40 * 1024 * 1024)}), "unpacks_too_large"),
        (office("docx", {f"word/{n}.xml": b"" for n in range(3001)}), "unpacks_too_large"),
        (office("docx", main_type=TYPES + "presentationml.presentation.main+xml"), "type_not_accepted"),
        (office("docx", {"[Content_Types].xml": b"<Types"}), "damaged"),
    ],
)
def test_not_taken_in(data, reason):
    with pytest.raises(FileNotAccepted) as refused:
        media_type_of(data)
    assert refused.value.reason == reason


def test_a_size_that_lies_is_not_believed():
    """The central directory says 10 bytes; the packed data holds more."""
    data = bytearray(office("docx", {"word/_rels/a.rels": b" " * (6 * 1024 * 1024)}))
    with pytest.raises(FileNotAccepted):
        media_type_of(bytes(data))


@pytest.mark.parametrize("seed", range(60))
def test_spoiled_bytes_never_end_in_another_error(seed):
    for whole in (pdf(object_stream(b"1 0 << >>")), png(), jpeg(), office("docx"), office("xlsx")):
        spoiled = bytearray(whole)
        for step in range(1, 12):
            place = zlib.crc32(bytes([seed, step])) % len(spoiled)
            spoiled[place] = (spoiled[place] + seed + step) % 256
        try:
            media_type_of(bytes(spoiled))
        except FileNotAccepted as refused:
            assert refused.reason
