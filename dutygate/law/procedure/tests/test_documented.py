"""The documents for people say the same as the edition: states and items (Articles 4.1-4.4), seats (Article 3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dutygate
from dutygate.law.procedure.table import SAME, procedure_of
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

DOCS = Path(dutygate.__file__).parents[1] / "docs"
EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)


def _rows(page: str) -> list[list[str]]:
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def test_the_page_on_the_procedure_has_every_state_with_its_name_and_article() -> None:
    rows = {row[0].strip("`"): row for row in _rows("explanation/procedure.md") if row[0].startswith("`")}
    assert list(rows) == list(PROCEDURE.states)
    for name, state in PROCEDURE.states.items():
        assert rows[name][1:3] == [state.label.zh, state.cites], name


def test_the_page_on_the_procedure_leads_from_state_to_state_as_the_table_does() -> None:
    documented = {
        row[0].strip("`"): set(re.findall(r"`(\w+)`", row[4])) for row in _rows("explanation/procedure.md") if row[0].startswith("`")
    }
    found: dict[str, set[str]] = {name: set() for name in PROCEDURE.states}
    for rows in PROCEDURE.rows.values():
        for row in rows:
            if row.action in ("case.withdraw", "case.open", "record.confirm"):  # said in words, not in each line
                continue
            for source in row.sources & found.keys():
                found[source] |= {target for _question, target in row.to if target not in (SAME, source)}
    assert documented == found


def test_the_glossary_has_the_eleven_items_as_the_edition_has_them() -> None:
    items = [(item.label.zh, f"item `{item.id}`", item.judged_by_townships) for item in EDITION.items.values()]
    rows = [row for row in _rows("glossary.md") if row[2].startswith("item `")]
    assert [(row[0], row[2], row[3].startswith("judged by townships")) for row in rows] == items


def test_the_glossary_names_every_seat_point_and_class_of_unit() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    wanted = [*EDITION.seats, *EDITION.focus_points, *EDITION.tracks, "department", "township", "oversight"]
    assert [name for name in wanted if f"`{name}`" not in text] == []


def test_every_provision_the_glossary_cites_exists() -> None:
    cited = {cell for row in _rows("glossary.md") for cell in re.findall(r"\d+(?:\.\d)?", row[4])}
    assert cited
    assert cited <= EDITION.provisions.keys()
