"""Letterheads, papers and their files, for tests: by the right people, through the one door."""

from __future__ import annotations

from datetime import date
from typing import Any

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.action import ActingPost
from dutygate.features.papers.case_words import Given
from dutygate.features.papers.drawing import Asked, draw
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.models import OrderPaper, Paper
from dutygate.features.papers.queries import public_template
from tests.supervision import Reported
from tests.world import BANNER, World

CODES = {
    "forestry": ("阿林草发", "阿林草函"),
    "lead": ("阿编发", "阿编函"),
    "legal": ("阿司发", "阿司函"),
    "government": ("阿政发", "阿政函"),
}


def letterhead(world: World, *roles: str, **given: Any) -> None:
    """Set by the lead, for the units of these roles."""
    for role in roles:
        acting = world.people[role]
        document, letter = CODES.get(role, (f"{role[:8]}发", f"{role[:8]}函"))
        name = name_of(world, acting)
        said = {"mark_document": f"{name}文件", "mark_letter": name, "code_document": document, "code_letter": letter, "printed_by": name}
        perform(world.people["lead"], "document.set_letterhead", BANNER, {"unit": acting.unit, **said, **given}, via="import")


def name_of(world: World, acting: ActingPost) -> str:
    from dutygate.features.cases.sections import directory_now

    return directory_now(acting).name_on(acting.unit_id or 0, world.today)


def drawn(world: World, role: str, kind: str, *cases: str, **more: Any) -> list[dict[str, Any]]:
    """The papers of a payload, as the page draws them up."""
    asked = Asked(cases, tuple(more.pop("townships", ())), more.pop("as_of", world.today), more.pop("meeting", ""))
    found = draw(world.people[role], kinds()[kind], asked, Given(world.today, **more))
    return [{"content": one.content.model_dump(mode="json"), "to": list(one.to), "cc": list(one.cc)} for one in found]


def issue(world: World, role: str, kind: str, *cases: str, papers: list[dict[str, Any]] | None = None, **said: Any) -> list[Paper]:
    """Issued; not set yet."""
    papers = drawn(world, role, kind, *cases) if papers is None else papers
    template = public_template(world.people[role].jurisdiction_id, kinds()[kind]).ordinal
    given = {"kind": kind, "cases": cases, "template": template, "papers": papers, **said}
    if kinds()[kind].upward:
        given = {"signatory": "王建国", **given}
    outcome = perform(world.people[role], "document.issue", BANNER, given, via="import")
    return [Paper.objects.get(pk=int(one["paper"])) for one in outcome.result["papers"]]


def order_of(examiner: ActingPost, report: Any, today: date, facts: str, demand: str, remark: str = "") -> dict[str, Any]:
    """An order of correction about that row, as the page draws it up."""
    from dutygate.features.papers.orders import KIND, drafted_order
    from dutygate.features.supervision.queries import here

    found = here(examiner, today)
    drawn = drafted_order(
        public_template(examiner.jurisdiction_id, kinds()[KIND]),
        found.directory,
        found.edition,
        report.body_id,
        found.directory.name_on(examiner.unit_id or 0, today),
        dated_on=today,
        facts=facts,
        demand=demand,
        forms=report.finding_forms,
        correct_by=report.correct_by,
        matter=report.matter,
        remark=remark,
    )
    return drawn.model_dump(mode="json")


def order_content(place: World, report: Reported, who: str = "discipline", facts: str = "上周五发文要求签责任状") -> dict[str, Any]:
    """The same of a report of the tests."""
    return order_of(place.people[who], report.row, place.today, facts, "撤回责任状。\n书面告知有关乡镇。")


def issue_order(place: World, report: Reported, who: str = "discipline", template: int = 0, **said: str) -> OrderPaper:
    """Issued; not set yet."""
    report.do(who, "issue_order", template=template, content=order_content(place, report, who, **said))
    return OrderPaper.objects.filter(report=report.row).order_by("-id")[0]
