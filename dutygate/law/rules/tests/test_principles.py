"""第二条: each rule says which of the five principles it serves, by the names that the edition gives them."""

from __future__ import annotations

import pytest

from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules import RULES

pytestmark = pytest.mark.law_only


def test_every_rule_serves_principles_that_the_edition_names() -> None:
    named = set(package_editions()["arun_2024_15"].principles)
    assert {name: set(rule.serves) - named for name, rule in RULES.items() if not rule.serves or set(rule.serves) - named} == {}


def test_every_principle_is_served() -> None:
    served = {principle for rule in RULES.values() for principle in rule.serves}
    assert served == set(package_editions()["arun_2024_15"].principles)
