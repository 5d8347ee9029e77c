"""第九条、第十条: any office asks what a provision means, the named interpreter answers, the lead marks what gives way to a higher rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotFound, Refused
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.law_here import law_here
from dutygate.features.editions.queries import answers_to, public_interpretations, public_overridings, question_visible, questions_visible
from dutygate.law.regulation.edition import package_editions
from tests.editions import act, published
from tests.rows import rows
from tests.world import World

pytestmark = pytest.mark.django_db
PRESENT = package_editions()["arun_2024_15"]
ASKED = {"provision": "5", "question": "“技术力量”是否包括仪器设备？"}
HIGHER = {"title": "内蒙古自治区苏木乡镇和街道职责准入管理办法", "document_number": "内机编办发〔2023〕143号", "article": "第六条"}


def codes(error: Any) -> list[str]:
    return [finding.code for finding in error.value.findings]


def ask(world: World, who: str = "naji", **more: Any) -> str:
    return str(act(world, who, "law.ask", **{**ASKED, **more}).result["question"])


def interpret(world: World, who: str = "lead", **said: Any) -> Any:
    return act(world, who, "law.interpret", **{"provision": "5", "text": "包括办理事项必需的仪器设备。", "dated_on": world.today, **said})


def test_every_office_may_ask_and_the_interpreter_is_told(world: World) -> None:
    for number, who in enumerate(("naji", "forestry", "outsider", "legal", "services", "committee", "government", "city"), start=1):
        made = act(world, who, "law.ask", **ASKED)
        assert made.result["number"] == number
    told = rows("notices.OutboxMessage", kind="law_asked")
    assert {row.unit_id for row in told} == {world.unit_id("lead")}
    for who in ("system_admin", "security_admin", "audit_admin"):
        with pytest.raises(NotAllowed):
            act(world, who, "law.ask", **ASKED)


def test_only_what_is_a_provision_can_be_asked_about(world: World) -> None:
    with pytest.raises(Refused) as refused:
        ask(world, provision="12")
    assert codes(refused) == ["provision_unknown"]


def test_the_interpreter_is_the_office_that_the_edition_names(world: World) -> None:
    """Not whoever holds the lead seat: the next edition names another office, and the lead interprets no more."""
    question = ask(world)
    for who in ("legal", "forestry", "naji", "city"):
        with pytest.raises(NotAllowed):
            interpret(world, who, question=question)
    published(world, identity={"interpreter": {"zh": "阿荣旗司法局", "en": "Justice Bureau of Arun Banner"}})
    with pytest.raises(NotAllowed):
        interpret(world, question=question)
    assert interpret(world, "legal", question=question)


def test_in_the_place_of_a_dissolved_interpreter_stands_its_successor(world: World) -> None:
    published(world, identity={"interpreter": {"zh": "阿荣旗水务局", "en": "Water Bureau of Arun Banner"}})
    question = ask(world)
    with pytest.raises(NotAllowed):
        interpret(world, "agriculture", question=question)
    merged = {"units": [world.key("water")], "into": world.key("agriculture"), "document": "内政字〔2026〕9号"}
    act(world, "system_admin", "unit.merge", **merged)
    assert interpret(world, "agriculture", question=question)


def test_an_answer_is_for_who_asked_unless_it_is_published(world: World) -> None:
    question = ask(world)
    interpret(world, question=question)
    assert public_interpretations(world.people["lead"].jurisdiction_id, PRESENT.id, "5") == []
    kept = question_visible(world.people["naji"], int(question), world.today, PRESENT)
    assert [one.text for one in answers_to(world.people["naji"], [kept])[kept.id]] == ["包括办理事项必需的仪器设备。"]
    for who, sees in (("naji", True), ("lead", True), ("city", True), ("liuhe", False), ("legal", False), ("system_admin", False)):
        seen = questions_visible(world.people[who], world.today, PRESENT).filter(pk=int(question)).exists()
        assert seen == sees, who
    with pytest.raises(NotFound):
        question_visible(world.people["liuhe"], int(question), world.today, PRESENT)


def test_a_question_is_answered_once_and_only_under_its_provision(world: World) -> None:
    question = ask(world)
    with pytest.raises(Refused) as refused:
        interpret(world, question=question, provision="4.1")
    assert codes(refused) == ["question_not_open"]
    interpret(world, question=question)
    with pytest.raises(Refused) as refused:
        interpret(world, question=question)
    assert codes(refused) == ["question_not_open"]
    with pytest.raises(Malformed):
        interpret(world)
    assert interpret(world, published=True)


def test_a_published_interpretation_hangs_on_its_provision(world: World) -> None:
    place = world.people["lead"].jurisdiction_id
    assert place
    interpret(world, question=ask(world), published=True, document_number="阿编办发〔2026〕4号")
    found = public_interpretations(place, PRESENT.id, "5")
    assert [(one.document_number, one.question.question) for one in found] == [("阿编办发〔2026〕4号", ASKED["question"])]
    assert law_here(place, reference_version_of(place)).interpreted == {(PRESENT.id, "5"): 1}


def test_a_provision_gives_way_from_a_day_on_with_its_source(world: World) -> None:
    place = world.people["lead"].jurisdiction_id
    assert place
    said = {"provision": "5", "since": world.today, "until": world.today + timedelta(days=10), "effect": "经费标准依自治区规定。"}
    for who in ("legal", "forestry", "naji", "city"):
        with pytest.raises(NotAllowed):
            act(world, who, "law.mark_overridden", **said, **HIGHER)
    with pytest.raises(Refused) as refused:
        act(world, "lead", "law.mark_overridden", **said, title="某办法")
    assert codes(refused) == ["higher_rule_missing"]
    with pytest.raises(Malformed):
        act(world, "lead", "law.mark_overridden", **{**said, "until": world.today}, **HIGHER)
    act(world, "lead", "law.mark_overridden", **said, **HIGHER)
    law = law_here(place, reference_version_of(place))
    for days, holds in ((-1, False), (0, True), (9, True), (10, False)):
        assert bool(law.gives_way(PRESENT.id, "5", world.today + timedelta(days=days))) == holds
    assert law.gives_way(PRESENT.id, "4.1", world.today) == ()
    assert [one.source for one in public_overridings(place, PRESENT.id)] == [
        "《内蒙古自治区苏木乡镇和街道职责准入管理办法》第六条（内机编办发〔2023〕143号）"
    ]


def test_all_of_it_is_done_again_by_a_replay(world: World) -> None:
    interpret(world, question=ask(world), published=True)
    act(world, "lead", "law.mark_overridden", provision="5", since=world.today, effect="从其规定。", **HIGHER)
    report = replay()
    assert report.holds, (report.problems[:3], [str(d) for d in report.differences[:3]])
