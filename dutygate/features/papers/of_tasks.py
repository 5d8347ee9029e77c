"""任务复函（第七条）: a township's reply that a task is not on its list, and what has to be done before it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from dutygate.base.documents.official.paper import day_zh
from dutygate.base.documents.official.template import Value, filled
from dutygate.base.organizations.directory import Directory
from dutygate.features.papers.case_words import ARTICLES, Given
from dutygate.features.papers.documents import Drafted
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.queries import InForce
from dutygate.law.regulation.edition import Edition


@dataclass(frozen=True, slots=True)
class OfTask:
    """What is answered: the task by name, the paper that brought it ("" = none), its date, the department (key), the words of its form."""

    task: str
    received: str
    received_on: date
    department: str
    shows: str = ""


def drafted_reply(
    kind: Kind, template: InForce, directory: Directory, edition: Edition, about: OfTask, given: Given, signed: str
) -> list[Drafted]:
    """The letter; none while it is not said what is answered, or to whom."""
    if not about.task or not about.department:
        return []
    name = directory.name_on(directory.by_key(about.department).id, given.dated_on)
    with override("zh-hans"):
        shows = f"来文中有{about.shows}等内容。" if about.shows else ""
        values: dict[str, Value] = {
            **dict.fromkeys(kind.known, ""),
            **{word: edition.provisions[provision].label.zh for word, provision in ARTICLES.items()},
            "办法": f"《{edition.title.zh}》（{edition.document_number}）",
            "单位": signed,
            "主送": name,
            "任务": about.task,
            "来文": f"《{about.received.strip('《》')}》" if about.received else f"{day_zh(about.received_on)}的来文",
            "来文日期": day_zh(about.received_on),
            "形式": shows,
            "说明": given.remark,
        }
        return [Drafted(filled(template.lines, values, signed, given.dated_on), (about.department,))]
