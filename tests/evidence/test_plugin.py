"""Tests are counted for a rule or an action because it happened in them (the row "all" of what the regulation asks)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dutygate.law.rules import RULES
from tests.evidence.seen import Seen, load, merge
from tests.evidence.write import evidence, exists, function_of, unexercised

pytestmark = pytest.mark.law_only

ROOT = Path(__file__).parents[2]
SAMPLE = """
from datetime import date
import pytest
from dutygate.law.procedure.engine import decide
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.facts import Acting, Facts, Head

EDITION = package_editions()["arun_2024_15"]
DAY = date(2024, 7, 1)

def open_case(relations, **head):
    acting = Acting("ann", "bureau", frozenset(relations))
    return decide(EDITION, "case.open", "none", acting, Facts(EDITION, acting, DAY, Head("none", **head)), DAY)

@pytest.fixture
def opened():
    return open_case(["department"])

def test_permitted(opened):
    open_case(["department"])

def test_refused():
    open_case(["department"], handles_emergency=True)

def test_names_case_open_only(opened):
    assert opened

@pytest.mark.parametrize("n", [1, 2])
def test_fails(n):
    open_case([])
    assert n == 1
"""


@pytest.mark.parametrize("workers", ["0", pytest.param("2", marks=pytest.mark.long)])
def test_only_what_happens_in_a_passing_test_is_seen(tmp_path: Path, workers: str) -> None:
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    merge(tmp_path / "build" / "law-evidence.json", {"test_sample.py::test_refused": Seen({"old"}), "other.py::test": Seen({"kept"})})
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.evidence.plugin", "-p", "xdist", "-n", workers, str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "1 failed, 4 passed" in ran.stdout, ran.stdout + ran.stderr
    seen = {test: what.as_plain() for test, what in load(tmp_path / "build" / "law-evidence.json").items()}
    nothing: dict[str, list[str]] = {"rules": [], "permitted": [], "refused": []}
    assert seen == {
        "other.py::test": nothing | {"rules": ["kept"]},
        "test_sample.py::test_fails[1]": nothing | {"refused": ["case.open"]},
        "test_sample.py::test_permitted": nothing | {"permitted": ["case.open"]},
        "test_sample.py::test_refused": nothing | {"rules": ["not_emergency_handling"], "refused": ["case.open"]},
    }


HERE = "tests/evidence/test_plugin.py"


def test_the_narrowest_tests_stand_first_and_five_are_kept() -> None:
    rule, *others = RULES
    seen = {
        f"{HERE}::test_an_id_is_there_or_not": Seen({rule, *others[:3]}),
        f"{HERE}::test_only_what_happens_in_a_passing_test_is_seen[0]": Seen({rule, *others[:9]}),
        f"{HERE}::test_only_what_happens_in_a_passing_test_is_seen[2]": Seen({rule}),
        f"{HERE}::test_gone": Seen({rule}),
    }
    assert evidence(seen)["rules"][rule] == [
        f"{HERE}::test_only_what_happens_in_a_passing_test_is_seen",
        f"{HERE}::test_an_id_is_there_or_not",
    ]


def test_a_test_in_which_everything_happens_shows_nothing() -> None:
    found = evidence({f"{HERE}::test_an_id_is_there_or_not": Seen(set(RULES), {"case.open"})})
    assert found == {"rules": {}, "actions": {}}
    assert "case.open" in unexercised(found)
    assert set(RULES) < set(unexercised(found))


def test_an_id_is_there_or_not() -> None:
    assert exists(f"{HERE}::test_an_id_is_there_or_not")
    assert not exists(f"{HERE}::TestNone::test_an_id_is_there_or_not")
    assert not exists("tests/evidence/gone.py::test_x")
    assert function_of("a.py::test_x[b::c]") == "a.py::test_x"


def test_the_file_is_plain_json(tmp_path: Path) -> None:
    merge(tmp_path / "seen.json", {"b": Seen({"r"}), "a": Seen(set(), {"p"})})
    assert list(json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))) == ["a", "b"]
