"""第八条: an order of correction as a paper. It is set by GB/T 9704-2012 like any other, goes to the body ordered alone, says nothing of
who reported, and neither its number nor anything at its foot counts what else there is.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.base.documents.storage import kept_bytes
from dutygate.base.documents.tests.samples import pdf
from dutygate.base.register.queries import public_printed
from dutygate.base.register.verify import verify_all
from dutygate.features.papers.making import make_order, make_waiting
from dutygate.features.papers.models import NumberSeries, OrderPaper, Paper
from dutygate.features.papers.orders import KIND
from dutygate.features.papers.queries import orders_of_report, orders_visible, public_orders_waiting
from dutygate.features.papers.tests.stage import issue_order, letterhead, order_content
from dutygate.features.papers.tests.standard import check_docx, check_pdf
from dutygate.features.papers.verifying import ISSUED, NOT_ISSUED, VOID, verified
from dutygate.features.supervision.queries import here
from tests.pages.signed_in import browser_of, hidden
from tests.pdf_reading import words_of
from tests.rows import rows
from tests.supervision import MARKER, PDF, Reported, a_mandate, brought, with_oversight
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def place(world: World) -> World:
    with_oversight(world)
    letterhead(world, "discipline", code_document="阿纪发", code_letter="阿纪函")
    return world


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


@pytest.mark.page
def test_it_is_set_by_the_standard_and_verified(place: World) -> None:
    report = Reported(place).up_to("ordered")
    paper = issue_order(place, report)
    assert KIND == "correction_order"
    assert paper.number == f"阿纪整改（{short(place, 'forestry')}）〔{place.today.year}〕1号"
    stored = rows("documents.StoredFile").count()
    make_waiting()
    paper.refresh_from_db()
    assert rows("documents.StoredFile").count() == stored, "no row and no name tells of its files"
    docx, pdf = kept_bytes(paper.docx), kept_bytes(paper.pdf)
    assert docx is not None and pdf is not None
    check_docx(docx, paper)
    pages = check_pdf(pdf, paper)
    said, foot = words_of(pages), "".join(text for page in pages for _y, text in page.lines()).replace(" ", "")
    for words in (
        "阿荣旗林业和草原局：",
        "上周五发文要求签责任状",
        "第七条",
        "第八条",
        "撤回责任状。",
        "防火巡查",
        "（含当天）",
        "阿荣旗纪委监委",
    ):
        assert words in said, words
    assert MARKER not in said and "那吉" not in said
    printed = public_printed(paper.entry)
    chain, number, mark = printed.split(":")
    assert f"保密登记簿{mark}" in foot.replace("　", "") and chain not in foot and f":{number}:" not in foot, (
        "the entry's hash, and no number that counts"
    )
    for data in (docx, pdf):
        answer = verified(data)
        assert answer.status == ISSUED and paper.number in answer.lines[0]
        assert report.id not in str(answer.lines) and f"{chain}:" not in str(answer.lines) and MARKER not in str(answer.lines)
    assert verified(pdf[:-1] + b" ").status == NOT_ISSUED
    report.do("discipline", "void_order", reason="印错了期限")
    assert verified(pdf).status == VOID
    again = issue_order(place, report)
    assert again.ordinal == 2, "a void number is not drawn again"
    OrderPaper.objects.filter(pk=paper.pk).update(title="x", content={**paper.content, "title": "x"})
    assert verified(pdf).status == NOT_ISSUED, "a row that was changed behind the register is not believed"
    assert {(one.table, one.column) for one in replay().differences} == {("papers_orderpaper", "title"), ("papers_orderpaper", "content")}


def short(place: World, role: str) -> str:
    found = here(place.people["discipline"], place.today).directory
    return found.short_name_on(place.people[role].unit_id or 0, place.today)


def test_who_reads_it_and_whom_its_number_counts(place: World) -> None:
    letterhead(place, "lead")
    a_mandate(place)
    first, other = Reported(place).up_to("ordered"), Reported(place, body="lead").up_to("ordered")
    second = Reported(place, by="yadong").up_to("ordered", examiner="lead")
    papers = [issue_order(place, first), issue_order(place, other), issue_order(place, second, "lead")]
    assert [paper.ordinal for paper in papers] == [1, 1, 1], "each addressee has numbers of its own from each office"
    assert len({paper.number for paper in papers}) == 3
    third = Reported(place).up_to("ordered")
    assert issue_order(place, third).ordinal == 2

    def read(who: str, report: Reported) -> list[str]:
        viewer = place.people[who]
        try:
            return [one.number for one in orders_of_report(viewer, here(viewer, place.today), report.id)]
        except NotFound:
            return ["404"]

    assert {who: read(who, first) for who in ("discipline", "lead", "forestry", "naji", "naji2", "yadong", "committee", "outsider")} == {
        **dict.fromkeys(("discipline", "lead", "forestry"), [papers[0].number]),
        **{"naji": [], "naji2": ["404"], "yadong": ["404"], "committee": ["404"], "outsider": ["404"]},
    }
    assert read("lead", other) == [papers[1].number] and read("forestry", other) == ["404"]
    viewer = place.people["naji"]
    assert list(orders_visible(viewer, here(viewer, place.today))) == []
    assert {one.number for one in orders_visible(place.people["lead"], here(place.people["lead"], place.today))} == {
        paper.number for paper in OrderPaper.objects.all()
    }
    assert NumberSeries.objects.count() == Paper.objects.count() == 0, "no number of any series that others can see"
    assert [check.holds for check in verify_all()] == [] and replay().holds
    assert len(public_orders_waiting(10)) == 4


def test_what_is_refused(place: World) -> None:
    report = Reported(place).up_to("found")
    with pytest.raises(Conflict):
        issue_order(place, report)
    report.up_to("ordered")
    for words in ("那吉镇反映：要求签责任状", f"据{name_of(place, 'naji')}说，要求签责任状"):
        with pytest.raises(Refused) as named:
            issue_order(place, report, facts=words)
        assert codes(named) == ["order_names_the_reporter"]
    with pytest.raises(Refused) as stale:
        issue_order(place, report, template=3)
    assert codes(stale) == ["template_not_in_force"]
    with pytest.raises(NotAllowed):
        issue_order(place, report, "lead")
    with pytest.raises(NotAllowed):
        report.do("forestry", "issue_order", template=0, content=order_content(place, report))
    with pytest.raises(NotFound):
        perform(
            place.people["yadong"],
            "supervision.issue_order",
            report.id,
            {"template": 0, "content": order_content(place, report)},
            via="api",
        )
    with pytest.raises(NotFound):
        report.do("discipline", "void_order", reason="没有")
    issue_order(place, report)
    with pytest.raises(Refused) as twice:
        issue_order(place, report)
    assert codes(twice) == ["order_stands_already"]
    with pytest.raises(Refused) as bare:
        report.do("discipline", "void_order")
    assert codes(bare) == ["number_void_without_reason"]
    paper = [{"content": order_content(place, report), "to": [place.key("forestry")]}]
    with pytest.raises(Malformed):
        perform(place.people["lead"], "document.issue", BANNER, {"kind": KIND, "template": 0, "papers": paper}, via="api")
    with pytest.raises(NotAllowed):
        perform(place.people["discipline"], "supervision.order_made", BANNER, {"paper": "1", "docx": "0" * 64}, via="api")


def name_of(place: World, role: str) -> str:
    from dutygate.base.organizations.queries import public_names_of

    user = place.people[role].user_id or 0
    return public_names_of([user])[user]


def test_the_sealed_paper_is_attached_and_verified(place: World) -> None:
    report = Reported(place).up_to("ordered")
    sealed, again = brought(place, "discipline"), brought(place, "discipline", pdf(b"2"))
    with pytest.raises(NotFound):
        report.do("discipline", "attach_order_scan", files=[sealed])
    paper = issue_order(place, report)
    assert verified(PDF).status == NOT_ISSUED
    stored = rows("documents.StoredFile").count()
    for scan in (sealed, again, sealed):
        report.do("discipline", "attach_order_scan", files=[scan])
    paper.refresh_from_db()
    assert paper.scan == sealed and rows("documents.StoredFile").count() == stored, "no row and no name tells of it"
    answer = verified(PDF)
    assert answer.status == ISSUED and answer.lines == (
        f"{paper.number} {paper.title}: the sealed paper as scanned, issued on the confidential chain",
    )
    for files in ([], [sealed, again], ["0" * 64], [brought(place, "naji", pdf(b"3"))]):
        with pytest.raises(Malformed) as wrong:
            report.do("discipline", "attach_order_scan", files=files)
        assert [where for where, _why in wrong.value.fields] == ["files"], files
    with pytest.raises(NotAllowed):
        report.do("forestry", "attach_order_scan", files=[brought(place, "forestry")])
    report.up_to("corrected").do("discipline", "attach_order_scan", files=[again])
    report.do("discipline", "void_order", reason="印错了")
    with pytest.raises(NotFound):
        report.do("discipline", "attach_order_scan", files=[sealed])
    assert replay().holds and [one.holds for one in verify_all()] == []


def test_without_a_letterhead_there_is_a_draft_and_no_number(world: World) -> None:
    place = with_oversight(world)
    report = Reported(place).up_to("ordered")
    with pytest.raises(Refused) as refused:
        issue_order(place, report)
    assert codes(refused) == ["letterhead_missing"] and OrderPaper.objects.count() == 0
    client = browser_of(place.people["discipline"])
    assert "还没有版头" in client.get(f"/reports/{report.id}/").content.decode()
    assert client.get(f"/papers/orders/{report.id}/draft.docx").status_code == 200


@pytest.mark.page
def test_on_the_pages(place: World) -> None:
    """From the order to the paper by the form, and what each side finds of it."""
    report = Reported(place).up_to("found")
    client = browser_of(place.people["discipline"])
    where = f"/papers/orders/{report.id}"
    assert client.get(f"{where}/new/").status_code == 404, "nothing is ordered yet"
    report.up_to("ordered")
    shown = client.get(f"/reports/{report.id}/").content.decode()
    assert f"{where}/new/" in shown and "制发整改通知" in shown
    form = client.get(f"{where}/new/")
    said = form.content.decode()
    assert "关于责令纠正违反规定交办事项的通知" in said and "撤回责任状" in said
    data = {**hidden(form), "facts": "发文要求签责任状", "demand": "撤回责任状", "dated_on": place.today.isoformat(), "_intent": "do"}
    named = client.post(f"{where}/new/", {**data, "facts": "那吉镇反映，要求签责任状"})
    assert named.status_code == 422 and "那吉镇反映，要求签责任状" in named.content.decode(), "the form comes back as typed"
    done = client.post(f"{where}/new/", {**data, **hidden(named)})
    assert (done.status_code, done["Location"]) == (302, f"{where}/1/")
    paper = OrderPaper.objects.get()
    assert paper.docx and make_order(paper.id)
    body = browser_of(place.people["forestry"])
    for browser in (client, body):
        assert paper.number in browser.get(f"/reports/{report.id}/").content.decode()
        page = browser.get(f"{where}/1/").content.decode()
        assert paper.number in page and "撤回责任状" in page
        assert browser.get(f"{where}/1/file.docx").status_code == 200
        assert paper.number in browser.get("/papers/orders/").content.decode()
    assert MARKER not in body.get(f"{where}/1/").content.decode()
    scan = client.get(f"{where}/scan/")
    bare = client.post(f"{where}/scan/", {**hidden(scan), "_intent": "do"})
    assert bare.status_code == 422 and "请选择盖章以后的扫描件" in bare.content.decode()
    refused = client.post(f"{where}/scan/", {**hidden(bare), "scan_file": SimpleUploadedFile("章.pdf", b"no paper"), "_intent": "do"})
    assert refused.status_code == 422 and body.get(f"{where}/1/file.scan").status_code == 404
    attached = client.post(f"{where}/scan/", {**hidden(refused), "scan_file": SimpleUploadedFile("章.pdf", PDF), "_intent": "do"})
    assert attached.status_code == 302
    assert f"{where}/1/file.scan" in client.get(f"/reports/{report.id}/").content.decode()
    sealed = body.get(f"{where}/1/file.scan")
    assert b"".join(sealed) == PDF and "章" not in sealed["Content-Disposition"]
    assert body.get(f"{where}/new/").status_code == body.get(f"{where}/void/").status_code == 404
    for who in ("naji", "naji2", "yadong", "committee"):
        other = browser_of(place.people[who])
        assert [
            other.get(f"{where}/{end}").status_code
            for end in ("1/", "1/file.docx", "1/file.pdf", "1/file.scan", "new/", "draft.pdf", "scan/", "void/")
        ] == [404] * 8
        assert paper.number not in other.get("/papers/orders/").content.decode()
    assert Client().get(f"{where}/1/").status_code == 302
    void = client.get(f"{where}/void/")
    assert client.post(f"{where}/void/", {**hidden(void), "reason": "印错", "_intent": "do"}).status_code == 302
    assert "印错" in body.get(f"{where}/1/").content.decode()
