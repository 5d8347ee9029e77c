"""告知 (Articles 4.1-4.4): whatever an action tells a unit has words, in both languages, with a name for each placeholder."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation import override

import dutygate
from dutygate.base.notices.telling import KINDS, sentence

pytestmark = pytest.mark.law_only
PACKAGE = Path(dutygate.__file__).parent
PLACE = re.compile(r"%\((\w+)\)s")
HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


@cache
def told() -> list[tuple[str, str, set[str]]]:
    """(file, kind, names of its parameters) of every ``context.tell`` in the code."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" in path.parts or "tell" not in (text := path.read_text(encoding="utf-8")):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tell" and node.args:
                kind = node.args[0]
                assert isinstance(kind, ast.Constant), f"{path}: a kind that is not written out has no words that a test could find"
                found.append((path.name, str(kind.value), {k.arg for k in node.keywords if k.arg}))
    return found


def test_every_kind_that_is_told_has_words_and_no_words_are_left_over() -> None:
    kinds = {kind for _, kind, _ in told()}
    assert len(kinds) > 20
    assert kinds == set(KINDS)


def test_every_placeholder_is_told_by_every_action_that_tells_it() -> None:
    missing = [(where, kind, PLACE.findall(KINDS[kind])) for where, kind, names in told() if not set(PLACE.findall(KINDS[kind])) <= names]
    assert not missing


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_both_languages(kind: str) -> None:
    names = {name: f"<{name}>" for name in PLACE.findall(KINDS[kind])}
    with override("zh-hans"):
        chinese = sentence(kind, names)
    with override("en"):
        english = sentence(kind, names)
    assert HAN.search(chinese) and not HAN.search(english)
    assert all(name in chinese and name in english for name in names.values())


def test_an_old_message_without_a_name_and_an_unknown_kind_break_nothing() -> None:
    with override("zh-hans"):
        assert sentence("decided", {}) == "—登记了决定：—"
        assert sentence("long_forgotten", {}) == "long_forgotten"
