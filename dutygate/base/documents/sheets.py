"""表格: rows and cells of a spreadsheet or of text with separators, by what the bytes are; nothing in it is run or fetched.

What a person would see in a cell is what is read: a formula is its last value, a date is 2025-06-30, a whole number has no ".0".
A sheet that claims a cell at its far corner would make a reader set aside room for everything between, so the places of all
cells are looked at before any reader opens it.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from dutygate.base.documents.guarding import unguarded
from dutygate.base.documents.office import OfficeKind, check_office
from dutygate.base.documents.refusal import FileNotAccepted

CSV: Final = "text/csv"
XLSX: Final = OfficeKind.XLSX.value
MOST_ROWS: Final = 150_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 6_000_000
LONGEST_CELL: Final = 32_767
"""What a spreadsheet itself holds in one cell."""
_SEPARATORS: Final = ",\t;，"
_EXCEL_ERRORS: Final = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!"})
_ODD: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ue000-\uf8ff\ufeff\ufff0-\uffff]|[^\u0000-\uffff]"
)
"""What may have no place in a cell: looked at more closely, the rest is not."""
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, and its rows as text, each with its number as a person counts it (from 1). Empty rows are left out."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str = ""


def table_type_of(data: bytes) -> str:
    """``XLSX`` or ``CSV``, by the bytes. Raises FileNotAccepted for anything else, also for what is only called so."""
    if not data.strip():
        raise FileNotAccepted("empty")
    if data.startswith(b"PK\x03\x04"):
        if check_office(data) is not OfficeKind.XLSX:
            raise FileNotAccepted("type_not_accepted")
        _check_places(data)
        return XLSX
    if data.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK")):
        raise FileNotAccepted("type_not_accepted")
    decoded(data)
    return CSV


def sheets_of(data: bytes) -> list[Sheet]:
    """The sheets that hold something. Raises FileNotAccepted."""
    if table_type_of(data) == CSV:
        text, encoding = decoded(data)
        return [Sheet("", tuple(_separated(text)), encoding)]
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            found = [Sheet(name, tuple(_cells(book.get_sheet_by_name(name)))) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError):
        raise FileNotAccepted("damaged") from None
    sheets = [sheet for sheet in found if sheet.rows]
    if not sheets:
        raise FileNotAccepted("empty")
    return sheets


def is_error(cell: str) -> bool:
    """Whether a cell holds a spreadsheet's own error instead of a value."""
    return cell in _EXCEL_ERRORS


def decoded(data: bytes) -> tuple[str, str]:
    """Text and encoding: by its mark, else UTF-8, else GB18030 (what Excel in Chinese writes). Raises FileNotAccepted."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads(text):
            return text, encoding
    raise FileNotAccepted("type_not_accepted", "neither UTF-8 nor GB18030 text")


def _reads(text: str) -> bool:
    """Text, and not bytes that happen to decode: no control characters, few that stand for nothing."""
    head = text[:200_000]
    if "\x00" in text:
        return False
    odd = sum(1 for c in head if unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") and c not in "\r\n\t\f")
    return odd * 200 <= len(head)


def _separated(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL * 4))
    head = "\n".join(text.splitlines()[:20])
    separator = max(_SEPARATORS, key=head.count)
    kept = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            cells = tuple(_unmarked(_tidy(cell)) for cell in row)
            if not any(cells):
                continue
            kept += 1
            _bound(kept, len(cells))
            yield number, cells
    except csv.Error as error:
        raise FileNotAccepted("damaged", str(error)) from None


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The reader counts rows from the sheet's first one, but begins at the first column that holds something: that is put back."""
    left, kept = ("",) * (sheet.start[1] if sheet.start else 0), 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = (*left, *(_tidy(_shown(value)) for value in row))
        if any(cells):
            kept += 1
            _bound(kept, len(cells))
            yield number, cells


def _bound(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise FileNotAccepted("unpacks_too_large", f"more than {MOST_ROWS} rows or {MOST_COLUMNS} columns")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _tidy(cell: str) -> str:
    """NFC, no control or direction marks, no blanks around; lines stay lines."""
    text = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
    if _ODD.search(text):
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        text = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return text.strip()


def _unmarked(cell: str) -> str:
    """Without the mark that made text of it (``guarding``)."""
    plain = unguarded(cell)
    return plain if plain is cell else plain.strip()


def _check_places(data: bytes) -> None:
    """No sheet reaches further than a list ever will. Raises FileNotAccepted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().startswith("xl/worksheets/") and entry.filename.lower().endswith(".xml"):
                    with archive.open(entry) as part:
                        _check_sheet(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError):
        raise FileNotAccepted("damaged") from None


def _check_sheet(part: Any) -> None:
    last_row = widest = 0

    def doctype(*_: Any) -> None:
        raise FileNotAccepted("damaged", "a document type in a part")

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal last_row, widest
        if name == "c" or name.endswith(":c"):
            place = attributes.get("r", "")
            letters = place.rstrip("0123456789")
            if len(letters) > 3 or not letters.isalpha():
                if place:
                    raise FileNotAccepted("damaged", "a cell in no place")
                return
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            widest = max(widest, column)
            digits = place[len(letters) :]
            last_row = max(last_row, int(digits) if digits.isdecimal() and len(digits) < 9 else MOST_CELLS)
            if last_row * widest > MOST_CELLS:
                raise FileNotAccepted("unpacks_too_large", "a sheet that reaches too far")

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    while chunk := part.read(1 << 20):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
