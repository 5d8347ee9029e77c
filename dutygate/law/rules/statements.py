"""规则和分岔各一句话: what each rule asks for, and when each way at a fork is taken, in Chinese and in English.

The words stand in ``words/zh/statements.yaml`` and ``words/en/statements.yaml``; provisions, the diagram and the help show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from dutygate.law.regulation.reading import Plain, parse_yaml
from dutygate.law.rules.registry import RULES

_KINDS: Final = ("rules", "questions", "diagram")


@lru_cache(maxsize=2)
def statements(lang: str) -> Mapping[str, Mapping[str, str]]:
    """{rules: {name: sentence}, questions: {name: phrase}, diagram: {name: words}} of "zh" or "en". Raises EditionError if it is not."""
    where = f"words/{lang}/statements.yaml"
    text = (files("dutygate.law.rules") / "words" / lang / "statements.yaml").read_text(encoding="utf-8")
    plain = Plain(parse_yaml(text, where), where).only(*_KINDS)
    return {kind: {name: plain.get(kind).get(name).text() for name in plain.get(kind).value} for kind in _KINDS}


def statement(rule: str, lang: str) -> str:
    """What a rule asks for, in one sentence; its docstring if nobody has put it into words."""
    said = statements("en" if lang == "en" else "zh")["rules"].get(rule)
    return said or (RULES[rule].summary if rule in RULES else rule)


def question_in_words(question: str, lang: str, target: str = "") -> str:
    """When a way at a fork is taken; "" for no question. "In all other cases" may have words of its own for a target."""
    if not question:
        return ""
    said = statements("en" if lang == "en" else "zh")["questions"]
    return said.get(f"{question}_{target}", said.get(question, question))


def on_diagram(name: str, lang: str) -> str:
    """Words that stand on the diagram of the procedure, some with {} for a name."""
    return statements("en" if lang == "en" else "zh")["diagram"][name]
