"""Tables in and out: what was written is read again, nothing in a cell is calculated, and no file makes a reader unpack the world."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutygate.base.documents import sheets, tables, typesetting
from dutygate.base.documents.guarding import guarded, unguarded
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.documents.sheets import sheets_of
from dutygate.base.documents.tables import Paper, Part, as_file

pytestmark = pytest.mark.law_only
CELLS = st.text(
    st.one_of(
        st.sampled_from("=+-@'\t|%＝事项清单，,;\"\n〔〕0123"),
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")),
    ),
    max_size=30,
).map(lambda cell: " ".join(cell.split(" ")).strip())
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12)
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def paper(rows: list[tuple[str, ...]]) -> Paper:
    columns = ("序号", "事项名称", "说明")
    return Paper(
        "那吉镇 乡镇职责事项清单", ("哪一天的清单：2026-01-01",), (Part("清单", columns, (1, 3, 3), tuple(rows)),), day=date(2026, 1, 1)
    )


def normal(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """As a reader gives cells: NFC, no blanks around; empty rows left out."""
    return [cells for row in rows if any(cells := tuple(sheets._tidy(cell) for cell in row))]


@settings(max_examples=20, deadline=None)
@given(ROWS)
def test_what_is_written_is_read_again(rows: list[tuple[str, ...]]) -> None:
    is_read_again(rows)


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_whatever_is_written_is_read_again(rows: list[tuple[str, ...]]) -> None:
    is_read_again(rows)


def is_read_again(rows: list[tuple[str, ...]]) -> None:
    rows = normal(rows)
    if not rows:
        return
    found = [cells for _, cells in sheets_of(as_file(paper(rows), "xlsx"))[0].rows][3:]
    width = max(len(cells) for cells in found) if found else 0
    assert [tuple(sheets._tidy(c) for c in (*cells, *[""] * (3 - width)))[:3] for cells in found] == [
        tuple(sheets._tidy(unguarded(guarded(c))) for c in row) for row in rows
    ]
    text = as_file(paper(rows), "csv")
    again = [tuple(row) for row in csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))][1:]
    assert [tuple(unguarded(cell) for cell in row) for row in again] == rows
    for row in again:
        assert not any(cell.startswith(LOOKS_LIKE_A_FORMULA) for cell in row), "whoever opens it calculates nothing"


@given(st.text(max_size=20))
def test_a_guarded_cell_is_itself_again(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(LOOKS_LIKE_A_FORMULA)


def test_a_formula_is_text_in_a_workbook() -> None:
    data = as_file(paper([("1", '=HYPERLINK("http://x","y")', "+1")]), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet.lower()


def test_a_word_table_repeats_its_heading_and_names_the_offices_typefaces() -> None:
    document = docx.Document(io.BytesIO(as_file(paper([("1", "防火宣传", "")]), "docx")))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["1", "防火宣传", ""]
    xml = document.element.xml
    assert "w:tblHeader" in xml and "仿宋_GB2312" in xml and "方正小标宋简体" in xml


def test_a_pdf_holds_words_as_words_and_says_which_typefaces_stand_for_which() -> None:
    if not set(tables.SERIF) & typesetting.families():
        with pytest.raises(tables.NoTypeface):
            as_file(paper([("1", "防火宣传", "")]), "pdf")
        pytest.skip("no Chinese typeface is installed")
    data = as_file(paper([(str(n), '#panic("x") *b* $a$ [y]', "\\ // 防火") for n in range(200)]), "pdf")
    assert data.startswith(b"%PDF-") and b"pdfaid" in data


def test_without_a_typeface_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "families", lambda *_needed: frozenset({"Libertinus Serif"}))
    with pytest.raises(tables.NoTypeface):
        as_file(paper([("1", "防火宣传", "")]), "pdf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_in_the_encodings_of_offices(encoding: str, separator: str) -> None:
    data = f"序号{separator}事项名称\n1{separator}森林草原防火宣传\n".encode(encoding)
    (sheet,) = sheets_of(data)
    assert [cells for _, cells in sheet.rows] == [("序号", "事项名称"), ("1", "森林草原防火宣传")]


def test_cells_are_what_a_person_sees(tmp_path: object) -> None:
    import xlsxwriter

    into = io.BytesIO()
    book = xlsxwriter.Workbook(into)
    sheet = book.add_worksheet("表")
    sheet.write(2, 1, 12.0)
    sheet.write(2, 2, 1.5)
    sheet.write_datetime(3, 1, date(2025, 7, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # type: ignore[arg-type]
    sheet.write_formula(3, 2, "=1+1", None, 2)
    sheet.write_boolean(4, 1, True)
    book.close()
    (found,) = sheets_of(into.getvalue())
    assert found.rows == ((3, ("", "12", "1.5")), (4, ("", "2025-07-01", "2")), (5, ("", "是", "")))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7", "type_not_accepted"),
        (b"\xd0\xcf\x11\xe0old excel", "type_not_accepted"),
        (b"\x00\x01\x02" * 50, "type_not_accepted"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_its_bytes(data: bytes, reason: str) -> None:
    with pytest.raises(FileNotAccepted) as refused:
        sheets_of(data)
    assert refused.value.reason == reason


def _changed(name: str, change: object) -> bytes:
    """A workbook one of whose parts was written anew."""
    into = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_file(paper([("1", "a", "b")]), "xlsx"))) as old,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry.filename)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)  # type: ignore[operator]
    return into.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data.replace(b'r="A1"', b'r="XFD1048576"', 1), "unpacks_too_large"),
        (lambda data: data.replace(b'r="A1"', b'r="A&#49;048576"', 1).replace(b'r="C4"', b'r="XFD4"', 1), "unpacks_too_large"),
        (lambda data: data + b" " * 250_000_000, "unpacks_too_large"),
        (lambda data: data.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaaaaaa">]><worksheet', 1), "damaged"),
        (lambda data: data[:-30], "damaged"),
    ],
)
def test_a_sheet_that_reaches_too_far_or_unpacks_too_large_is_refused(change: object, reason: str) -> None:
    with pytest.raises(FileNotAccepted) as refused:
        sheets_of(_changed(SHEET, change))
    assert refused.value.reason == reason


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 10)
    with pytest.raises(FileNotAccepted):
        sheets_of("\n".join(f"{n},x" for n in range(12)).encode())


def test_a_word_document_is_no_table() -> None:
    with pytest.raises(FileNotAccepted) as refused:
        sheets_of(as_file(paper([("1", "a", "b")]), "docx"))
    assert refused.value.reason == "type_not_accepted"
