"""第四条（五）: what was published after the disclosure check stays readable, by number and by digest, whatever changes later."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dutygate.base.actions.perform import Outcome, perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotFound, Refused
from dutygate.features.lists.importing import drafts
from dutygate.features.lists.models import Publication, PublishedList
from dutygate.features.lists.tests.importing import COOPERATIVE, as_csv, brought, entered, taken_in
from dutygate.features.lists.tests.test_corrections import correct
from dutygate.law.regulation.canonical import digest
from tests.pages.signed_in import browser_of, press, text
from tests.world import BANNER, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
ROWS = [
    COOPERATIVE,
    ("1", "生态环保", "秸秆禁烧巡查", "阿荣旗农牧局", "组织督查", "劝导、上报"),
    ("2", "平安法治", "涉密人员管理配合", "", "", ""),
]
SECRET = [{"duty": "150721-D-0002", "reason": "内部管理事项"}]


def publish(world: World, who: str = "lead", **given: Any) -> Outcome:
    plain = {"number": "阿编发〔2026〕1号", "as_of": world.today.isoformat(), "published_on": world.today.isoformat()}
    return perform(world.people[who], "list.publish", BANNER, {**plain, "checked": True, "checked_by": "编办 张三", **given}, via="cli")


def test_a_published_list_stays_as_it_was(world: World) -> None:
    taken_in(world, ROWS, section="cooperative")
    done = publish(world, internal=SECRET)
    kept = PublishedList.objects.get(township=world.unit_id("naji"))
    assert digest(kept.content) == kept.digest and [row["title"] for row in kept.content["rows"]] == ["秸秆禁烧巡查"]
    assert kept.content["internal"] == 1 and "涉密" not in json.dumps(kept.content, ensure_ascii=False)
    assert done.result["digest"] == Publication.objects.get().digest
    correct(world, changes={"title": "秸秆综合利用巡查"})
    browser = browser_of(world.people["naji"])
    said = text(browser.get(f"/lists/published/{kept.digest}/"))
    assert "秸秆禁烧巡查" in said and "综合利用" not in said and "涉密" not in said
    plain = json.loads(browser.get(f"/lists/published/{kept.digest}/?as=json").content)
    assert digest(plain) == kept.digest, "anyone can check the digest"
    assert "阿编发〔2026〕1号" in text(browser.get("/lists/published/"))
    assert kept.digest in text(browser.get(f"/lists/published/{done.result['publication']}/"))
    assert replay().holds


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"checked": False}, "disclosure_not_checked"),
        ({"checked_by": ""}, "disclosure_not_checked"),
        ({"number": ""}, "publication_without_number"),
        ({"internal": [{"duty": "150721-D-0002"}]}, "internal_without_reason"),
        ({"list_name": "powers"}, "other_seat_has_not_agreed"),
    ],
)
def test_the_law_says_why_not(world: World, given: dict[str, Any], code: str) -> None:
    taken_in(world, ROWS, section="cooperative")
    with pytest.raises(Refused) as refused:
        publish(world, **given)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert not Publication.objects.exists()


def test_a_number_is_used_once(world: World) -> None:
    taken_in(world, ROWS, section="cooperative")
    publish(world)
    with pytest.raises(Refused):
        publish(world)
    publish(world, number="阿编发〔2026〕2号")
    assert Publication.objects.count() == 2


def test_nothing_to_publish_and_strangers_are_malformed(world: World) -> None:
    with pytest.raises(Malformed):
        publish(world)
    taken_in(world, ROWS, section="cooperative")
    with pytest.raises(Malformed):
        publish(world, internal=[{"duty": "150721-D-0999", "reason": "不在清单上"}])


@pytest.mark.parametrize("who", ["forestry", "naji", "legal", "city", "government", "security_admin"])
def test_who_keeps_no_list_publishes_nothing(world: World, who: str) -> None:
    taken_in(world, ROWS, section="cooperative")
    with pytest.raises((NotAllowed, NotFound)):
        publish(world, who)


def test_the_services_seat_publishes_the_powers_list_with_the_lead(world: World) -> None:
    powers = [("事项名称", "法定依据"), ("乡村建设规划许可", "《城乡规划法》第四十一条")]
    draft = brought(world.people["services"], as_csv(powers), purpose="powers", townships=[world.key("naji")],
                    valid_from=world.today.isoformat(), document_number="", level="banner")  # fmt: skip
    entered(draft)
    assert draft.problem[0]["findings"][0]["code"] == "other_seat_has_not_agreed"
    drafts.set_plan(draft, drafts.plan_of(draft.plan), "编办会商纪要〔2026〕3号")
    drafts.go_on(draft)
    entered(draft)
    assert draft.state == "done", draft.problem
    with pytest.raises(Refused):
        publish(world, "services", list_name="duties")
    publish(world, "services", list_name="powers", other_seat="编办会商纪要〔2026〕4号")
    assert (
        PublishedList.objects.get(township=world.unit_id("naji")).content["rows"][0]["columns"]["legal_basis"].startswith("《城乡规划法》")
    )
    assert replay().holds


def test_from_the_page(world: World) -> None:
    taken_in(world, ROWS, section="cooperative")
    browser = browser_of(world.people["lead"])
    answer = press(browser, "/lists/publish/", internal="150721-D-0002", checked="on", checked_by="编办", number="一号")
    assert answer.status_code == 422 and "不公开，但没有写明理由" in text(answer)
    answer = press(browser, "/lists/publish/", internal="150721-D-0002 内部管理事项", checked="on", checked_by="编办", number="一号")
    assert answer.status_code == 302 and "/lists/published/" in answer["Location"]
    assert "内部管理事项" in text(browser.get(answer["Location"]))
    assert "150721-D-0002 内部管理事项" in text(browser.get("/lists/publish/")), "what was internal is not asked again"


def test_reading_takes_the_same_queries_however_many_townships(world: World, django_assert_max_num_queries: Any) -> None:
    taken_in(world, ROWS, section="cooperative")
    done = publish(world)
    browser = browser_of(world.people["naji"])
    with django_assert_max_num_queries(12):
        browser.get(f"/lists/published/{done.result['publication']}/")
