"""Word and Excel (docx, xlsx): a sound zip archive of the right content types, without macros, programs or remote templates."""

from __future__ import annotations

import enum
import io
import re
import zipfile
import zlib
from typing import Any, Final
from xml.parsers import expat

from dutygate.base.documents.refusal import FileNotAccepted

MOST_ENTRIES: Final = 3000
LARGEST_TOGETHER: Final = 200 * 1024 * 1024
LARGEST_RATIO: Final = 200
RATIO_FROM: Final = 1024 * 1024
LARGEST_PART_READ: Final = 4 * 1024 * 1024
_MAIN: Final = "application/vnd.openxmlformats-officedocument."
_PROGRAMS: Final = re.compile(
    r"\.(?:exe|dll|com|scr|bat|cmd|msi|jar|js|jse|vbs|vbe|wsf|hta|ps1|sh|lnk|reg|cpl|docm|dotm|xlsm|xltm|xlam|xlsb)$", re.IGNORECASE
)
_ACTIVE_PART: Final = re.compile(r"(?:vbaproject|vbadata|activex|oleobject|attachedtoolbars|macrosheets|customui)", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"/embeddings/", re.IGNORECASE)
_HERE: Final = re.compile(r"(?:file:///)?[A-Za-z]:[\\/]|(?![\\/]{2})[^:]*$")


class OfficeKind(enum.Enum):
    """The two kinds taken in, by media type."""

    DOCX = _MAIN + "wordprocessingml.document"
    XLSX = _MAIN + "spreadsheetml.sheet"


_MAIN_PARTS: Final = {
    OfficeKind.DOCX: (_MAIN + "wordprocessingml.document.main+xml", "word/document.xml"),
    OfficeKind.XLSX: (_MAIN + "spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
}


def check_office(data: bytes, depth: int = 0) -> OfficeKind:
    """Which of the two it is. Raises FileNotAccepted. A workbook inside a document (behind a chart) is checked in the same way."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check_archive(archive, depth)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, OverflowError):
        raise FileNotAccepted("damaged") from None


def _check_archive(archive: zipfile.ZipFile, depth: int) -> OfficeKind:
    entries = archive.infolist()
    _check_entries(entries)
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        raise FileNotAccepted("type_not_accepted")
    kind = _kind(_types(archive), names)
    for entry in entries:
        if entry.filename.lower().endswith(".rels"):
            _check_links(_part(archive, entry.filename))
        if _EMBEDDED.search("/" + entry.filename) and not entry.is_dir():
            if depth:
                raise FileNotAccepted("active_content", "files within files")
            check_office(_part(archive, entry.filename, LARGEST_TOGETHER), depth + 1)
    return kind


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_TOGETHER:
        raise FileNotAccepted("unpacks_too_large")
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise FileNotAccepted("damaged", "a part stands twice")
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 0x1:
            raise FileNotAccepted("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileNotAccepted("damaged", "packed in an unusual way")
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            raise FileNotAccepted("damaged", "a part with an unusual path")
        if entry.file_size > RATIO_FROM and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
            raise FileNotAccepted("unpacks_too_large")
        if _ACTIVE_PART.search(name) or _PROGRAMS.search(name):
            raise FileNotAccepted("active_content")


def _types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part name (or ".extension") to content type."""
    found: dict[str, str] = {}

    def element(name: str, attributes: dict[str, str]) -> None:
        content_type = attributes.get("ContentType", "")
        if name.endswith("Override"):
            found[attributes.get("PartName", "").removeprefix("/")] = content_type
        elif name.endswith("Default"):
            found["." + attributes.get("Extension", "").lower()] = content_type

    _read_xml(_part(archive, "[Content_Types].xml"), element)
    return found


def _kind(types: dict[str, str], names: set[str]) -> OfficeKind:
    if any("macroenabled" in t.lower() or "vbaproject" in t.lower() or "activex" in t.lower() for t in types.values()):
        raise FileNotAccepted("active_content")
    for kind, (main, part) in _MAIN_PARTS.items():
        if part in names and (types.get(part) or types.get(".xml")) == main:
            return kind
    raise FileNotAccepted("type_not_accepted")


def _check_links(xml: bytes) -> None:
    def element(name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "")
        outside = attributes.get("TargetMode", "").lower() == "external"
        # A link that a person clicks may lead anywhere; what the program fetches by itself comes from this machine or not at all.
        if outside and not kind.endswith("/hyperlink") and not _HERE.match(attributes.get("Target", "")):
            raise FileNotAccepted("active_content", "it would fetch something from elsewhere")
        if kind.endswith(("/vbaProject", "/oleObject", "/control")):
            raise FileNotAccepted("active_content")

    _read_xml(xml, element)


def _part(archive: zipfile.ZipFile, name: str, largest: int = LARGEST_PART_READ) -> bytes:
    with archive.open(name) as part:
        data = part.read(largest + 1)
    if len(data) > largest:
        raise FileNotAccepted("unpacks_too_large")
    return data


def _read_xml(xml: bytes, element: Any) -> None:
    """Walk the start tags. A document type, and with it any entity, is refused before it is read."""

    def doctype(*_: Any) -> None:
        raise FileNotAccepted("damaged", "a document type in a part")

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise FileNotAccepted("damaged") from None
