"""BPMN 2.0: the procedure of an edition as XML, with lanes by role and the diagram, from the same source as the diagram (Article 4).

It keeps to the schema of OMG formal/2011-01-03. Gateways ask for ``action``, the next action by its name, and for the questions of
the table by theirs; an engine that is given these as data can run it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from dutygate.law.procedure.bpmn_graph import Flow, Node, Process, process_of
from dutygate.law.procedure.bpmn_places import Bounds, Places, places_of
from dutygate.law.procedure.lettering import width

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

NAMESPACES: Final = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
TARGET: Final = "urn:dutygate:procedure"
EXPRESSIONS: Final = "https://www.python.org/"
MEDIA_TYPE: Final = "application/bpmn+xml"


def bpmn(edition: Edition, lang: str) -> str:
    """The XML, with its declaration, UTF-8. Names and documentation are in the language asked for; ids are the same in both."""
    process = process_of(edition, lang)
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    name = edition.id
    root = ET.Element(
        _q("bpmn", "definitions"),
        {"id": f"definitions.{name}", "targetNamespace": TARGET, "expressionLanguage": EXPRESSIONS, "exporter": "dutygate"},
    )
    collaboration = _sub(root, "bpmn", "collaboration", id=f"collaboration.{name}")
    _sub(collaboration, "bpmn", "participant", id=f"pool.{name}", name=process.name, processRef=name)
    _process(
        _sub(root, "bpmn", "process", id=name, name=process.name, isExecutable="true"),
        process,
        f"{edition.document_number} {edition.digest}",
    )
    _diagram(root, name, process, places_of(process))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _q(prefix: str, tag: str) -> str:
    return f"{{{NAMESPACES[prefix]}}}{tag}"


def _sub(parent: ET.Element, prefix: str, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _q(prefix, tag), attributes)


def _process(root: ET.Element, process: Process, about: str) -> None:
    _sub(root, "bpmn", "documentation").text = about
    lanes = _sub(root, "bpmn", "laneSet", id="lanes")
    for number, (lane, name) in enumerate(process.lanes.items()):
        element = _sub(lanes, "bpmn", "lane", id=f"lane.{number}", name=name)
        for node in process.nodes:
            if node.lane == lane:
                _sub(element, "bpmn", "flowNodeRef").text = node.id
    for node in process.nodes:
        _node(root, node, process.flows)
    for flow in process.flows:
        named = {"name": flow.name} if flow.name else {}
        element = _sub(root, "bpmn", "sequenceFlow", id=flow.id, **named, sourceRef=flow.source, targetRef=flow.target)
        if flow.condition:
            kind = {_q("xsi", "type"): "bpmn:tFormalExpression"}
            ET.SubElement(element, _q("bpmn", "conditionExpression"), kind).text = flow.condition


def _node(root: ET.Element, node: Node, flows: tuple[Flow, ...]) -> None:
    attributes = {"id": node.id, **({"name": node.name} if node.name else {})}
    if default := next((flow.id for flow in flows if flow.source == node.id and flow.default), ""):
        attributes["default"] = default
    if node.kind == "exclusiveGateway":
        into = sum(flow.target == node.id for flow in flows)
        attributes["gatewayDirection"] = "Mixed" if into > 1 else "Diverging"
    element = ET.SubElement(root, _q("bpmn", node.kind), attributes)
    if node.documentation:
        _sub(element, "bpmn", "documentation").text = node.documentation
    for flow in flows:
        if flow.target == node.id:
            _sub(element, "bpmn", "incoming").text = flow.id
    for flow in flows:
        if flow.source == node.id:
            _sub(element, "bpmn", "outgoing").text = flow.id


def _diagram(root: ET.Element, name: str, process: Process, places: Places) -> None:
    diagram = _sub(root, "bpmndi", "BPMNDiagram", id=f"diagram.{name}")
    plane = _sub(diagram, "bpmndi", "BPMNPlane", id=f"plane.{name}", bpmnElement=f"collaboration.{name}")
    _shape(plane, f"pool.{name}", places.pool, isHorizontal="true")
    for number, lane in enumerate(process.lanes):
        _shape(plane, f"lane.{number}", places.lanes[lane], isHorizontal="true")
    for node in process.nodes:
        marked = {"isMarkerVisible": "true"} if node.kind == "exclusiveGateway" else {}
        shape = _shape(plane, node.id, places.nodes[node.id], **marked)
        if node.kind != "userTask" and node.name:
            _bounds(_sub(shape, "bpmndi", "BPMNLabel"), _label_of(node, places.nodes[node.id]))
    for flow in process.flows:
        edge = _sub(plane, "bpmndi", "BPMNEdge", id=f"shown.{flow.id}", bpmnElement=flow.id)
        for x, y in places.ways[flow.id]:
            _sub(edge, "di", "waypoint", x=str(x), y=str(y))
        if flow.id in places.labels:
            _bounds(_sub(edge, "bpmndi", "BPMNLabel"), places.labels[flow.id])


def _label_of(node: Node, at: Bounds) -> Bounds:
    """The name of a gateway stands to the right below it, that of an event under it."""
    wide = int(width(node.name, 11)) + 6
    if node.kind == "exclusiveGateway":
        return Bounds(at.x + at.width - 8, at.y + at.height - 10, wide, 14)
    return Bounds(at.middle[0] - wide // 2, at.y + at.height + 4, wide, 14)


def _shape(plane: ET.Element, element: str, at: Bounds, **attributes: str) -> ET.Element:
    shape = _sub(plane, "bpmndi", "BPMNShape", id=f"shown.{element}", bpmnElement=element, **attributes)
    _bounds(shape, at)
    return shape


def _bounds(parent: ET.Element, at: Bounds) -> None:
    _sub(parent, "dc", "Bounds", x=str(at.x), y=str(at.y), width=str(at.width), height=str(at.height))
