"""Rules by sentences that a jurist writes (Articles 1-4.4, 5, 7, 11): each holds, and together they hold every guard of every row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.good import first_state
from dutygate.law.procedure.tests.sentences import Sentence, disagrees, judge, read
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules import RULES

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]
SENTENCES = read()


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s.id)
def test_the_sentence_holds(sentence: Sentence) -> None:
    assert disagrees(sentence, EDITION) is None
    assert sentence.provision in EDITION.provisions


def test_no_sentence_is_said_twice() -> None:
    assert [name for name, count in Counter(s.id for s in SENTENCES).items() if count > 1] == []


def _without(guard: str, index: int, section: str) -> Edition:
    rows = [dict(row) for row in EDITION.procedure[section]]
    rows[index]["guards"] = [g for g in rows[index]["guards"] if g != guard]
    return replace(EDITION, procedure={**EDITION.procedure, section: rows})


PAIRS = [
    (section, index, row["action"], guard)
    for section in ("actions", "offices")
    for index, row in enumerate(EDITION.procedure[section])
    for guard in row.get("guards", ())
]


@pytest.mark.parametrize(("section", "index", "action", "guard"), PAIRS, ids=lambda value: str(value))
def test_a_refusing_sentence_misses_the_guard(section: str, index: int, action: str, guard: str) -> None:
    weaker = _without(guard, index, section)
    missed = [s for s in SENTENCES if s.action == action and isinstance(s.result, list) and disagrees(s, weaker)]
    assert missed, f"no refusing sentence of {action} (row {index}) needs {guard} ({RULES[guard].cites})"


def test_every_row_is_permitted_by_a_sentence() -> None:
    procedure = procedure_of(EDITION)
    permitted = {(s.action, s.state or first_state(EDITION, s.action)) for s in SENTENCES if s.result == "准许"}
    rows = [row for rows in procedure.rows.values() for row in rows]
    bare = [(row.action, sorted(row.sources)) for row in rows if not any((row.action, state) in permitted for state in row.sources)]
    assert bare == []
    assert [name for name in procedure.offices if (name, "none") not in permitted] == []


def test_every_next_state_is_named_by_a_sentence() -> None:
    """Each target of each row: a permitting sentence leads there and says so."""
    procedure = procedure_of(EDITION)
    led = {(s.action, s.state if s.to == "不变" else s.to) for s in SENTENCES if s.result == "准许" and s.to}
    for rows in procedure.rows.values():
        for row in rows:
            for _, target in row.to:
                wanted = {(row.action, target)} if target != "same" else {(row.action, state) for state in row.sources}
                assert wanted & led, f"{row.action}: no sentence says that it leads to {target}"


def test_a_sentence_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(KeyError):
        judge(replace(SENTENCES[0], situation={"不认识": 1}), EDITION)
