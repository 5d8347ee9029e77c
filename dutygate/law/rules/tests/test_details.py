"""What a form says about one field is said in Chinese too: the words of actions, and those of the reader of forms."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

import dutygate
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.wording import catalogue, form_findings, render

pytestmark = pytest.mark.law_only

PACKAGE = Path(dutygate.__file__).parent
EDITION = package_editions()["arun_2024_15"]


def _said(node: ast.expr) -> str:
    """A literal message, with "x" where it is filled in; "" if only the run tells."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return ""


def _messages(tree: ast.Module) -> list[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    found = []
    for call in calls:
        if call.func.id == "Malformed" and len(call.args) == 1:  # a second argument is a code with its own words
            pairs = [node for node in ast.walk(call.args[0]) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
            found += [_said(pair.elts[1]) for pair in pairs]
    for node in ast.walk(tree):  # a validator of a payload
        if isinstance(node, ast.FunctionDef) and any("validator" in ast.dump(decorator) for decorator in node.decorator_list):
            raised = [inner.exc for inner in ast.walk(node) if isinstance(inner, ast.Raise) and isinstance(inner.exc, ast.Call)]
            found += [_said(call.args[0]) for call in raised if call.args]
    return [message for message in found if message and message != "x"]


def _in_source() -> list[str]:
    files = [path for floor in ("base", "features") for path in (PACKAGE / floor).rglob("*.py")]
    own = [path.read_text(encoding="utf-8") for path in files if not {"tests", "migrations"} & set(path.parts)]
    speaking = [text for text in own if "Malformed" in text or "validator" in text]
    return sorted({message for text in speaking for message in _messages(ast.parse(text))})


def test_every_message_of_an_action_has_chinese_words() -> None:
    messages = _in_source()
    assert len(messages) > 20
    assert [message for message in messages if catalogue("zh").detail(message) == message] == [], "add them to words/zh/details.yaml"


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=2, max_length=4)] = "abc"
    number: Annotated[int, Field(ge=1, le=9)] = 1
    choice: Literal["agree", "disagree"] = "agree"
    day: date = date(2024, 6, 5)
    many: Annotated[tuple[str, ...], Field(max_length=1)] = ()
    flag: bool = False
    pairs: dict[str, str] = {}
    code: Annotated[str, Field(pattern="^[0-9]+$")] = "1"
    inner: Inner | None = None

    @field_validator("text")
    @classmethod
    def no_zeros(cls, value: str) -> str:
        if "0" in value:
            raise ValueError("no such item")
        return value


class Inner(BaseModel):
    needed: int


WRONG: list[dict[str, object]] = [
    {"text": "a"}, {"text": "abcde"}, {"text": 1}, {"text": "a0"}, {"number": 0}, {"number": 10}, {"number": "x"}, {"number": 1.5},
    {"choice": "no"}, {"day": "x"}, {"day": "2024-13-01"}, {"day": "2024-06-05T01:00:00"}, {"many": ["a", "b"]}, {"many": "a"},
    {"flag": "x"}, {"pairs": []}, {"code": "x"}, {"other": 1}, {"inner": {}}, {"inner": 1}, {"number": None},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_the_reader_of_forms_says_has_chinese_words(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate(wrong)
    fields = [(".".join(map(str, error["loc"])), error["msg"]) for error in caught.value.errors()]
    for finding, (path, said) in zip(form_findings("malformed", fields), fields, strict=True):
        zh = render(finding, EDITION, "zh", str)
        assert path in zh.message and said not in zh.message
        assert "{}" not in zh.message
        assert render(finding, EDITION, "en", str).message.endswith(f"({said.removeprefix('Value error, ')}).")


def test_what_nobody_has_words_for_is_shown_as_it_is() -> None:
    assert catalogue("zh").detail("something quite new") == "something quite new"
    assert catalogue("zh").detail("Value error, unknown unit: x") == "没有这个机构：x"
    assert catalogue("en").detail("Value error, unknown unit: x") == "unknown unit: x"
