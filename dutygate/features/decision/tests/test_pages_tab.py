"""决定一栏 (Articles 1, 4.3): what was sent up, what each body said, whom one waits for; and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dutygate.features.decision.models import Decision, Submission
from dutygate.features.decision.tests.test_pages_decision import act, document, on
from tests.journey import Journey
from tests.pages.signed_in import browser_of, press, text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def test_the_tab_tells_what_was_sent_up_what_was_said_and_whom_one_waits_for(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee", sent_on=case.world.today, reply_by=case.world.today + timedelta(days=9))
    client, path = on(case, "forestry", "decision/")
    page = text(client.get(path))
    assert "旗委：同意" in page and "送达日期" in page and "回复期限" in page and "登记日期" in page
    assert "还在等" in page and "旗政府" in page and "已过0个工作日" in page and "不会自动算同意" in page
    assert "关于“林草防火宣传”" not in page  # the words of the request are for who sits in a seat, and for the bodies
    number = Submission.objects.get().document_number
    assert number in page


def test_a_voided_outcome_stays_readable(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    case.decide("banner_committee", "against", reasons=[{"text": "录错的理由"}])
    said = {"target": "decision:banner_committee:1", "field": "outcome", "new": "for", "reason": "录入有误", "document_number": "新一号"}
    case.do("committee", "record.correct", **said)
    case.do("committee2", "record.confirm", correction=1)
    page = text(browser_of(case.people["naji"]).get(f"/cases/{case.number}/decision/"))
    assert "已作废" in page and "录错的理由" in page and "还没有机关登记决定" in page


def test_the_lead_is_asked_whose_paper_it_is(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "lead", act("decision.record"))
    page = text(client.get(path))
    assert f'href="{path}?for=150721.committee_office"' in page and "?for=150721.government_office" in page and 'class="act"' not in page
    case.decide("banner_committee")
    assert "?for=150721.committee_office" not in text(client.get(path))


@pytest.mark.parametrize("who", ["naji", "forestry", "legal", "lead", "city"])
def test_who_may_see_the_case_reads_the_tab_and_records_nothing(journey: Start, who: str) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, who)
    assert client.get(f"{path}decision/").status_code == 200
    record = f"{path}do/decision.record/"
    page = client.get(record)
    assert page.status_code == (200 if who == "lead" else 409 if who == "city" else 403)
    if who != "lead":
        assert press(client, record, page, outcome="for", **document(case)).status_code in (403, 409, 422)
    assert not Decision.objects.exists()


def test_for_an_outsider_there_is_no_such_case(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    client, path = on(case, "outsider")
    for part in ("decision/", "papers/", act("decision.record"), act("notice.issue"), act("notice.acknowledge")):
        assert client.get(path + part).status_code == 404


def test_before_anything_was_sent_up_the_tab_says_how_it_will_go(journey: Start) -> None:
    case = journey().up_to("concluded")
    assert "还没有上报" in text(browser_of(case.people["lead"]).get(f"/cases/{case.number}/decision/"))
