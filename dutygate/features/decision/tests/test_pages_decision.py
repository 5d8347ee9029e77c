"""报送与登记决定 on the page (Articles 1, 4.2, 4.3): the draft is ready, a refusal stands at its field, nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.drafts import own_drafts
from dutygate.base.documents.tests.samples import pdf
from dutygate.features.decision.models import Decision, Submission
from tests.journey import Journey
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def on(case: Journey, who: str, path: str = "") -> tuple[Any, str]:
    """A browser of that person, and the address of a page of the case."""
    return browser_of(case.people[who]), f"/cases/{case.number}/{path}"


def act(action: str) -> str:
    return f"do/{action}/"


def document(case: Journey) -> dict[str, str]:
    return {name: str(value) for name, value in case.paper().items()}


def at(page: str, field: str) -> str:
    """The part of a page that belongs to a field: its label, hints and what is wrong with it."""
    found = re.search(
        rf'<div class="field[^"]*">(?:(?!<div class="field).)*?(?:name="{field}"|id="f_{field}").*?(?=<div class="field|</form>)',
        page,
        re.DOTALL,
    )
    assert found, field
    return found[0]


# 报送


def test_the_request_to_the_banner_is_drafted_from_the_case(journey: Start) -> None:
    case = journey().up_to("concluded")
    client, path = on(case, "lead", act("decision.submit_to_banner"))
    draft = form_of(client.get(path))["text"][0]
    for said in (
        "旗委、旗政府：",
        "林草防火宣传",
        "那吉镇、六合镇、亚东镇",
        "阿党办发〔2024〕15号",
        "第四条（二）",
        "拟准予准入。",
        "妥否，请批示。",
        "编制委员会办公室",
    ):
        assert said in draft, said
    answer = press(client, path, document_number="阿编办〔2026〕1号")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/cases/{case.number}/decision/"
    assert case.state == "banner_decision"
    assert Submission.objects.get().text.startswith("关于“林草防火宣传”职责准入的请示")


def test_without_a_number_it_comes_back_with_article_and_text(journey: Start) -> None:
    case = journey().up_to("concluded")
    client, path = on(case, "lead", act("decision.submit_to_banner"))
    answer = press(client, path, text="改过的请示。")
    page = text(answer)
    assert answer.status_code == 422 and case.state == "concluded"
    assert "还没有填写“文号”" in at(page, "document_number") and "第四条（三）" in at(page, "document_number")
    assert form_of(answer)["text"] == ["改过的请示。"]


def test_a_day_to_come_stands_at_the_day(journey: Start) -> None:
    case = journey().up_to("concluded")
    client, path = on(case, "lead", act("decision.submit_to_banner"))
    answer = press(client, path, document_number="一号", dated_on=str(case.world.today + timedelta(days=1)))
    assert answer.status_code == 422 and "不能晚于现在" in at(text(answer), "dated_on")


def test_the_banner_government_sends_it_on_to_the_city(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide_banner()
    client, path = on(case, "government", act("decision.submit_to_city"))
    page = client.get(path)
    draft = form_of(page)["text"][0]
    numbers = list(Decision.objects.values_list("document_number", flat=True))
    assert all(number in draft for number in numbers) and "市政府：" in draft and "第一条" in draft
    assert press(client, path, page, document_number="阿政字〔2026〕1号").status_code == 302
    assert case.state == "city_decision"


# 登记决定


def test_both_bodies_record_a_temporary_matter_and_it_is_approved(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    client, path = on(case, "committee", act("decision.record"))
    page = text(client.get(path))
    assert "登记的是这个机关的决定：<strong>旗委</strong>" in page
    assert "还要等旗政府登记决定。各机关都同意的，本卷即为已批准，不必报市政府。" in page
    assert press(client, path, outcome="for", **document(case)).status_code == 302
    client, path = on(case, "government", act("decision.record"))
    page = text(client.get(path))
    assert "还要等" not in page and "旗委：<strong>同意</strong>" in page
    assert press(client, path, outcome="for", **document(case)).status_code == 302
    assert case.state == "approved"


def test_a_regular_matter_is_said_to_go_on_to_the_city(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "committee", act("decision.record"))
    assert "各机关都同意的，由旗政府报市政府批准。" in text(client.get(path))
    case.decide_banner()
    case.to_city()
    client, path = on(case, "city", act("decision.record"))
    assert "本卷即为已批准，由牵头单位书面告知各方" in text(client.get(path))
    assert press(client, path, outcome="return", reason_1="请补充经费安排", **document(case)).status_code == 302
    assert case.state == "reviewing"


def test_against_without_reasons_is_refused_at_the_reasons(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "committee", act("decision.record"))
    number = document(case)
    answer = press(client, path, outcome="against", **number)
    page = text(answer)
    assert answer.status_code == 422 and not Decision.objects.exists()
    assert "没有写明理由" in at(page, "reason_1") and "第四条（三）" in at(page, "reason_1")
    assert form_of(answer)["document_number"] == [number["document_number"]]
    assert '<details class="reasons field-group" open>' in page
    answer = press(client, path, answer, reason_1="经费未落实", provision_1="5", reason_2="人手不足")
    assert answer.status_code == 302
    assert Decision.objects.get().reasons == [{"text": "经费未落实", "provision": "5"}, {"text": "人手不足", "provision": ""}]


def test_there_is_always_an_empty_row_for_one_more_reason(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "committee", act("decision.record"))
    page = client.get(path)
    assert "reason_2" in form_of(page) and "reason_3" not in form_of(page)
    again = press(client, path, page, intent="again", outcome="against", reason_1="一", reason_2="二")
    found = form_of(again)
    assert again.status_code == 200 and found["reason_2"] == ["二"] and found["reason_3"] == [""] and found["outcome"] == ["against"]


def test_fewer_townships_and_an_earlier_end_and_never_a_later_one(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    client, path = on(case, "committee", act("decision.record"))
    ends = case.case.ends_on
    said = {"outcome": "for", "townships": ["150721.naji"], **document(case)}
    answer = press(client, path, **said, expires_on=str(ends + timedelta(days=1)))
    assert answer.status_code == 422 and "不能比申请的长" in at(text(answer), "expires_on")
    assert form_of(answer)["townships"] == ["150721.naji"]
    assert press(client, path, answer, expires_on=str(ends - timedelta(days=1))).status_code == 302
    row = Decision.objects.get()
    assert (row.townships, row.expires_on) == (["150721.naji"], ends - timedelta(days=1))
    page = text(browser_of(case.people["government"]).get(f"/cases/{case.number}/do/decision.record/"))
    assert "六合镇（另一机关没有批准）" in page and "那吉镇（" not in page


def test_dates_in_the_wrong_order_stand_at_the_end(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    client, path = on(case, "committee", act("decision.record"))
    today = case.world.today
    answer = press(client, path, outcome="for", **document(case), effective_on=str(today), expires_on=str(today - timedelta(days=1)))
    assert answer.status_code == 422 and "截止日期不能早于生效日期" in at(text(answer), "expires_on")


def test_what_belongs_to_an_approval_only_is_not_recorded_with_a_no(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    client, path = on(case, "committee", act("decision.record"))
    today = case.world.today
    said = {"outcome": "against", "reason_1": "不同意", "townships": ["150721.naji"], "effective_on": str(today)}
    assert press(client, path, **said, **document(case)).status_code == 302
    assert (Decision.objects.get().townships, Decision.objects.get().effective_on) == (None, None)


def test_a_decision_on_paper_is_entered_by_the_lead_with_its_scan(journey: Start) -> None:
    case = journey().up_to("banner_decision", "temporary")
    client, path = on(case, "lead", act("decision.record") + "?for=150721.committee_office")
    page = client.get(path)
    assert "登记的是这个机关的决定：<strong>旗委</strong>" in text(page) and "代录" in text(page)
    answer = press(client, path, page, outcome="for", **document(case))
    assert answer.status_code == 422 and "代录必须附扫描件" in at(text(answer), "scan_file")
    scan = SimpleUploadedFile("批复.pdf", pdf(), content_type="application/pdf")
    assert press(client, path, answer, scan_file=scan).status_code == 302
    row = Decision.objects.get()
    assert (row.unit_id, row.entered_by_unit) == (case.world.unit_id("committee"), case.world.unit_id("lead"))
    tab = text(browser_of(case.people["forestry"]).get(f"/cases/{case.number}/decision/"))
    assert "按纸质文件代录" in tab and f'href="/files/{row.scan}/"' in tab


def test_a_paper_of_a_unit_that_decides_nothing_is_refused_with_words(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "lead", act("decision.record") + "?for=150721.naji")
    scan = SimpleUploadedFile("批复.pdf", pdf(), content_type="application/pdf")
    answer = press(client, path, outcome="for", scan_file=scan, **document(case))
    assert answer.status_code == 422 and "不是作决定的机关的办公室" in text(answer)


def test_who_was_slower_keeps_her_text(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "committee2", act("decision.record"))
    opened = client.get(path)
    case.decide("banner_committee")
    answer = press(client, path, opened, outcome="against", reason_1="我方不同意", **document(case))
    page = text(answer)
    assert answer.status_code == 409 and "有了变动" in page and "登记决定" in page
    assert form_of(answer)["reason_1"] == ["我方不同意"]
    assert [draft.path for draft in own_drafts(case.people["committee2"], 10)] == [path]


def test_a_body_that_has_spoken_is_not_asked_again(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    assert "do/decision.record/" in text(browser_of(case.people["committee"]).get(f"/cases/{case.number}/"))
    case.decide("banner_committee")
    client, path = on(case, "committee")
    assert "do/decision.record/" not in text(client.get(path))
    page = text(client.get(f"{path}do/decision.record/"))
    assert "已经登记过了" in page and 'class="act"' not in page and f"/cases/{case.number}/do/record.correct/" in page


def test_trying_it_out_changes_nothing(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "committee", act("decision.record"))
    answer = press(client, path, intent="check", outcome="return", **document(case))
    assert answer.status_code == 200 and "没有写明理由" in text(answer)
    answer = press(client, path, answer, intent="check", reason_1="请补充")
    assert "规则检查没有发现问题" in text(answer)
    assert not Decision.objects.exists() and not rows("register.Entry", action="decision.record").exists()


@pytest.mark.parametrize("path", ["decision/", act("decision.record")])
def test_the_pages_cost_the_same_however_many_townships(journey: Start, path: str) -> None:
    found = {}
    for townships in (("naji",), ("naji", "liuhe", "yadong")):
        case = journey(townships=townships).up_to("banner_decision")
        client, where = on(case, "committee", path)
        client.get(where)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(where).status_code == 200
        found[len(townships)] = len(seen)
    assert found[1] == found[3]


def test_english(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "committee", act("decision.record"))
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get(path))
    for said in (
        "You record the decision of:",
        "Banner Party committee",
        "Still to be recorded: Banner government.",
        "Reasons, if it is against or returned",
    ):
        assert said in page, said
    assert "Still waiting for:" in text(client.get(f"/cases/{case.number}/decision/"))
