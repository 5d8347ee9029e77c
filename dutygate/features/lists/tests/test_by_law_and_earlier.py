"""第一条、第十一条: a law itself puts a matter on townships, as the legal seat found; what was admitted before is only registered."""

from __future__ import annotations

from typing import Any

import pytest

from dutygate.base.actions.perform import Outcome, perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound, Refused
from dutygate.features.lists.models import Duty, ImportLine
from dutygate.features.lists.queries import duties_of_township
from dutygate.features.lists.tests.importing import as_csv, brought, entered
from tests.pages.signed_in import browser_of, press, text
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
LAW = {"title": "中华人民共和国消防法", "kind": "law", "article": "第三十一条", "issuer": "全国人大常委会", "in_force_from": "2009-05-01"}


def by_law(world: World, who: str = "lead", **given: Any) -> Outcome:
    finding = {"by": world.key("justice"), "text": "该条直接规定乡镇人民政府的职责", "given_on": world.today.isoformat()}
    plain = {"title": "农村消防安全宣传", "provision": LAW, "finding": finding, "townships": [world.key("naji")]}
    payload = {**plain, "valid_from": world.today.isoformat(), **given}
    return perform(world.people[who], "list.enter_by_law", BANNER, payload, via="cli")


def test_it_enters_with_provision_and_finding(world: World) -> None:
    code = by_law(world).result["duty"]
    duty = Duty.objects.get(code=code)
    assert (duty.origin, duty.case_id, duty.lead_unit_id) == ("by_law", None, None)
    assert [line.title for line in duties_of_township(world.people["naji"], world.unit_id("naji"), world.today)] == ["农村消防安全宣传"]
    said = text(browser_of(world.people["naji"]).get(f"/duties/{code}/"))
    assert "法律直接规定，依法列入" in said and "中华人民共和国消防法" in said and "该条直接规定乡镇人民政府的职责" in said
    assert replay().holds


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"provision": {**LAW, "kind": "policy"}}, "provision_is_no_law"),
        ({"provision": {**LAW, "article": ""}}, "provision_without_article"),
        ({"provision": {**LAW, "in_force_from": "2999-01-01"}}, "provision_not_in_force"),
        ({"finding": {"by": "water", "text": "是", "given_on": "2026-01-01"}}, "legal_finding_missing"),
        ({"finding": {"by": "justice", "text": "", "given_on": "2999-01-01"}}, "legal_finding_missing"),
    ],
)
def test_nothing_that_a_department_hands_over_takes_this_road(world: World, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        by_law(world, **given)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert not Duty.objects.exists() and replay().holds


@pytest.mark.parametrize("who", ["services", "legal", "forestry", "naji", "city", "government", "system_admin"])
def test_the_lead_alone_enters_by_law(world: World, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        by_law(world, who)


def test_not_twice(world: World) -> None:
    by_law(world)
    with pytest.raises(Conflict):
        by_law(world, title="农村消防（安全）宣传")


def test_from_the_page(world: World) -> None:
    browser = browser_of(world.people["lead"])
    typed = {"title": "农村消防安全宣传", "law": LAW["title"], "kind": "law", "in_force_from": "2009-05-01"}
    typed |= {"finding": "该条直接规定", "found_on": world.today.isoformat(), "townships": world.key("naji"), "category": "应急管理"}
    answer = press(browser, "/lists/by-law/", **typed)
    assert answer.status_code == 422 and "没有写明《中华人民共和国消防法》的哪一条规定由乡镇承担" in text(answer)
    answer = press(browser, "/lists/by-law/", **typed, article="第三十一条")
    assert answer.status_code == 302 and answer["Location"] == "/duties/150721-D-0001/"


EARLIER = [("事项名称", "批准文号", "起始日期"), ("防汛物资登记", "阿党办发〔2023〕30号", "2023年9月1日")]


def test_a_matter_of_the_repealed_edition_is_registered_with_its_document(world: World) -> None:
    plan = {"purpose": "earlier_edition", "townships": [world.key("naji")], "document_number": "", "level": "banner"}
    draft = entered(brought(world.people["lead"], as_csv(EARLIER), valid_from="2023-09-01", **plan))
    assert draft.state == "done", draft.problem
    duty = Duty.objects.get()
    assert (duty.origin, duty.document_number, duty.admitted_on.isoformat()) == ("earlier_edition", "阿党办发〔2023〕30号", "2023-09-01")
    said = text(browser_of(world.people["naji"]).get(f"/duties/{duty.code}/"))
    assert "据已废止的办法准入，登记在册" in said and 'href="/law/11/"' in said
    assert replay().holds


def test_it_is_never_newly_opened(world: World) -> None:
    plan = {"purpose": "earlier_edition", "townships": [world.key("naji")], "document_number": "", "level": "banner"}
    for day in ("2024-06-05", "2023-06-29"):
        rows = [EARLIER[0], ("防汛物资登记", "阿党办发〔2023〕30号", day)]
        draft = entered(brought(world.people["lead"], as_csv(rows), valid_from="2023-09-01", **plan))
        assert draft.problem[0]["findings"][0]["code"] == "newly_opened_under_a_repealed_edition", day
    assert not Duty.objects.exists() and replay().holds


def test_a_matter_without_its_document_is_wrong(world: World) -> None:
    plan = {"purpose": "earlier_edition", "townships": [world.key("naji")], "document_number": "", "level": "banner"}
    draft = brought(world.people["lead"], as_csv([EARLIER[0], ("防汛物资登记", "", "2023-09-01")]), valid_from="2023-09-01", **plan)
    assert [fault[0] for fault in ImportLine.objects.get(draft=draft).faults] == ["no_document"]


def test_what_came_by_another_road_is_not_changed_by_a_file(world: World) -> None:
    by_law(world)
    rows = [("类别", "事项名称"), ("应急管理", "农村消防安全宣传")]
    draft = brought(world.people["lead"], as_csv(rows), townships=[world.key("naji")], valid_from=world.today.isoformat(), section="basic")
    assert [fault[0] for fault in ImportLine.objects.get(draft=draft).faults] == ["other_road"]
