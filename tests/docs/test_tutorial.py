"""The tutorial walks the road of Article 4 with actions and payloads that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dutygate.base.catalogue.registry import action_named
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "first-admission-by-api.md"
TEXT = PAGE.read_text(encoding="utf-8")
POINTS = re.search(r"POINTS='(.*?)'", TEXT, re.DOTALL)


def _steps() -> list[tuple[str, str]]:
    """(action, payload as JSON text) of every call, in order."""
    assert POINTS
    opened = re.search(r'"payload": (\{.*?\n  \})\n\}', TEXT, re.DOTALL)
    assert opened
    single = re.findall(r"""act "\$\w+" ([\w.]+) (?:'([^']*)'|"((?:[^"\\]|\\.)*)")""", TEXT)
    bodies = [(name, plain or escaped.replace('\\"', '"').replace("$POINTS", POINTS[1])) for name, plain, escaped in single]
    return [("case.open", opened[1]), *bodies]


STEPS = _steps()


@pytest.mark.parametrize(("name", "payload"), STEPS, ids=[f"{n}-{name}" for n, (name, _) in enumerate(STEPS)])
def test_every_step_is_an_action_with_a_payload_that_it_takes(name: str, payload: str) -> None:
    action_named(name).Payload.model_validate(json.loads(payload))


def test_the_walk_takes_every_step_from_opening_to_the_receipts() -> None:
    done = [name for name, _ in STEPS]
    for name in ("application.edit", "consultation.reply", "application.submit", "review.assess", "decision.record", "notice.issue"):
        assert name in done
    assert done[0] == "case.open" and done[-1] == "notice.acknowledge"
    assert set(done) <= set(procedure_of(package_editions()["arun_2024_15"]).rows)
