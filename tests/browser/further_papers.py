"""Papers for the pages: a letterhead, an own template, a notice that is set and sealed, a number that is void, three that still wait."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any, Final

BANNER: Final = "150721"
CASE: Final = "150721-2026-0001"


def papers(today: date, do: Callable[..., Any], lead: Any) -> None:
    """``do`` performs as somebody; ``lead`` is the lead's post."""
    from dutygate.base.actions.clock import now
    from dutygate.base.documents.storage import store
    from dutygate.config.demo.scan import scanned
    from dutygate.features.papers.case_words import Given
    from dutygate.features.papers.drawing import Asked, draw
    from dutygate.features.papers.kinds import kinds
    from dutygate.features.papers.making import make

    name = "中共阿荣旗委员会机构编制委员会办公室"
    head = {"mark_document": f"{name}文件", "mark_letter": name, "code_document": "阿编发", "code_letter": "阿编函", "printed_by": name}
    late = {"begins_at": 12, "begins_year": today.year, "begins_reason": "1至11号已在纸质发文登记簿上使用"}
    do(today, "bianban", "document.set_letterhead", BANNER, unit=lead.unit, **head, **late)
    naji = {"mark_document": "那吉镇人民政府文件", "mark_letter": "那吉镇人民政府", "printed_by": "那吉镇党政综合办公室"}
    do(today, "bianban", "document.set_letterhead", BANNER, unit=f"{BANNER}.naji", code_document="那政发", code_letter="那政函", **naji)
    do(today, "bianban", "document.adopt_template", BANNER, kind="gaps_notice", note="照原样")

    def issue(kind: str, asked: Asked, count: int = 1) -> list[str]:
        drawn = draw(lead, kinds()[kind], asked, Given(today))[:count]
        given = [{"content": one.content.model_dump(mode="json"), "to": list(one.to), "cc": list(one.cc)} for one in drawn]
        said = {"kind": kind, "template": 0, "papers": given, **({"cases": list(asked.cases)} if asked.cases else {})}
        return [one["paper"] for one in do(today, "bianban", "document.issue", BANNER, **said).result["papers"]]

    sealed, void = issue("admission_notice", Asked((CASE,)))[0], issue("admission_notice", Asked((CASE,)))[0]
    make(int(sealed))
    scan = store(lead, "盖章件.pdf", io.BytesIO(scanned("阿编发", "盖章件")), now()).digest
    do(today, "bianban", "document.attach_scan", BANNER, paper=sealed, scan=scan)
    do(today, "bianban", "document.void", BANNER, paper=void, reason="印错了施行日期")
    townships = tuple(f"{BANNER}.{slug}" for slug in ("naji", "liuhe", "yadong"))
    issue("duty_list", Asked(townships=townships, as_of=today), count=3)
