"""3, 6: the yearly report is a paper of the lead, one for each body, with the figures of its board and nothing of the reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dutygate.base.catalogue.errors import NotDone
from dutygate.base.documents.storage import open_kept
from dutygate.features.papers.case_words import Given
from dutygate.features.papers.drawing import Asked, draw
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.making import make
from dutygate.features.papers.models import Paper
from dutygate.features.papers.queries import papers_visible
from dutygate.features.papers.tests.stage import drawn, issue, letterhead
from dutygate.features.papers.tests.standard import check_docx, check_pdf
from tests.journey import Journey
from tests.pages.signed_in import browser_of, press, text
from tests.supervision import MARKER, Reported, with_oversight
from tests.world import World

KIND = "yearly_report"


def words(paper: Paper) -> str:
    return "\n".join(block["text"] for block in paper.content["blocks"])


def test_one_paper_for_each_body_with_the_figures_of_the_year(world: World, journey: Callable[..., Journey], files: Path) -> None:
    place = with_oversight(world)
    letterhead(place, "lead")
    journey().up_to("done")
    under_way = journey().up_to("reviewing")
    with pytest.raises(NotDone):
        under_way.do("lead", "review.conclude", outcome="admit", text="拟准予。")
    Reported(place)
    papers = issue(place, "lead", KIND)
    assert [paper.content["to"] for paper in papers] == ["中共阿荣旗委员会", "阿荣旗人民政府", "呼伦贝尔市人民政府"]
    year = place.today.year
    for paper in papers:
        assert paper.title == f"关于{year}年乡镇职责准入工作情况的报告"
        assert f"{year}年立卷2件，办结1件：准予1件，不予0件，撤回0件。现在没有办结的1件。其中审核中1件。" in words(paper)
        assert "线索" not in str(paper.content) and MARKER not in str(paper.content)
        assert [annex["title"] for annex in paper.content["annexes"]] == [
            *("办件在哪一步", "不合规定的办理", "各乡镇承担的事项和经费", "各部门保障兑现情况"),
        ]
        assert "没有办成的办理1次。其中不合第四条（二）的" in words(paper), words(paper)[150:400]
    make(papers[0].id)
    paper = Paper.objects.get(pk=papers[0].id)
    docx, pdf = open_kept(paper.docx), open_kept(paper.pdf)
    assert docx is not None and pdf is not None
    check_docx(docx.data, paper)
    check_pdf(pdf.data, paper)
    for who, number in (("committee", 1), ("city", 3), ("forestry", 0), ("naji", 0)):
        assert papers_visible(place.people[who]).filter(kind=KIND).count() == number, who


def test_nobody_but_the_lead_reports_and_no_year_that_is_not_there(world: World, journey: Callable[..., Journey]) -> None:
    letterhead(world, "lead", "forestry")
    assert draw(world.people["lead"], kinds()[KIND], Asked(year=world.today.year - 1), Given(world.today)) == []
    papers = drawn(world, "lead", KIND)
    with pytest.raises(NotDone):
        issue(world, "forestry", KIND, papers=papers)


@pytest.mark.page
def test_from_the_board_to_the_issued_paper(world: World, journey: Callable[..., Journey], files: Path) -> None:
    letterhead(world, "lead")
    journey().up_to("applied")
    client = browser_of(world.people["lead"])
    year = world.today.year
    assert f'href="/papers/new/{KIND}/?year={year}"' in text(client.get("/board/"))
    path = f"/papers/new/{KIND}/?year={year}"
    page = client.get(path)
    assert f"{year}年立卷1件" in text(page) and "中共阿荣旗委员会" in text(page)
    sent = press(client, path, page, signatory="王建国", recipients=["150721.committee_office"])
    assert sent.status_code == 302
    assert [paper.content["to"] for paper in Paper.objects.filter(kind=KIND)] == ["中共阿荣旗委员会"]
    assert client.get(f"/papers/draft/{KIND}.docx?year={year}").status_code == 200
