"""One paper of each kind from the cases of the demo, issued by whoever may: ``python -m tests.papers_of_demo FOLDER`` on a demo's home.

Writes ``kind.docx``, ``kind.pdf`` and ``kind.json`` (what was issued) into the folder.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import django

BANNER: Final = "150721"


def main(folder: Path) -> None:
    """Every kind, from the first case that has something to say."""
    django.setup()
    from dutygate.base.actions.clock import other_clock
    from dutygate.config.demo.clock import standing_clock

    folder.mkdir(parents=True, exist_ok=True)
    with other_clock(standing_clock):
        for name, paper in issued().items():
            _keep(folder, name, paper)


def issued() -> dict[str, Any]:
    """Kind -> its paper, set."""
    from dutygate.base.actions.clock import now
    from dutygate.base.actions.days import local_day
    from dutygate.features.papers.kinds import kinds
    from dutygate.features.papers.making import make
    from dutygate.features.papers.queries import paper_visible

    found: dict[str, Any] = {}
    today = local_day(now())
    for name, kind in kinds().items():
        if kind.about == "report":
            found[name] = _order(today)
            continue
        for who, case in _whose(kind, today):
            number = _one(kind, who, case, today)
            if number is not None:
                make(number)
                found[name] = paper_visible(who, number)
                break
    return found


def _whose(kind: Any, today: Any) -> Any:
    """(who may issue it, case), the oldest case first; the lead for what is about no case."""
    from django.apps import apps

    from dutygate.base.organizations.queries import public_acting_post
    from dutygate.features.papers.shown import may_issue

    posts = apps.get_model("organizations", "Post")._default_manager.filter(kind="handler").order_by("id").values_list("id", flat=True)
    people = [acting for post in posts if (acting := public_acting_post(post, today)) is not None and acting.jurisdiction == BANNER]
    cases = (
        apps.get_model("cases", "Case")._default_manager.filter(jurisdiction__code=BANNER).order_by("id").values_list("number", flat=True)
    )
    for number in cases if kind.of_case else [""]:
        for acting in people:
            if _may(may_issue, acting, kind, number):
                yield acting, number


def _may(may_issue: Any, acting: Any, kind: Any, number: str) -> bool:
    from dutygate.base.actions.clock import now
    from dutygate.base.catalogue.errors import NotFound

    try:
        return bool(may_issue(acting, kind, [number] if number else [], now(), "zh-hans"))
    except NotFound:
        return False


def _one(kind: Any, who: Any, case: str, today: Any) -> int | None:
    """Drawn up and issued; None while there is nothing to write."""
    from dutygate.base.actions.perform import perform
    from dutygate.features.cases.sections import directory_now
    from dutygate.features.papers.case_words import Given
    from dutygate.features.papers.drawing import Asked, draw
    from dutygate.features.papers.of_tasks import OfTask
    from dutygate.features.papers.queries import public_template

    directory = directory_now(who)
    townships = tuple(directory.unit(unit).key for unit in directory.townships(today))
    meeting = "150721-M-0001" if kind.about == "meeting" else ""
    about = OfTask("犬只登记管理", "关于做好犬只登记工作的通知", today, f"{BANNER}.agriculture")
    task = about if kind.about == "task" else None
    drawn = draw(who, kind, Asked((case,) if case else (), townships, today, meeting, task), Given(today))
    if not drawn:
        return None
    letterhead(who, directory.name_on(who.unit_id, today))
    paper = {"content": drawn[0].content.model_dump(mode="json"), "to": list(drawn[0].to), "cc": list(drawn[0].cc)}
    said = {"kind": kind.name, "template": public_template(who.jurisdiction_id, kind).ordinal, "papers": [paper]}
    said |= {"cases": [case]} if case else {}
    said |= {"meeting": meeting} if meeting else {}
    said |= {"signatory": "王建国"} if kind.upward else {}
    outcome = perform(who, "document.issue", BANNER, said, via="import")
    return int(outcome.result["papers"][0]["paper"])


def _order(today: Any) -> Any:
    """整改通知: the demo's open report, answered, found and ordered to be corrected, and then put on paper."""
    from django.apps import apps

    from dutygate.base.actions.perform import perform
    from dutygate.features.papers.making import make_order
    from dutygate.features.papers.tests.stage import order_of
    from tests.browser.further import _acting

    report = apps.get_model("supervision", "HandoverReport")._default_manager.filter(state="asked").order_by("id")[0]
    examiner, body = _acting("jiwei", today), _acting("nongmu", today)

    def do(who: Any, action: str, **payload: Any) -> None:
        report.refresh_from_db()
        seen = report.version if who is examiner else report.steps
        perform(who, f"supervision.{action}", report.public_id, payload, expected={"report": seen}, via="import")

    letterhead(examiner, "阿荣旗纪委监委")
    do(body, "answer", text="电话通知过，没有报统一部署。")
    do(
        examiner,
        "find",
        outcome="handed_down",
        forms=["unauthorized"],
        text="未经统一部署，以电话形式要求乡镇按月报送台账。",
        matter="畜禽存栏报送",
    )
    do(examiner, "order_correction", text="停止要求乡镇按月报送。")
    report.refresh_from_db()
    do(examiner, "issue_order", template=0, content=order_of(examiner, report, today, report.finding_text, report.order_text))
    order = apps.get_model("papers", "OrderPaper")._default_manager.get(report=report)
    make_order(order.id)
    order.refresh_from_db()
    return order


def letterhead(who: Any, name: str) -> None:
    """By the lead, where there is none yet."""
    from dutygate.base.actions.perform import perform
    from dutygate.features.papers.queries import public_letterhead
    from tests.browser.further import _acting

    if public_letterhead(who.unit_id) is not None:
        return
    from dutygate.base.actions.clock import now
    from dutygate.base.actions.days import local_day

    head = {"mark_document": f"{name}文件", "mark_letter": name, "printed_by": name}
    head |= {"code_document": f"阿{who.unit.partition('.')[2][:6]}发", "code_letter": f"阿{who.unit.partition('.')[2][:6]}函"}
    perform(_acting("bianban", local_day(now())), "document.set_letterhead", BANNER, {"unit": who.unit, **head}, via="import")


def _keep(folder: Path, name: str, paper: Any) -> None:
    from dutygate.base.documents.storage import kept_bytes

    for kind in ("docx", "pdf"):
        data = kept_bytes(getattr(paper, kind))
        assert data is not None
        (folder / f"{name}.{kind}").write_bytes(data)
    plain = {"kind": name, "number": paper.number, "content": paper.content, "head": paper.head}
    (folder / f"{name}.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
