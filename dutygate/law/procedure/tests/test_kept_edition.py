"""11: an edition that was kept as it stood when cases were opened under it still loads, with the same digest, and decides as it did.

The file holds the canonical bytes of 阿党办发〔2024〕15号 as they were before exits and adjustments were part of it: admissions alone.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dutygate.law.procedure.engine import Permit, decide
from dutygate.law.procedure.model import ON, facts_for
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.good import good_for
from dutygate.law.procedure.tests.matrix import answer, cells
from dutygate.law.procedure.tests.sentences import disagrees, read
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules.facts import Acting

pytestmark = pytest.mark.law_only
DIGEST = "3c195947ab4c3bdd92d778d934a7ebe272704b383594a4e7e71f5f8a4c7eefd2"
BYTES = gzip.decompress((Path(__file__).parent / "kept" / "arun_2024_15-3c195947.json.gz").read_bytes())
KEPT = Edition.from_canonical(BYTES)
NOW = package_editions()["arun_2024_15"]
# What only the present edition knows: exits and adjustments, and whom it lets open them; a written round instead of a meeting.
SINCE = ("卷别", "乡镇申请", "理由类别", "书面审议过")


def test_it_loads_with_the_digest_it_had() -> None:
    assert KEPT.digest == DIGEST != NOW.digest
    assert KEPT.canonical() == BYTES
    assert not KEPT.exit_items and not KEPT.change_reasons and not procedure_of(KEPT).kinds
    assert KEPT.items_of("exit") == KEPT.items


def test_every_sentence_on_admissions_holds_of_it_as_of_the_present_one() -> None:
    old = [s for s in read() if s.action in procedure_of(KEPT).names() and not set(SINCE) & {*s.situation, *s.given}]
    assert len(old) > 300
    assert [said for s in old if (said := disagrees(s, KEPT))] == []


def test_every_cell_of_the_matrix_is_decided_as_before() -> None:
    """But for who opens what is new, and for the role that is."""
    procedure = procedure_of(KEPT)
    known = {*procedure.roles, "department_outsider", "township_outsider", "oversight"}
    wrong = []
    for cell in cells():
        office = cell.action in procedure.offices
        if cell.action not in procedure.names() or cell.role not in known or (office and cell.state != "none"):
            continue
        allowed = cell.allowed and (cell.action != "case.open" or cell.role == "department_outsider")
        if (answer(KEPT, cell) == "permit") != allowed:
            wrong.append(str(cell))
    assert wrong == []


def test_a_township_opens_nothing_under_it() -> None:
    acting = Acting("A", "A", frozenset({"township"}))
    found = decide(KEPT, "case.open", "none", acting, facts_for(KEPT, good_for(KEPT, "case.open", "none"), acting, {"kind": "exit"}), ON)
    assert not isinstance(found, Permit) and found.kind == "role"
