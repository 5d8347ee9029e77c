"""差异、转版、检查 in words (preamble, Article 11): every part, field, effect and problem has its words in both languages."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest
from django.utils.translation import override

from dutygate.features.editions.words import FIELDS, KINDS, PARTS, PROBLEMS, effects_in_words, lines_of, problem_in_words
from dutygate.law.procedure.consistency import CHECKS
from dutygate.law.procedure.fitness import PARTS as FIT
from dutygate.law.procedure.fitness import Problem
from dutygate.law.procedure.moving import BLOCKING, LAPSING, Effect
from dutygate.law.procedure.moving import Kind as EffectKind
from dutygate.law.regulation.differences import PARTS as DIFFERING
from dutygate.law.regulation.differences import differences
from dutygate.law.regulation.edition import Edition, package_editions

pytestmark = pytest.mark.law_only
PRESENT = package_editions()["arun_2024_15"]
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def emptied() -> Edition:
    """The present edition without what it can do without: nearly everything differs."""
    plain = json.loads(PRESENT.canonical())
    identity = {"title": {"zh": "空", "en": "empty"}, "document_number": "0", "issued_on": "2030-01-01", "in_force_from": "2030-01-01"}
    lists = {name: [] for name in ("provisions", "principles", "items", "focus_points", "seats", "tracks", "exit_items", "change_reasons")}
    plain["edition"] |= {**identity, **lists, "repeals": ["arun_2024_15"], "interpreter": None, "note": {"zh": "无", "en": "none"}}
    plain["edition"]["content_published"] = False
    plain["parameters"]["parameters"], plain["exclusions"] = [], {"classes": [], "wording": []}
    plain["procedure"], plain["procedure_order"] = {}, {}
    return Edition.from_canonical(json.dumps(plain).encode())


def fields_of(lines: list[dict[str, Any]]) -> set[str]:
    """What differs by the name of its field, but where a kind of case has names of its own for outcomes and states."""
    return {field["name"] for part in lines if not part["part"].endswith("_of") for line in part["lines"] for field in line["fields"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_differs_is_said_in_words(lang: str) -> None:
    with override("zh-hans" if lang == "zh" else "en"):
        found = differences(PRESENT, emptied())
        lines = lines_of(found, PRESENT, emptied(), lang)
    assert {part["part"] for part in lines} <= PARTS.keys() and len(lines) > 15
    assert fields_of(lines) <= FIELDS.keys() | {"zh", "en"}
    for part in lines:
        for line in part["lines"]:
            said = [line["kind_label"], part["label"], *(field["label"] for field in line["fields"])]
            if lang == "en":
                assert not [word for word in said if CHINESE.search(word)], line
            assert line["title"] or part["part"] == "identity"
            assert not [field for field in line["fields"] if field["added"] and line["kind"] == "removed"], line


def test_a_form_in_which_nothing_may_be_handed_over_goes_by_its_label() -> None:
    with override("zh-hans"):
        lines = lines_of(differences(emptied(), PRESENT), emptied(), PRESENT, "zh")
    (forms,) = (part["lines"] for part in lines if part["part"] == "forms")
    named = {line["key"]: line for line in forms}
    assert named["quotas"]["title"] == "分解下达指标"
    fields = {field["name"]: field["added"] for field in named["in_name_of"]["fields"]}
    assert fields["excused"] == ["是"] and "签订责任状" in fields["only_with"]


def test_the_words_that_take_a_form_back_are_shown_one_by_one() -> None:
    plain = json.loads(PRESENT.canonical())
    plain["exclusions"]["negations"].remove("不得")
    plain["exclusions"]["negations"].append("切勿")
    other = Edition.from_canonical(json.dumps(plain).encode())
    with override("zh-hans"):
        ((part,),) = ([one for one in lines_of(differences(PRESENT, other), PRESENT, other, "zh")],)
    (field,) = part["lines"][0]["fields"]
    assert (part["label"], field["label"], field["removed"], field["added"]) == ("否定的词", "前面有这些词的不提示", ["不得"], ["切勿"])


def test_every_part_that_may_differ_and_every_way_has_its_name() -> None:
    assert set(DIFFERING) <= PARTS.keys() and set(KINDS) == {"added", "removed", "changed"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", get_args(EffectKind))
def test_every_effect_of_a_move_is_one_sentence(kind: EffectKind, lang: str) -> None:
    keys = {"state": "agreed", "track": "regular", "class": "licence", "guard": "consent_stands", "role": "lead", "body": "city_government"}
    keys |= {"point": "content", "findings": "workflow", "opinions": "workflow", "item": "workflow"}
    one = Effect(kind, (keys.get(kind.partition("_")[0], "workflow"),), "application.submit", "10", "")
    with override("zh-hans" if lang == "zh" else "en"):
        (said,) = effects_in_words([one], PRESENT, PRESENT, lang)
    assert said["text"].endswith("。" if lang == "zh" else ".") and "%(" not in said["text"] and "_" not in said["text"]
    assert bool(CHINESE.search(said["text"])) == (lang == "zh"), said["text"]
    assert (said["blocks"], said["lapses"]) == (kind in BLOCKING, kind in LAPSING)


def test_every_problem_of_a_draft_has_its_words() -> None:
    wanted = {*CHECKS, *(f"{part}_missing" for part, _cites in FIT), "every_state_is_reached"}
    wanted |= {f"{name}_missing" for name in ("states", "roles", "outcomes", "actions", "provisions")}
    assert wanted <= PROBLEMS.keys()
    assert PROBLEMS.keys() == wanted, "no words are left over"
    assert "consent_is_its_own" in problem_in_words(Problem("consent_is_its_own", "4.1", "x"))["what"]
