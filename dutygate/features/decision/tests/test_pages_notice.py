"""书面告知与签收 on the page (Articles 4.2, 4.4): everybody is found and ticked, the receipt is one button, the last one ends the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.documents.tests.samples import pdf
from dutygate.base.notices.receipts import notice_of, receipts_of
from dutygate.base.organizations.queries import forget_directories
from tests.journey import Journey
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.rows import rows
from tests.world import World, create_world

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


@pytest.fixture
def all_twelve(db: Any) -> Iterator[World]:
    """阿荣旗 with its twelve townships."""
    yield create_world(12)
    forget_directories()
    forget_kept_editions()


def issue(case: Journey) -> tuple[Any, str]:
    return browser_of(case.people["lead"]), f"/cases/{case.number}/do/notice.issue/"


def test_the_notice_is_drafted_everybody_is_ticked_and_the_duty_enters_the_lists(journey: Start) -> None:
    case = journey().up_to("approved")
    client, path = issue(case)
    page = client.get(path)
    found, said = form_of(page), text(page)
    assert {"150721.forestry", "150721.naji", "150721.liuhe", "150721.yadong", "150721.justice", "150721.finance"} <= set(
        found["addressees"]
    )
    assert "150721.lead_office" not in found["addressees"] and found["list_name"] == ["duties"]
    draft = found["text"][0]
    for words in ("关于“林草防火宣传”准予准入的告知书", "市政府批准", "那吉镇、六合镇、亚东镇", "签收即为接手", "第四条（四）"):
        assert words in draft, words
    assert "告知一发出，这件事就列入下列乡镇的清单" in said
    answer = press(client, path, page, document_number="阿编办函〔2026〕1号")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/cases/{case.number}/papers/"
    assert rows("lists.ListEntry").count() == 3
    assert notice_of(case.case.id).text == draft
    tab = text(client.get(f"/cases/{case.number}/papers/"))
    assert "150721-D-0001" in tab and "阿编办函〔2026〕1号" in tab and "还没有签收" in tab


def test_an_addressee_left_out_is_refused_by_name_and_the_text_is_kept(journey: Start) -> None:
    case = journey().up_to("approved")
    client, path = issue(case)
    page = client.get(path)
    fewer = [key for key in form_of(page)["addressees"] if key != "150721.yadong"]
    answer = press(client, path, page, document_number="一号", text="我写的告知。", addressees=fewer)
    assert answer.status_code == 422 and notice_of(case.case.id) is None
    assert "缺少“亚东镇”" in text(answer) and 'href="#f_addressees' in text(answer)
    assert form_of(answer)["text"] == ["我写的告知。"] and set(form_of(answer)["addressees"]) == set(fewer)


def test_with_nobody_ticked_nobody_is_put_in_silently(journey: Start) -> None:
    case = journey().up_to("approved")
    client, path = issue(case)
    answer = press(client, path, document_number="一号", addressees=[])
    assert answer.status_code == 422 and notice_of(case.case.id) is None


def test_others_may_be_told_as_well(journey: Start) -> None:
    case = journey().up_to("approved")
    client, path = issue(case)
    assert press(client, path, document_number="一号", others=["150721.water"]).status_code == 302
    assert "water" in case.owing()


def test_a_refusal_is_told_with_its_reasons_and_enters_no_list(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide_banner("against", reasons=[{"text": "乡镇无力承担", "provision": "1"}])
    client, path = issue(case)
    page = client.get(path)
    draft = form_of(page)["text"][0]
    assert "不予准入的告知书" in draft and "1. 乡镇无力承担（第一条）" in draft and "list_name" not in form_of(page)
    assert press(client, path, page, document_number="一号").status_code == 302
    assert not rows("lists.ListEntry").exists()
    said = text(browser_of(case.people["naji"]).get(f"/cases/{case.number}/do/notice.acknowledge/"))
    assert "乡镇不承担" in said and "乡镇无力承担" in said


def test_it_is_issued_once(journey: Start) -> None:
    case = journey().up_to("approved")
    client, path = issue(case)
    opened = client.get(path)
    case.notify()
    page = client.get(path)
    assert "已经发出" in text(page) and 'class="act"' not in text(page) and f"/cases/{case.number}/papers/" in text(page)
    answer = press(client, path, opened, document_number="二号", text="迟到的告知")
    assert answer.status_code == 409 and "有了变动" in text(answer) and form_of(answer)["text"] == ["迟到的告知"]


def test_acknowledged_with_one_button(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify(text="请各单位遵照执行。")
    client, path = browser_of(case.people["naji"]), f"/cases/{case.number}/do/notice.acknowledge/"
    page = client.get(path)
    assert "签收就是接手。" in text(page) and "请各单位遵照执行。" in text(page)
    assert "那吉镇、六合镇、亚东镇" in text(page) and "没有终止日期" in text(page) and f"/cases/{case.number}/application/" in text(page)
    assert set(form_of(page)) == {"_mark", "_expected", "_seen", "_key"}
    assert press(client, path, page).status_code == 302
    assert "naji" not in case.owing()
    again = client.get(path)
    assert 'class="act"' not in text(again) and "看告知书和签收情况" in text(again)
    assert press(client, path, page).status_code == 302  # the same request sent twice is one receipt
    assert press(client, path, page, _key="another").status_code == 409
    assert rows("register.Entry", action="notice.acknowledge", outcome="permitted").count() == 1


def test_a_unit_that_does_not_take_it_over_is_told_so(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    page = text(browser_of(case.people["finance"]).get(f"/cases/{case.number}/do/notice.acknowledge/"))
    assert "签收就是接手。" not in page and "这件事不由本单位承担" in page


def test_a_paper_receipt_is_entered_by_the_lead(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    client = browser_of(case.people["lead"])
    papers = text(client.get(f"/cases/{case.number}/papers/"))
    path = f"/cases/{case.number}/do/notice.acknowledge/?for=150721.naji"
    assert f'href="{path}"' in papers
    page = client.get(path)
    paper = {"document_number": "回执一", "signed_on": str(case.world.today)}
    answer = press(client, path, page, **paper)
    assert answer.status_code == 422 and "代录必须附扫描件" in text(answer)
    scan = SimpleUploadedFile("回执.pdf", pdf(), content_type="application/pdf")
    assert press(client, path, answer, scan_file=scan).status_code == 302
    receipt = next(r for r in receipts_of(case.case.id) if r.unit_id == case.world.unit_id("naji"))
    assert receipt.entered_for and receipt.scan
    tab = text(client.get(f"/cases/{case.number}/papers/"))
    assert "纸质回执，代录：lead" in tab and "回执.pdf" in tab


def test_the_receipts_of_twelve_townships_end_the_case(all_twelve: World) -> None:
    case = Journey(all_twelve).up_to("approved")
    case.notify()
    path = f"/cases/{case.number}/do/notice.acknowledge/"
    owing = case.owing()
    assert len(owing) == 12 + 4
    for place, role in enumerate(owing, 1):
        assert case.state == "approved"
        answer = press(browser_of(case.people[role]), path)
        assert answer.status_code == 302, (place, role)
    assert case.state == "done"
    page = text(browser_of(case.people["lead"]).get(f"/cases/{case.number}/papers/"))
    assert "还没有签收" not in page and page.count("xinfa") == 2, "who opened it, and who acknowledged it"


def test_a_township_reads_its_own_receipt_and_no_other_townships_scans(journey: Start) -> None:
    case = journey()
    case.open()
    case.fill()
    case.request()
    case.reply("liuhe", "yadong")
    case.do("forestry", "consultation.reply", answer="agree", **case.on_paper("forestry", "150721.naji"))
    own, other = (text(browser_of(case.people[who]).get(f"/cases/{case.number}/papers/")) for who in ("naji", "liuhe"))
    assert "原件.pdf" in own and "录入单位：阿荣旗林业和草原局" in own
    assert "原件.pdf" not in other and "还没有书面告知" in other


def test_for_whom_there_is_nothing_to_acknowledge(journey: Start) -> None:
    case = journey().up_to("approved")
    case.notify()
    path = f"/cases/{case.number}/do/notice.acknowledge/"
    assert browser_of(case.people["outsider"]).get(path).status_code == 404
    answer = browser_of(case.people["committee"]).get(path)
    assert answer.status_code == 403 and "不归您现在的岗位办" in text(answer)


@pytest.mark.parametrize("path", ["papers/", "do/notice.issue/", "do/notice.acknowledge/"])
def test_the_pages_cost_the_same_however_many_townships(journey: Start, path: str) -> None:
    found = []
    for townships in (("naji",), ("naji", "liuhe", "yadong")):
        case = journey(townships=townships).up_to("approved")
        if path != "do/notice.issue/":
            case.notify()
            case.acknowledge("finance")
        who = "naji" if "acknowledge" in path else "lead"
        client, where = browser_of(case.people[who]), f"/cases/{case.number}/{path}"
        client.get(where)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(where).status_code == 200
        found.append(len(seen))
    assert found[0] == found[1]


def test_english(journey: Start) -> None:
    case = journey().up_to("approved")
    client, path = issue(case)
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get(path))
    assert "Units that must be told" in page and "List of township duties" in page and "With the notice the duty enters the lists" in page
    case.notify()
    assert "Acknowledging is taking over." in text(client.get(f"/cases/{case.number}/papers/"))
