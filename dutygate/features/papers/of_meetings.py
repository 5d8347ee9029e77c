"""会议纪要成文（第三条）: finished minutes of a meeting as a paper, with those present, absent and sitting in behind the text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django.utils.translation import override

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.documents.official.paper import Block, BlockKind, day_zh
from dutygate.base.documents.official.template import Value, filled
from dutygate.base.organizations.directory import Directory
from dutygate.features.conference.queries import attendances_of, meeting_visible, meetings_visible
from dutygate.features.conference.words import IN_MINUTES
from dutygate.features.papers.case_words import ARTICLES, Given
from dutygate.features.papers.documents import Drafted
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.queries import InForce
from dutygate.law.regulation.edition import Edition

HEADINGS: Final[tuple[tuple[re.Pattern[str], BlockKind], ...]] = (
    (re.compile(r"^[一二三四五六七八九十]+、\s*"), "level1"),
    (re.compile(r"^（[一二三四五六七八九十]+）\s*"), "level2"),
)
MOST: Final = 100


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs as typed; what begins with 一、 or （一） is a heading, which the paper numbers itself."""
    found = []
    for line in filter(None, (one.strip("　 \r") for one in text.split("\n"))):
        kind, rest = next(((kind, head.sub("", line)) for head, kind in HEADINGS if head.match(line)), ("text", line))
        found.append(Block(kind=kind, text=rest))
    return tuple(found)


def drafted_minutes(
    viewer: ActingPost, kind: Kind, template: InForce, directory: Directory, edition: Edition, number: str, given: Given, signed: str
) -> list[Drafted]:
    """The paper of a meeting that the viewer may see; [] while its minutes are not finished. Members and guests get copies."""
    try:
        meeting = meeting_visible(viewer, number, directory)
    except NotFound:
        return []
    if meeting.status != "closed":
        return []
    with override("zh-hans"):
        rows = attendances_of(viewer, meeting)
        lists = {how: _names([one for one in rows if one.how == how], directory, meeting.day) for how in IN_MINUTES}
        own = [Block(kind="attendance", label=str(label), text=lists[how]) for how, label in IN_MINUTES.items() if lists[how]]
        values: dict[str, Value] = {
            **dict.fromkeys(kind.known, ""),
            **{word: edition.provisions[provision].label.zh for word, provision in ARTICLES.items()},
            "办法": f"《{edition.title.zh}》（{edition.document_number}）",
            "单位": signed,
            "会议名称": meeting.title,
            "会议编号": meeting.number,
            "会议日期": day_zh(meeting.day),
            "纪要正文": blocks_of(meeting.minutes),
            "到会情况": tuple(own),
            "说明": given.remark,
        }
        keys = [directory.unit(one.unit_id).key for one in rows if one.unit_id != viewer.unit_id]
        values["抄送"] = "，".join(directory.name_on(directory.by_key(key).id, given.dated_on) for key in keys)
        return [Drafted(filled(template.lines, values, signed, given.dated_on), (), tuple(keys))]


def _names(rows: list[Any], directory: Directory, day: date) -> str:
    found = []
    for row in rows:
        person = row.person
        name = directory.short_name_on(row.unit_id, day)
        found.append(f"{name} {person}" if person else name)
    return "；".join(found)


def finished_meetings(viewer: ActingPost) -> list[tuple[str, str]]:
    """(number, title) of the finished meetings of the viewer's jurisdiction, newest first."""
    rows = meetings_visible(viewer).filter(jurisdiction=viewer.jurisdiction_id, status="closed").order_by("-ordinal")
    return [(number, f"{title}（{number}）") for number, title in rows.values_list("number", "title")[:MOST]]
