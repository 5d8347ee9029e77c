"""Every refusal says what is wrong, on which provision, and what to do next (all articles): no finding without words."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import dutygate
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules import Finding
from dutygate.law.rules.findings import Possible, possible_findings, provisions_of_rules
from dutygate.law.rules.registry import RULES
from dutygate.law.rules.wording import LANGUAGES, PLACEHOLDER, UNITS, NoWords, Words, catalogue, render

pytestmark = pytest.mark.law_only

PACKAGE = Path(dutygate.__file__).parent
EDITION = package_editions()["arun_2024_15"]
UNIT_NAMES = {"zh": "那吉镇", "en": "那吉镇"}

# What the faces fill in where an error has no findings of its own; these rest on no provision.
AT_THE_DOOR = {"malformed": ("field",), "unknown_action": ("action",), "file_not_accepted": ("field",)}

# What each parameter may hold, so that a sentence is rendered with every value it can meet.
VALUES: dict[str, list[object]] = {
    "township": ["najizhen"],
    "department": ["najizhen"],
    "unit": ["najizhen"],
    "item": list(EDITION.all_items),
    "point": list(EDITION.focus_points),
    "seat": list(EDITION.seats),
    "body": [seat.id for seat in EDITION.seats.values() if seat.kind == "authority"],
    "safeguard": ["funding", "technical", "training", "other"],
    "declared_class": list(EDITION.exclusions.classes),
    "field": list(catalogue("zh").names["field"]),
    "basis": ["《民法典》"],
    "duty": ["150721-0001"],
    "matter": ["150721-0001"],
    "edition": list(package_editions()),
    "provision": list(EDITION.provisions),
    "case": ["150721-2026-0001"],
    "meeting": ["150721-0001"],
    "parameter": list(EDITION.parameters),
    "state": ["none", *EDITION.procedure["states"]],
    "action": [entry["action"] for section in ("actions", "offices") for entry in EDITION.procedure[section]] + ["POST /files"],
    "post": ["handler", "signatory", "system_admin", "security_admin", "audit_admin"],
    "person": ["某某"],
    "user": ["某某"],
    "day": ["2024-07-01"],
    "days": [366],
    "times": [2],
    "count": [3],
    "year": [2027],
    "code": ["150721"],
    "parent": ["1507"],
    "number": [36],
    "present": [2],
    "names": ["某某"],
    "text": ["某某"],
    "by": [[role] for role in EDITION.procedure["roles"]] + [sorted(EDITION.procedure["roles"]), ["handler", "signatory"]],
}


def _sources() -> list[Path]:
    files = [path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    return sorted(path for path in files if path != PACKAGE / "law" / "rules" / "wording.py")


@cache
def possible() -> list[Possible]:
    return [found for path in _sources() for found in possible_findings(path.read_text(encoding="utf-8"))]


def _errors() -> set[str]:
    """Codes that the door's own errors carry: of a class of them, or of one way of being malformed."""
    found: set[str] = set()
    for path in _sources():
        source = path.read_text(encoding="utf-8")
        if "NotDone" not in source and "Malformed" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "NotDone" for base in node.bases):
                values = [part.value for part in node.body if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "code"]
                found |= {value.value for value in values if isinstance(value, ast.Constant)}
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Malformed" and len(node.args) > 1:
                found |= {ast.literal_eval(node.args[1])}
    return found - {"refused"}  # always with findings


@cache
def codes() -> frozenset[str]:
    return frozenset({found.code for found in possible()} | _errors())


def _words(code: str, lang: str, params: dict[str, object] | None = None, provision: str = "4.1") -> Words:
    return render(Finding(code, provision, params or {}), EDITION, lang, lambda key: UNIT_NAMES[lang])


def test_every_finding_in_the_source_has_a_literal_code() -> None:
    assert "" not in codes(), f"write the code of a finding where it is made: {[p for p in possible() if not p.code]}"
    assert len(codes()) > 60


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_words(lang: str) -> None:
    assert not codes() - catalogue(lang).findings.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_are_unused(lang: str) -> None:
    assert not catalogue(lang).findings.keys() - codes()


def test_both_languages_name_the_same_things() -> None:
    zh, en = (catalogue(lang).findings for lang in LANGUAGES)
    assert list(zh) == list(en)
    for code in zh:
        assert _names_in(zh[code][0]) == _names_in(en[code][0]), code
        assert {n for n in _names_in(zh[code][1]) if "." not in n} == {n for n in _names_in(en[code][1]) if "." not in n}, code
    for kind, names in catalogue("zh").names.items():
        assert names.keys() == catalogue("en").names[kind].keys()


def test_every_placeholder_is_given() -> None:
    for code in sorted(codes()):
        _placeholders_are_given(code)


def _placeholders_are_given(code: str) -> None:
    given = [set(found.params) for found in possible() if found.code == code] or [set(AT_THE_DOOR.get(code, ()))]
    for lang in LANGUAGES:
        for sentence in catalogue(lang).findings[code]:
            for name in _names_in(sentence):
                if "." in name:
                    assert name in VALUES["action"], f"{lang}: {code} names the action {name}, which the procedure does not have"
                else:
                    assert all(name in params for params in given), f"{lang}: {code} uses {{{name}}}, which is not always given"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rendered_words_are_sentences_for_people(lang: str) -> None:
    for code in sorted(codes()):
        _are_sentences_for_people(code, lang)


def _are_sentences_for_people(code: str, lang: str) -> None:
    used = sorted({name for sentence in catalogue(lang).findings[code] for name in _names_in(sentence) if "." not in name})
    longest = max((len(VALUES[name]) for name in used), default=1)
    for turn in range(longest):
        words = _words(code, lang, {name: VALUES[name][turn % len(VALUES[name])] for name in used})
        for sentence in (words.message, words.what_to_do):
            assert not re.search(r"[{}]", sentence), sentence
            assert not re.search(r"[a-z]+[_.][a-z]", sentence), f"a bare code in: {sentence}"
            if lang == "zh":
                assert not re.search(r"[A-Za-z]", sentence.replace("PDF", "").replace("“expected”", "")), sentence
                assert sentence.endswith("。"), sentence
            else:
                own = sentence.replace(UNIT_NAMES["en"], "").replace("《民法典》", "").replace("某某", "")
                assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", own), sentence
                assert sentence.endswith("."), sentence


def test_the_provision_is_named_apart() -> None:
    assert _words("township_silent", "zh").provision_label == "第四条（一）"
    assert _words("township_silent", "en").provision_label == "Article 4, item 1"
    assert _words("stale", "zh", provision="").provision_label == ""


def test_every_provision_a_rule_can_name_has_a_label() -> None:
    named = {provision for provisions in provisions_of_rules().values() for provision in provisions}
    assert provisions_of_rules().keys() == RULES.keys()
    assert named <= EDITION.provisions.keys()
    assert {"1", "3", "4.1", "4.2", "4.3", "4.4", "5", "7", "11"} <= named


def test_a_finding_without_words_is_a_mistake_of_the_program() -> None:
    with pytest.raises(NoWords, match="no_such_code"):
        _words("no_such_code", "zh")


def test_names_that_nobody_knows_are_shown_as_they_are() -> None:
    def nobody(key: str) -> str:
        raise KeyError(key)

    for code, name in (
        ("township_silent", "township"),
        ("item_missing", "item"),
        ("not_that_body", "body"),
        ("edition_repealed", "edition"),
    ):
        shown = render(Finding(code, "4.1", {name: "unheard_of"}), EDITION, "zh", nobody)
        assert "unheard_of" in shown.message
    assert "未写明" in _words("seat_unknown", "zh", {"seat": None}).message
    assert "未写明" in _words("seat_unknown", "zh").message
    assert "某处" in _words("malformed", "zh", {"field": ["某处", "document_number"]}).message


def test_a_members_seat_is_shown_with_the_members_name() -> None:
    finding = Finding("seat_not_assessed", "4.2", {"seat": "member:150721.finance"})
    names = {"150721.finance": "旗财政局"}
    assert "其他成员单位（旗财政局）" in render(finding, EDITION, "zh", names.__getitem__).message
    assert "Other member (旗财政局)" in render(finding, EDITION, "en", names.__getitem__).message


def test_an_edition_without_content_still_renders() -> None:
    repealed: Edition = package_editions()["arun_2023_18"]
    words = render(Finding("edition_repealed", "11", {"edition": repealed.id}), repealed, "en-GB", str)
    assert "(trial)" in words.message
    assert "阿党办发〔2023〕18号" in _words("edition_repealed", "zh", {"edition": repealed.id}).message


def test_a_forbidden_matter_is_shown_the_road_it_should_take() -> None:
    assert "赋权" in _words("excluded_power", "zh", {"declared_class": "licence"}).what_to_do
    assert "应急预案" in _words("emergency_handling", "zh").what_to_do


def test_unit_parameters_are_the_ones_that_rules_use() -> None:
    assert set(UNITS) <= {param for found in possible() for param in found.params}


def test_the_reader_of_the_source_sees_findings_in_every_shape() -> None:
    source = (
        "def rule(f):\n    return [Finding('a', '1', {'x': 1})] + _each('b', [])\n"
        "def _each(code, units):\n    return [Finding(code, '4.1', {'township': u}) for u in units]\n"
        "class C:\n    def rule(self):\n        return registry.Finding(code='c', provision=self.cites)\n"
        "LATE = Finding('d', '5')\n"
        "BACK = Finding(kept['code'], kept['provision']), Finding(problem.code, '')\n"
    )
    ast.parse(source)
    assert sorted((p.function, p.code, p.provision) for p in possible_findings(source)) == [
        ("", "d", "5"), ("rule", "a", "1"), ("rule", "b", "4.1"), ("rule", "c", ""),
    ]  # fmt: skip


def _names_in(sentence: str) -> set[str]:
    return set(PLACEHOLDER.findall(sentence))
