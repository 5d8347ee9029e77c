"""BPMN 导出 (Article 4): valid by the OMG schema, opened by another engine, the procedure of the file, and it runs."""

from __future__ import annotations

from pathlib import Path

import pytest
import SpiffWorkflow
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from dutygate.law.procedure.bpmn import NAMESPACES, bpmn
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.moves_of_file import moves_of_file
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)
SCHEMA = etree.XMLSchema(etree.parse(Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema" / "BPMN20.xsd"))


def read(lang="zh"):
    return etree.fromstring(bpmn(EDITION, lang).encode())


def each(root, path):
    return root.xpath(path, namespaces=NAMESPACES)


def one_of(root, identifier):
    (found,) = each(root, f"//*[@id='{identifier}']")
    return found


def moves_in(root):
    """(source, action, question, target), read from gateways, tasks and flows alone."""
    flows = {}
    for flow in each(root, "//bpmn:sequenceFlow"):
        flows.setdefault(flow.get("sourceRef"), []).append(flow)
    names = {node.get("id"): node for node in each(root, "//bpmn:exclusiveGateway | //bpmn:endEvent | //bpmn:userTask")}
    states = {identifier: identifier.removeprefix("state.") for identifier in names if identifier.startswith("state.")}
    found = set()
    for source, state in {"start": "none", **states}.items():
        for flow in flows[source]:
            task = flow.get("targetRef")
            if names[task].tag.endswith("endEvent"):
                continue
            condition = each(flow, "string(bpmn:conditionExpression)")
            action = condition.removeprefix("action == '").removesuffix("'") or "case.open"
            (on,) = flows[task]
            if on.get("targetRef") in states:
                found.add((state, action, "", states[on.get("targetRef")]))
                continue
            for fork in flows[on.get("targetRef")]:
                question = each(fork, "string(bpmn:conditionExpression)") or "otherwise"
                found.add((state, action, question, states[fork.get("targetRef")]))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_valid_by_the_schema_of_the_standard(lang):
    assert SCHEMA.validate(read(lang)), SCHEMA.error_log


def test_the_schema_would_notice():
    broken = read()
    broken.find("bpmn:process", NAMESPACES).set("isExecutable", "perhaps")
    assert not SCHEMA.validate(broken)


def test_states_and_moves_are_those_of_the_file():
    root = read()
    gateways = [node.get("id") for node in each(root, "//bpmn:exclusiveGateway[starts-with(@id, 'state.')]")]
    assert gateways == [f"state.{name}" for name in EDITION.procedure["states"]]
    assert moves_in(root) == moves_of_file(EDITION.procedure)
    ends = [node.get("id") for node in each(root, "//bpmn:endEvent")]
    assert ends == [f"end.{name}" for name, state in EDITION.procedure["states"].items() if state.get("final")]


def test_the_two_languages_differ_in_words_alone():
    zh, en = read("zh"), read("en")
    for root in (zh, en):
        for element in root.iter():
            element.attrib.pop("name", None)
            if element.tag.endswith(("documentation", "Bounds")):
                element.text = ""
                element.attrib.clear()
    for root in (zh, en):  # lanes may be of another height where a label is longer; ids and structure are the same
        etree.strip_elements(root, f"{{{NAMESPACES['bpmndi']}}}BPMNDiagram")
    assert etree.tostring(zh) == etree.tostring(en)


def test_every_task_lies_in_the_lane_of_who_acts():
    root = read()
    lanes = {ref.text: lane.get("name") for lane in each(root, "//bpmn:lane") for ref in each(lane, "bpmn:flowNodeRef")}
    nodes = {node.get("id") for node in each(root, "//bpmn:userTask | //bpmn:exclusiveGateway | //bpmn:startEvent | //bpmn:endEvent")}
    assert lanes.keys() == nodes
    assert lanes["task.consulting.consultation.reply.0"] == "被征求意见的乡镇"
    assert lanes["task.banner_decision.decision.record.0"] == "旗委、旗政府"
    assert lanes["state.applied"] == "办件的状态"


def test_every_task_names_its_provision_and_what_its_rules_ask():
    said = each(one_of(read(), "task.consulting.consultation.conclude.0"), "string(bpmn:documentation)")
    assert said.startswith("第四条（一）\n")
    assert "沉默、逾期都不算同意" in said


def test_everything_is_drawn_and_nothing_twice():
    root = read()
    drawn = [shape.get("bpmnElement") for shape in each(root, "//bpmndi:BPMNShape | //bpmndi:BPMNEdge")]
    elements = each(root, "//bpmn:participant | //bpmn:lane | //bpmn:process/*[@id and not(self::bpmn:laneSet)]")
    assert sorted(drawn) == sorted(element.get("id") for element in elements)
    assert len(set(drawn)) == len(drawn)
    ids = each(root, "//@id")
    assert len(set(ids)) == len(ids)


def test_tasks_stand_in_their_lanes_and_do_not_overlap():
    root = read()

    def bounds(identifier):
        (at,) = each(root, f"//bpmndi:BPMNShape[@bpmnElement='{identifier}']/dc:Bounds")
        return tuple(int(at.get(side)) for side in ("x", "y", "width", "height"))

    seen = []
    for lane in each(root, "//bpmn:lane"):
        _x, top, _width, height = bounds(lane.get("id"))
        for ref in each(lane, "bpmn:flowNodeRef"):
            x, y, wide, high = bounds(ref.text)
            assert top <= y and y + high <= top + height
            assert all(x + wide <= a or a + c <= x or y + high <= b or b + d <= y for a, b, c, d in seen)
            seen.append((x, y, wide, high))


def workflow():
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_str(bpmn(EDITION, "zh").encode())
    (process,) = parser.get_process_ids()
    return BpmnWorkflow(parser.get_spec(process))


def walk(*steps):
    """Do one action after another in the other engine; where the case then is, by the action it waits for, or that it is over."""
    started = workflow()
    data = dict.fromkeys((name for row in PROCEDURE.rows.values() for one in row for name, _target in one.to if name != "otherwise"), False)
    for (now, answers), following in zip(steps, [name for name, _answers in steps[1:]] + [""], strict=True):
        started.do_engine_steps()
        (task,) = started.get_tasks(manual=True, state=16)
        assert task.task_spec.name.split(".", 2)[2].rpartition(".")[0] == now
        task.data.update({**data, **dict.fromkeys(answers, True), "action": following})
        task.run()
        if following or now == "notice.acknowledge":
            started.do_engine_steps()
    return started


ROAD = [
    ("case.open", ()),
    ("application.edit", ()),
    ("consultation.request", ()),
    ("consultation.reply", ()),
    ("consultation.conclude", ()),
    ("application.submit", ()),
    ("review.accept", ()),
    ("review.assess", ()),
    ("review.conclude", ()),
    ("decision.submit_to_banner", ()),
]


def test_another_engine_runs_a_temporary_task_to_its_end():
    done = walk(
        *ROAD, ("decision.record", ()), ("decision.record", ("banner_decides_finally",)), ("notice.issue", ()), ("notice.acknowledge", ()),
        ("notice.acknowledge", ("last_receipt",)),
    )  # fmt: skip
    assert done.completed


def test_another_engine_runs_a_regular_matter_to_its_end():
    done = walk(
        *ROAD, ("decision.record", ()), ("decision.submit_to_city", ()), ("decision.record", ("outcome_is_for",)), ("notice.issue", ()),
        ("notice.acknowledge", ("last_receipt",)),
    )  # fmt: skip
    assert done.completed


def test_another_engine_goes_back_when_the_banner_returns_it():
    back = walk(
        *ROAD, ("decision.record", ("banner_complete_with_return",)), ("review.conclude", ()), ("review.refuse", ()), ("notice.issue", ())
    )
    assert not back.completed
