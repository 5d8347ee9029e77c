"""一文多卷 on the page (Article 4.3): one document, several cases, an outcome each; all of them or none, and the row says which."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.features.decision.models import Decision, DecisionSet
from tests.journey import Journey
from tests.pages.signed_in import browser_of, form_of, press, text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
PATH = "/decisions/set/"


@pytest.fixture
def three(journey: Start) -> list[Journey]:
    """Three temporary matters before the banner."""
    return [journey().up_to("banner_decision", "temporary") for _ in range(3)]


def document(case: Journey) -> dict[str, str]:
    return {name: str(value) for name, value in case.paper().items()}


def ticked(*cases: Journey) -> dict[str, str]:
    return {f"tick_{case.number}": "on" for case in cases}


def row(page: Any, case: Journey) -> str:
    """What stands in the row of a case."""
    found = re.search(
        rf'<fieldset class="set-row">\s*<legend class="sr-only">{case.number}.*?(?=<fieldset class="set-row">|</form>)',
        text(page),
        re.DOTALL,
    )
    assert found
    return found[0]


def test_three_cases_under_one_document_with_an_outcome_each(three: list[Journey]) -> None:
    first, second, third = three
    client = browser_of(first.people["committee"])
    said = {
        "outcome": "for",
        f"outcome_{second.number}": "against",
        f"reason_1_{second.number}": "经费未落实",
        f"townships_{third.number}": "150721.naji",
    }
    answer = press(client, PATH, **ticked(*three), **said, **document(first))
    assert answer.status_code == 302 and answer.headers["Location"] == "/"
    assert DecisionSet.objects.get().cases == [case.number for case in three]
    found = {d.case.number: (d.outcome, d.townships, d.reasons) for d in Decision.objects.select_related("case")}
    assert found == {
        first.number: ("for", None, []),
        second.number: ("against", None, [{"text": "经费未落实", "provision": ""}]),
        third.number: ("for", ["150721.naji"], []),
    }
    assert "登记号" in text(client.get("/"))


def test_what_is_not_ticked_is_left_alone(three: list[Journey]) -> None:
    client = browser_of(three[0].people["government"])
    assert press(client, PATH, **ticked(three[1]), outcome="for", **document(three[0])).status_code == 302
    assert Decision.objects.get().case.number == three[1].number
    page = text(client.get(PATH))
    assert three[0].number in page and three[1].number not in page


def test_one_refused_row_leaves_all_undone_and_is_named_in_its_row(three: list[Journey]) -> None:
    client, today = browser_of(three[0].people["committee"]), three[0].world.today
    numbers = document(three[0])
    late = {f"expires_on_{three[2].number}": str(today + timedelta(days=400)), f"outcome_{three[1].number}": "return"}
    answer = press(client, PATH, **ticked(*three), outcome="for", **late, **numbers)
    assert answer.status_code == 422
    assert not Decision.objects.exists() and not DecisionSet.objects.exists()
    assert f"{three[1].number} 第1条理由：" in text(answer)
    assert "field-bad" not in row(answer, three[0])
    assert "没有写明理由" in row(answer, three[1]) and "第四条（三）" in row(answer, three[1])
    assert "不能比申请的长" in row(answer, three[2])
    found = form_of(answer)
    assert found["document_number"] == [numbers["document_number"]] and found[f"tick_{three[2].number}"] == ["on"]
    mended = {f"expires_on_{three[2].number}": "", f"reason_1_{three[1].number}": "请补充经费安排"}
    assert press(client, PATH, answer, **mended).status_code == 302
    assert Decision.objects.count() == 3


def test_a_case_that_was_decided_meanwhile_is_told_in_its_row_with_everything_kept(three: list[Journey]) -> None:
    client = browser_of(three[0].people["committee2"])
    opened = client.get(PATH)
    three[1].decide("banner_committee")
    answer = press(client, PATH, opened, **ticked(*three), outcome="for", **document(three[0]))
    assert answer.status_code == 422 and Decision.objects.count() == 1
    assert "已经登记过了" in row(answer, three[1]) and "field-bad" not in row(answer, three[0])
    assert form_of(answer)[f"tick_{three[1].number}"] == ["on"]


def test_a_case_that_was_withdrawn_meanwhile_conflicts_in_its_row(three: list[Journey]) -> None:
    client = browser_of(three[0].people["committee"])
    opened = client.get(PATH)
    three[2].withdraw()
    answer = press(client, PATH, opened, **ticked(*three), outcome="for", **document(three[0]))
    assert answer.status_code == 409 and not Decision.objects.exists()
    assert "field-bad" in row(answer, three[2]) and "field-bad" not in row(answer, three[1])


def test_nothing_ticked_no_outcome_and_something_written_beside_an_unticked_case(three: list[Journey]) -> None:
    client, case = browser_of(three[0].people["committee"]), three[0]
    answer = press(client, PATH, outcome="for", **document(case))
    assert answer.status_code == 422 and "一卷都没有勾选" in text(answer)
    answer = press(client, PATH, **ticked(case), **document(case))
    assert answer.status_code == 422 and "还没有选结果" in row(answer, case)
    unticked = {f"outcome_{three[1].number}": "against"}
    answer = press(client, PATH, **ticked(case), outcome="for", **unticked, **document(case))
    assert answer.status_code == 422 and "没有勾选" in row(answer, three[1])
    answer = press(client, PATH, **ticked(case), outcome="for")
    assert answer.status_code == 422 and not Decision.objects.exists()


def test_trying_it_out_asks_for_every_case(three: list[Journey]) -> None:
    client = browser_of(three[0].people["committee"])
    answer = press(client, PATH, intent="check", **ticked(*three), outcome="against", **document(three[0]))
    assert answer.status_code == 200 and all("没有写明理由" in row(answer, case) for case in three)
    assert not Decision.objects.exists()


def test_one_more_row_for_reasons(three: list[Journey]) -> None:
    client, case = browser_of(three[0].people["committee"]), three[0]
    answer = press(client, PATH, intent="again", **ticked(case), **{f"reason_1_{case.number}": "一"})
    assert f"reason_2_{case.number}" in form_of(answer) and f"reason_2_{three[1].number}" not in form_of(answer)


def test_the_city_sees_its_banners_cases(journey: Start) -> None:
    case = journey().up_to("city_decision")
    client = browser_of(case.people["city"])
    assert press(client, PATH, **ticked(case), outcome="for", **document(case)).status_code == 302
    assert case.state == "approved"
    assert "现在没有等这个机关决定的办件" in text(client.get(PATH))


@pytest.mark.parametrize("who", ["lead", "forestry", "naji", "outsider", "legal", "system_admin"])
def test_for_no_one_else(journey: Start, who: str) -> None:
    case = journey().up_to("banner_decision")
    client = browser_of(case.people[who])
    assert client.get(PATH).status_code == 403 and case.number not in text(client.get(PATH))
    assert client.post(PATH, {**ticked(case), "outcome": "for", **document(case)}).status_code == 403
    assert not Decision.objects.exists()


def test_it_is_found_from_the_case(journey: Start) -> None:
    case = journey().up_to("banner_decision")
    for path in ("do/decision.record/", "decision/"):
        assert f'href="{PATH}"' in text(browser_of(case.people["government"]).get(f"/cases/{case.number}/{path}"))
    assert f'href="{PATH}"' not in text(browser_of(case.people["forestry"]).get(f"/cases/{case.number}/decision/"))


def test_it_costs_the_same_for_one_case_and_for_four(journey: Start) -> None:
    client = None
    costs = []
    for many in (1, 3):
        for _ in range(many):
            case = journey().up_to("banner_decision")
        client = client or browser_of(case.people["committee"])
        client.get(PATH)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PATH).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_english(three: list[Journey]) -> None:
    client = browser_of(three[0].people["committee"])
    client.post("/language/", {"language": "en", "next": "/"})
    page = text(client.get(PATH))
    assert "Record the ticked cases" in page and "As chosen above" in page and "Outcome of the cases" in page
