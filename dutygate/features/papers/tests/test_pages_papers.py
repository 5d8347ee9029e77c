"""第四条: from the case to the paper in hand: offered, shown, numbered and downloaded by whoever may, and by nobody else."""

from __future__ import annotations

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.documents.official.template import as_template
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.making import make_waiting
from dutygate.features.papers.models import Paper
from dutygate.features.papers.tests.stage import drawn, issue, letterhead
from tests.journey import Journey
from tests.pages.signed_in import browser_of, send, text
from tests.rows import rows
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_a_department_issues_its_letters(world: World) -> None:
    journey = Journey(world).up_to("consulting")
    tab, new = f"/cases/{journey.number}/documents/", f"/papers/new/consultation_letter/?case={journey.number}"
    forestry = browser_of(world.people["forestry"])
    assert "还没有版头和代字" in text(forestry.get(tab)) and "/papers/new/consultation_letter/" in text(forestry.get(tab))
    refused = send(forestry, new, **{"dated_on": str(world.today), "recipients": [world.key("naji")]})
    assert refused.status_code == 422 and "还没有版头" in text(refused)
    letterhead(world, "forestry")
    shown = text(forestry.get(new))
    assert "关于征求“林草防火宣传”准入意见的函" in shown and "还没有版头" not in shown
    nothing = send(forestry, new, **{"dated_on": str(world.today), "recipients": []})
    assert nothing.status_code == 422
    done = send(forestry, new, **{"dated_on": str(world.today), "recipients": [world.key("naji")], "remark": "请一并说明人手。"})
    paper = Paper.objects.get()
    assert done.status_code == 302 and done["Location"] == f"/papers/{paper.id}/" and paper.pdf, "one paper is set while she waits"
    said = text(forestry.get(f"/papers/{paper.id}/"))
    assert paper.number in said and "请一并说明人手" in said and paper.content_digest in said and "代用字体" in said
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = forestry.get(f"/papers/{paper.id}/file.{kind}")
        assert answer.status_code == 200 and answer.content.startswith(begins)
    assert forestry.get(f"/papers/{paper.id}/file.scan").status_code == 404
    naji, liuhe = browser_of(world.people["naji"]), browser_of(world.people["liuhe"])
    assert naji.get(f"/papers/{paper.id}/file.pdf").status_code == 200 and paper.number in text(naji.get("/papers/"))
    assert naji.get(f"/papers/{paper.id}/do/document.void/").status_code == 403
    for where in (f"/papers/{paper.id}/", f"/papers/{paper.id}/file.pdf"):
        assert liuhe.get(where).status_code == 404, "what you may not see does not exist"
    assert paper.number not in text(liuhe.get(tab)) + text(liuhe.get("/papers/"))
    seen = forestry.get(new)
    rows("cases.Case", number=journey.number).update(version=99)
    stale = send(forestry, new, seen, dated_on=str(world.today), recipients=[world.key("naji")])
    assert stale.status_code == 409 and Paper.objects.count() == 1, "the case has moved on since she read the text"
    draft = forestry.get(f"/papers/draft/consultation_letter.docx?case={journey.number}")
    assert "没有登记" in docx.Document(io.BytesIO(draft.content)).sections[0].footer.paragraphs[1].text
    void = f"/papers/{paper.id}/do/document.void/"
    assert send(forestry, void, **{"reason": ""}).status_code == 422
    assert send(forestry, void, **{"reason": "印错"}).status_code == 302
    assert "印错" in text(forestry.get("/papers/numbers/"))


def test_a_batch_is_set_while_nobody_waits(world: World) -> None:
    letterhead(world, "forestry")
    journey = Journey(world).up_to("consulting")
    papers = issue(world, "forestry", "consultation_letter", journey.number)
    browser = browser_of(world.people["forestry"])
    where = f"/papers/batch/{papers[0].entry}/"
    first = text(browser.get(where))
    assert "0 / 3" in first and "正在排版" in first
    assert make_waiting(2) == 2
    assert "2 / 3" in text(browser.get(f"{where}now/"))
    assert make_waiting() == 1
    last = browser.get(f"{where}now/")
    assert "3 / 3" in text(last) and last["HX-Refresh"] == "true"
    assert browser_of(world.people["outsider"]).get(where).status_code == 404


def test_the_lead_keeps_letterheads_and_templates(world: World) -> None:
    lead, forestry = browser_of(world.people["lead"]), browser_of(world.people["forestry"])
    where = f"/papers/letterheads/{world.key('forestry')}/"
    assert forestry.get(where).status_code == 403 and forestry.get("/papers/templates/gaps_notice/").status_code == 403
    given = {"mark_document": "阿荣旗林业和草原局文件", "mark_letter": "阿荣旗林业和草原局", "code_document": "阿林草发"}
    given |= {
        "code_letter": "阿林草函",
        "colour": "c8102e",
        "printed_by": "阿荣旗林业和草原局办公室",
        "begins_at": "8",
        "begins_reason": "",
    }
    late = send(lead, where, **given)
    assert late.status_code == 422 and "没有写明以前各号" in text(late) and "阿林草函" in text(late), "nothing typed is lost"
    assert send(lead, where, **{**given, "begins_at": "1"}).status_code == 302
    assert "阿林草函" in text(forestry.get("/papers/letterheads/"))
    shipped = lead.get("/papers/templates/gaps_notice.docx")
    assert [p.text for p in docx.Document(io.BytesIO(shipped.content)).paragraphs] == [line.text for line in kinds()["gaps_notice"].lines]
    wrong = as_template(
        [line.model_copy(update={"text": line.text.replace("{{补正}}", "{{领导批示}}")}) for line in kinds()["gaps_notice"].lines]
    )
    refused = send(lead, "/papers/templates/gaps_notice/", **{"template_file": SimpleUploadedFile("模板.docx", wrong), "note": ""})
    assert refused.status_code == 422 and "领导批示" in text(refused)
    right = SimpleUploadedFile("模板.docx", shipped.content)
    assert send(lead, "/papers/templates/gaps_notice/", **{"template_file": right, "note": "照原样"}).status_code == 302
    assert re.search(r"版次：\s*1", text(lead.get("/papers/templates/")))
    assert lead.get("/papers/templates/gaps_notice.docx?version=1").status_code == 200
    assert lead.get("/papers/templates/gaps_notice.docx?version=9").status_code == 404


def test_thirty_papers_cost_a_page_no_more_than_three(world: World) -> None:
    letterhead(world, "forestry")
    journey = Journey(world).up_to("consulting")
    browser = browser_of(world.people["lead"])
    pages = ("/papers/", f"/cases/{journey.number}/documents/", "/papers/numbers/")

    def counted() -> list[int]:
        found = []
        for page in pages:
            browser.get(page)
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(page).status_code == 200
            found.append(len(caught))
        return found

    papers = drawn(world, "forestry", "consultation_letter", journey.number)
    issue(world, "forestry", "consultation_letter", journey.number, papers=papers)
    few = counted()
    issue(world, "forestry", "consultation_letter", journey.number, papers=papers * 10)
    assert counted() == few
