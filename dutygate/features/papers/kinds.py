"""文书种类: what kinds of papers there are, who issues each, on which provision, and the words it comes with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from dutygate.base.documents.official.paper import Form
from dutygate.base.documents.official.template import Line, placeholders

WORDS: Final = (
    *("事项", "事由", "办法", "有关条款", "第一条", "第四条（一）", "第四条（二）", "第四条（三）", "第四条（四）", "第四条（五）"),
    *("单位", "主送", "办件", "版次", "类别", "请求", "说明", "申请单位", "乡镇", "必要性"),
)
"""Placeholders that every kind about a case knows; a kind knows besides those of the template it comes with."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``by``: the role of who issues it. ``each``: one paper for each recipient. ``upward``: it names a signatory, and has one recipient.
    ``many``: it may be about several cases. ``known``: the placeholders that it has. ``mark`` and ``code``: what stands in red and in its
    number where these are not the unit's own, behind the name of the jurisdiction; "" = the unit's.
    """

    name: str
    label: dict[str, str]
    form: Form
    by: str
    cites: str
    lines: tuple[Line, ...]
    known: tuple[str, ...]
    each: bool
    upward: bool
    many: bool
    mark: str = ""
    code: str = ""

    @property
    def about(self) -> str:
        """case, list, meeting, task (one that nobody applied for), year, or report (issued on the confidential chain alone)."""
        found = {"duty_list": "list", "conference_minutes": "meeting", "task_reply": "task", "yearly_report": "year"}
        return {**found, "correction_order": "report"}.get(self.name, "case")

    @property
    def of_case(self) -> bool:
        """Whether it is about a case."""
        return self.about == "case"


@cache
def kinds() -> dict[str, Kind]:
    """Every kind, in the order of the procedure."""
    read: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "kinds.yaml").read_text(encoding="utf-8"))
    return {name: _kind(name, given) for name, given in read.items()}


def _kind(name: str, given: dict[str, Any]) -> Kind:
    lines = tuple(Line(part=part, text=str(text)) for line in given["lines"] for part, text in line.items())
    own = [one for line in lines for one in placeholders(line.text)]
    return Kind(
        name,
        given["label"],
        given["form"],
        given["by"],
        given["cites"],
        lines,
        tuple(dict.fromkeys((*own, *WORDS))),
        bool(given["each"]),
        bool(given.get("upward")),
        bool(given.get("many")),
        str(given.get("mark", "")),
        str(given.get("code", "")),
    )
