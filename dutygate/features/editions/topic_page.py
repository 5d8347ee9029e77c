"""帮助页用的内容: a topic with what the procedure and the parameters say about it, and the list of all topics."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from dutygate.features.editions.helping import Topic, topics
from dutygate.features.editions.picture import ways_from
from dutygate.features.editions.provisions import action_line, parameter_line
from dutygate.law.procedure.saying import action_label, state_label
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.statements import statement

OFFICE: Final = "office"
GROUPS: Final = ("roles", "general", "actions", "states", "articles", OFFICE)


def title_of(edition: Edition, topic: Topic, lang: str) -> str:
    """Its own title, or the name that procedure or edition give."""
    procedure = procedure_of(edition)
    if topic.kind == "actions":
        return action_label(procedure, topic.name, lang)
    if topic.kind == "states":
        return state_label(procedure, topic.name, lang) if topic.name in procedure.states else topic.name
    if topic.kind == "articles":
        return edition.provisions[topic.name].label.in_language(lang) if topic.name in edition.provisions else topic.name
    return topic.title


def groups(edition: Edition, lang: str, asked: str = "") -> list[dict[str, Any]]:
    """{id, title, about, topics: [{id, title, first}]}, without those that have nothing of what was asked for."""
    procedure = procedure_of(edition)
    titles = {
        "roles": (_("您是谁"), _("先看这里：您的岗位在这里办什么。")),
        "general": (_("怎么用"), _("登录、填表、打印、大字、键盘。")),
        "actions": (_("办件的每一步"), _("每一步要准备什么，谁来办，多久办，什么情况下办不成。")),
        "states": (_("办件的状态"), _("办件现在走到哪里，轮到谁。")),
        "articles": (_("条款在这里的意思"), _("每一条在本系统里落在哪里。")),
        OFFICE: (_("管理工作"), _("法定依据、机构、人员、日历这些不属于某一卷的工作。")),
    }
    found: dict[str, list[dict[str, str]]] = {name: [] for name in GROUPS}
    for topic in topics(lang).values():
        title = title_of(edition, topic, lang)
        if asked and asked.lower() not in "\n".join([title, *topic.text, *topic.wrong]).lower():
            continue
        group = OFFICE if topic.kind == "actions" and topic.name in procedure.offices else topic.kind
        found[group].append({"id": topic.id, "title": title, "first": topic.text[0]})
    return [{"id": name, "title": titles[name][0], "about": titles[name][1], "topics": there} for name, there in found.items() if there]


def page(edition: Edition, topic: Topic, lang: str) -> dict[str, Any]:
    """Context of the page of one topic."""
    procedure = procedure_of(edition)
    context: dict[str, Any] = {"topic": topic, "title": title_of(edition, topic, lang), "cites": ""}
    if topic.kind == "actions" and topic.name in procedure.labels:
        context |= _of_action(edition, procedure, topic.name, lang)
    elif topic.kind == "states" and topic.name in procedure.states:
        context |= {"cites": procedure.states[topic.name].cites, "ways": ways_from(edition, lang, topic.name, "")}
    elif topic.kind == "articles" and topic.name in edition.provisions:
        context |= {"cites": topic.name, "summary": edition.provisions[topic.name].summary}
    return context


def _of_action(edition: Edition, procedure: Procedure, name: str, lang: str) -> dict[str, Any]:
    rows = procedure.rows_of(name)
    limits = dict.fromkeys(row.limit for row in rows if row.limit in edition.parameters)
    return {
        "cites": procedure.cites(name),
        "action": action_line(procedure, name, lang),
        "limits": [parameter_line(edition.parameters[limit]) for limit in limits],
        "rules": [statement(rule, lang) for rule in dict.fromkeys(guard for row in rows for guard in row.guards)],
    }
