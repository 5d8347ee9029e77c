"""第四条: who reads a paper, whether a file is the one that was issued, and templates that an office changes in Word."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotFound, Refused
from dutygate.base.documents.official.template import as_template, read_template
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.documents.storage import open_kept, path_of, store
from dutygate.base.documents.tests.samples import pdf, png
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.making import make
from dutygate.features.papers.models import Paper
from dutygate.features.papers.queries import paper_visible, papers_of_case, papers_visible
from dutygate.features.papers.tests.stage import drawn, issue, letterhead
from dutygate.features.papers.verifying import ISSUED, NOT_ISSUED, VOID, verified
from tests.journey import Journey
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SOURCE = kinds()["gaps_notice"]


def one_letter(world: World) -> tuple[Journey, Paper]:
    letterhead(world, "forestry")
    journey = Journey(world).up_to("consulting")
    papers = drawn(world, "forestry", "consultation_letter", journey.number)
    assert len(papers) == 3
    return journey, issue(world, "forestry", "consultation_letter", journey.number, papers=papers)[0]


def test_who_reads_a_paper(world: World) -> None:
    journey, paper = one_letter(world)
    readers = {role for role in world.people if paper in papers_visible(world.people[role])}
    assert {"forestry", "naji", "lead", "city"} <= readers
    assert not readers & {"liuhe", "yadong", "outsider", "water", "legal", "services", "system_admin", "audit_admin"}
    with pytest.raises(NotFound):
        paper_visible(world.people["liuhe"], paper.id)
    assert [one.id for one in papers_of_case(world.people["naji"], journey.case.id)] == [paper.id]
    assert len(papers_of_case(world.people["lead"], journey.case.id)) == 3


def test_a_file_is_or_is_not_the_one_that_was_issued(world: World) -> None:
    _journey, paper = one_letter(world)
    make(paper.id)
    paper.refresh_from_db()
    opened = open_kept(paper.pdf)
    assert opened is not None
    answer = verified(opened.data)
    assert answer.status == ISSUED and paper.number in answer.lines[0]
    altered = verified(opened.data[:-1] + b" ")
    assert altered.status == NOT_ISSUED and "not issued here" in altered.lines[0]
    perform(world.people["forestry"], "document.void", BANNER, {"paper": str(paper.id), "reason": "印错"}, via="import")
    assert verified(opened.data).status == VOID
    Paper.objects.filter(pk=paper.pk).update(content={**paper.content, "title": "另一个标题"})
    behind = verified(opened.data)
    assert behind.status == NOT_ISSUED and "does not hold" in behind.lines[-1], "a row that was changed behind the register is not believed"


def test_what_is_made_is_made_once(world: World) -> None:
    _journey, paper = one_letter(world)
    make(paper.id)
    paper.refresh_from_db()
    first = (paper.docx, paper.pdf)
    assert make(paper.id)
    paper.refresh_from_db()
    assert (paper.docx, paper.pdf) == first and paper.typefaces
    assert path_of(paper.pdf).exists()
    with pytest.raises(NotAllowed):
        perform(world.people["lead"], "document.made", BANNER, {"paper": str(paper.id), "pdf": "0" * 64}, via="cli")
    scan = store(world.people["forestry"], "盖章.pdf", io.BytesIO(pdf()), clock.now()).digest
    with pytest.raises(NotAllowed):
        perform(world.people["naji"], "document.attach_scan", BANNER, {"paper": str(paper.id), "scan": scan}, via="import")
    perform(world.people["forestry"], "document.attach_scan", BANNER, {"paper": str(paper.id), "scan": scan}, via="import")
    paper.refresh_from_db()
    assert paper.scan == scan
    assert replay().holds


def changed(find: str, new: str) -> bytes:
    """The shipped template as an office changes it in Word."""
    document = docx.Document(io.BytesIO(as_template(SOURCE.lines)))
    line = next(p for p in document.paragraphs if find in p.text)
    for run in line.runs[1:]:
        run.text = ""
    line.runs[0].text = line.text.replace(find, new)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def adopt(world: World, data: bytes, who: str = "lead", **given: Any) -> Any:
    digest = store(world.people["lead"], "模板.docx", io.BytesIO(data), clock.now()).digest
    said = {"kind": "gaps_notice", "file": digest, **given}
    return perform(world.people[who], "document.adopt_template", BANNER, said, via="import")


def test_an_office_changes_a_template(world: World) -> None:
    letterhead(world, "lead")
    assert read_template(as_template(SOURCE.lines)) == SOURCE.lines, "what is handed out is what is read"
    adopt(world, changed("请补正后重新提交", "请在收到本通知后补正，重新提交"), note="语气")
    journey = Journey(world).up_to("applied")
    journey.do("lead", "review.return", gaps=[{"item": "workflow", "text": "缺频次"}])
    papers = drawn(world, "lead", "gaps_notice", journey.number)
    assert "请在收到本通知后补正，重新提交" in str(papers[0]["content"])
    paper = issue(world, "lead", "gaps_notice", journey.number, papers=papers)[0]
    assert paper.template == 1
    perform(world.people["lead"], "document.adopt_template", BANNER, {"kind": "gaps_notice"}, via="import")
    assert "请补正后重新提交" in str(drawn(world, "lead", "gaps_notice", journey.number)), "back to the one that comes with the system"
    assert replay().holds


@pytest.mark.parametrize(
    ("find", "new", "codes"),
    [
        ("{{补正}}", "{{领导批示}}和{{密级}}", ["template_unknown_placeholders"]),
        ("{{补正}}", "{{补正", ["template_braces_do_not_close"]),
    ],
)
def test_a_template_that_is_not_whole_is_refused(world: World, find: str, new: str, codes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        adopt(world, changed(find, new))
    assert [found.code for found in refused.value.findings] == codes
    if "领导批示" in new:
        assert refused.value.findings[0].params["names"] == "领导批示、密级", "each by its name"


def test_what_is_no_template(world: World) -> None:
    document = docx.Document(io.BytesIO(as_template(SOURCE.lines)))
    document.add_table(1, 2)
    into = io.BytesIO()
    document.save(into)
    with pytest.raises(FileNotAccepted) as table:
        adopt(world, into.getvalue())
    assert table.value.reason == "template_has_more_than_text"
    with pytest.raises(Malformed):
        adopt(world, pdf())
    with pytest.raises(NotAllowed):
        adopt(world, as_template(SOURCE.lines), who="forestry", file="")
    with pytest.raises(Refused) as bare:
        adopt(world, as_template([line for line in SOURCE.lines if line.part != "title"]))
    assert [found.code for found in bare.value.findings] == ["template_lacks_a_part"]


def test_a_mongolian_line_is_a_picture_or_none(world: World) -> None:
    lead = world.people["lead"]
    picture = store(lead, "蒙古文.png", io.BytesIO(png()), clock.now()).digest
    scan = store(lead, "扫描.pdf", io.BytesIO(pdf()), clock.now()).digest
    with pytest.raises(Malformed):
        letterhead(world, "forestry", mongolian_image=scan)
    letterhead(world, "forestry", mongolian_image=picture)
    journey = Journey(world).up_to("consulting")
    paper = issue(world, "forestry", "consultation_letter", journey.number)[0]
    assert make(paper.id), "set with the picture"
    paper.refresh_from_db()
    opened = open_kept(paper.docx)
    assert opened is not None
    assert "<w:drawing>" in docx.Document(io.BytesIO(opened.data)).sections[0].first_page_header._element.xml
    assert replay().holds
