"""`dutygate law screen` (Articles 1 and 7): a file of matters before the gate; exit status 0 only when every row could be judged."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dutygate.config.cli import main

pytestmark = pytest.mark.law_only
# Invented, in the words that such titles have.
ROWS = (
    ("县农业局", "农药经营许可", "1", "行政许可", "licence"),
    ("县卫健委", "护士执业注册", "1", "行政许可", "licence"),
    ("县林草局", "运输陆生野生动物的申请", "1", "行政许可", "licence"),
    ("县民政局", "老年人优待证代收", "20", "公共服务", "public_service"),
    ("县人社局", "灵活就业政策咨询", "20", "公共服务", "public_service"),
    ("县应急局", "洪涝灾害险情处置", "10", "其他行政权力", "other_power"),
)


def _csv(rows: object = ROWS) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([("office", "item", "code", "label", "class"), *rows])  # type: ignore[misc]
    return out.getvalue()


def _screen(path: Path, *more: str, text: str = "item", of: str = "label") -> int:
    return main(["law", "screen", str(path), "--text", text, "--class", of, *more])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "matters.csv"
    path.write_text(_csv(), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("label", ("行政许可", "公共服务", "其他行政权力")),
        ("code", ("1", "20", "10")),
        ("class", ("licence", "public_service", "other_power")),
    ],
)
def test_json_holds_the_two_counts_by_class(
    file: Path, capsys: pytest.CaptureFixture[str], column: str, names: tuple[str, str, str]
) -> None:
    assert _screen(file, "--format", "json", of=column) == 0
    said = capsys.readouterr()
    licence, service, other = names
    assert json.loads(said.out) == {
        "declared": {
            licence: {"rows": 3, "stopped": 3},
            service: {"rows": 2, "stopped": 0},
            other: {"rows": 1, "stopped": 0},
        },
        "wording": {
            licence: {"rows": 3, "flagged": 2},
            service: {"rows": 2, "flagged": 0},
            other: {"rows": 1, "flagged": 1},
        },
    }
    assert said.err == ""


def test_the_table_says_how_a_class_was_read_and_what_was_hinted_at(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _screen(file, of="code") == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[1:] == ["1 licence 3 3 2 licence 2", "20 public_service 2 0 0 -", "10 other_power 1 0 1 emergency 1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_both_encodings_of_chinese_offices_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str) -> None:
    path = tmp_path / "matters.csv"
    path.write_bytes(("item,label\r\n" + "\r\n".join(f"{row[1]},{row[3]}" for row in ROWS)).encode(encoding))
    assert _screen(path, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["declared"]["行政许可"] == {"rows": 3, "stopped": 3}


def test_a_file_in_no_known_encoding_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "matters.csv"
    path.write_bytes(b"item,label\n\xff\xff\xff,\x80\n")
    assert _screen(path) == 1
    assert "is neither UTF-8 nor GB 18030 text" in capsys.readouterr().err


def test_a_missing_column_is_named_with_those_there_are(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _screen(file, text="title") == 1
    assert "has no column 'title'; it has office, item, code, label, class" in capsys.readouterr().err
    assert _screen(file, of="kind") == 1
    assert "has no column 'kind'" in capsys.readouterr().err


@pytest.mark.parametrize(("content", "said"), [("", "has no header row"), ("item,label\n", "has no rows")])
def test_an_empty_file_is_not_well(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str) -> None:
    path = tmp_path / "matters.csv"
    path.write_text(content, encoding="utf-8")
    assert _screen(path) == 1
    assert said.removeprefix("has ") in capsys.readouterr().err


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _screen(tmp_path / "none.csv") == 1
    assert "No such file" in capsys.readouterr().err


def test_an_unknown_class_is_counted_under_its_own_name_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "matters.csv"
    path.write_text(
        _csv([*ROWS, ("县城管局", "小餐饮许可证核发", "", "审批事项", ""), ("县城管局", "公厕保洁", "", "审批事项", "")]), "utf-8"
    )
    assert _screen(path, "--format", "json") == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["declared"]["审批事项"] == {"rows": 2, "stopped": 0}
    assert json.loads(said.out)["wording"]["审批事项"] == {"rows": 2, "flagged": 1}
    assert "class '审批事项' is none of ours, and no national item type: its 2 row(s) are counted, not judged" in said.err


def test_rows_that_cannot_be_read_are_told_by_line_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "matters.csv"
    path.write_text("item,label\n农药经营许可,行政许可\n只有一格\n,行政许可\n\n公厕保洁,公共服务\n", encoding="utf-8")
    assert _screen(path, "--format", "json") == 1
    said = capsys.readouterr()
    assert {name: found["rows"] for name, found in json.loads(said.out)["declared"].items()} == {"行政许可": 1, "公共服务": 1}
    assert "line 3: has 1 cells where the header has 2; left out" in said.err
    assert "line 4: column 'item' is empty; left out" in said.err


def test_an_unclosed_quotation_mark_is_told_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "matters.csv"
    path.write_text('item,label\n"农药经营许可,行政许可\n', encoding="utf-8")
    assert _screen(path) == 1
    assert "cannot be read as CSV" in capsys.readouterr().err


def test_an_edition_without_exclusions_is_no_gate(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _screen(file, "--edition", "arun_2023_18") == 1
    assert "there is arun_2024_15" in capsys.readouterr().err


def test_held_out_counts_the_odd_half_alone_and_gives_the_rates(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hashlib import sha256

    odd = [row for row in ROWS if sha256(row[1].encode()).digest()[0] % 2]
    licences = [row[1] for row in odd if row[3] == "行政许可"]
    assert 0 < len(odd) < len(ROWS) and licences, "the invented rows must fall on both sides"
    assert _screen(file, "--held-out", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert sum(found["rows"] for found in said["declared"].values()) == len(odd)
    assert said["held_out"]["licences_flagged"]["rows"] == len(licences)
    assert said["held_out"]["licences_flagged"]["flagged"] == len([name for name in licences if "申请" not in name])
    assert said["held_out"]["public_services_flagged"] in ({"rows": n, "flagged": 0, "percent": 0.0} for n in (1, 2))
    assert _screen(file, "--held-out") == 0
    printed = capsys.readouterr().out
    assert f"held-out half: {len(odd)} of {len(ROWS)} rows" in printed and "public services that any wording hints at" in printed
