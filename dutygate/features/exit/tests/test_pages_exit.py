"""第四条（四）: an exit through its pages, from both sides, with few fields, nothing typed twice, and each kind called by its name."""

from __future__ import annotations

from typing import Any

import pytest

from dutygate.base.actions.clock import now
from tests.leaving import EXIT_ITEMS, Leaving, Time, admitted, on_list
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(time: Time, world: World) -> str:
    return admitted(world)


def opened(world: World, who: str, duty: str, **typed: Any) -> tuple[Leaving, Any]:
    """The form on the duty's page, sent; the case, and the page to which one comes."""
    client = browser_of(world.people[who])
    sent = press(client, f"/duties/{duty}/exit/", **{"reason": "done", "reason_words": "三年任务已经完成。", **typed})
    assert sent.status_code == 302, text(sent)
    number = sent["Location"].split("/")[2]
    townships = ("forestry",) if who not in ("forestry", "water") else world.townships
    return Leaving(world, initiator=who, townships=townships, number=number, duty=duty), client.get(sent["Location"])


@pytest.mark.parametrize(("who", "offered"), [("forestry", True), ("naji", True), ("water", False), ("outsider", False), ("lead", False)])
def test_the_page_of_a_duty_offers_it_to_who_hands_it_over_or_carries_it(world: World, duty: str, who: str, offered: bool) -> None:
    page = text(browser_of(world.people[who]).get(f"/duties/{duty}/"))
    assert (f"/duties/{duty}/exit/" in page, f"/duties/{duty}/adjust/" in page) == (offered, offered)
    answer = browser_of(world.people[who]).get(f"/duties/{duty}/exit/")
    assert answer.status_code == (200 if offered else 403)


def test_people_of_another_place_find_nothing(world: World, duty: str) -> None:
    assert browser_of(world.people["city"]).get(f"/duties/{duty}/exit/").status_code == 404
    assert browser_of(world.people["system_admin"]).get(f"/duties/{duty}/exit/").status_code == 404
    assert browser_of(world.people["forestry"]).get("/duties/150721-D-9999/exit/").status_code == 404


def test_two_fields_open_it_and_what_was_said_is_not_said_again(world: World, duty: str) -> None:
    page = text(browser_of(world.people["forestry"]).get(f"/duties/{duty}/exit/"))
    for said in ("林草防火宣传", "那吉镇", "保障措施没有兑现", "群众不认可", "记为未反馈", "第四条（四）"):
        assert said in page, said
    case, written = opened(world, "forestry", duty)
    assert (case.case.kind, case.case.reason, case.case.reason_words) == ("exit", "done", "三年任务已经完成。")
    for said in ("退出的理由和事实", "三年任务已经完成。", "在办工作怎么处理", "经费、人员、设备的清结"):
        assert said in text(written), said
    assert "权责内容" not in text(written)
    assert "工作经费：每个乡镇每年多少元" not in text(written)


def test_a_reason_that_says_too_little_comes_back_at_its_field(world: World, duty: str) -> None:
    client = browser_of(world.people["forestry"])
    back = press(client, f"/duties/{duty}/exit/", reason="other")
    assert back.status_code == 422
    assert "第四条（四）" in text(back)
    assert 'id="f_reason_words' in text(back)
    assert not rows("cases.Case", kind="exit").exists()


def test_the_department_asks_each_township_and_the_township_answers_on_its_page(world: World, duty: str) -> None:
    case, _page = opened(world, "forestry", duty)
    client, where = browser_of(world.people["forestry"]), f"/cases/{case.number}"
    chosen = client.get(f"{where}/write/townships/")
    assert "从哪些乡镇的清单上退出" in text(chosen)
    assert "霍尔奇镇" not in text(chosen)
    sent = press(client, f"{where}/write/items/", **EXIT_ITEMS)
    assert sent["Location"] == f"{where}/write/check/"
    assert "现在能查的都合乎规定" in text(client.get(sent["Location"]))
    ask = client.get(f"{where}/do/consultation.request/")
    for said in ("退出意见的函", "三年宣传任务已经完成，验收合格", "到期未答复的，记为未反馈"):
        assert said in text(ask), said
    assert press(client, f"{where}/do/consultation.request/", page=ask).status_code == 302
    naji = browser_of(world.people["naji"])
    desk = text(naji.get("/"))
    assert "退出" in desk and "答复征求意见" in desk
    reply = naji.get(f"{where}/do/consultation.reply/")
    for said in ("所涉事项", duty, "事项已经完成", "由旗林草局护林员承担", "记为未反馈：不算同意，也不算反对", "报给有权机关决定"):
        assert said in text(reply), said
    assert "委托还是交由" not in text(reply)
    answered = press(naji, f"{where}/do/consultation.reply/", page=reply, answer="disagree", reason="群众还在找我们办。")
    assert answered.status_code == 302, text(answered)
    assert "不同意" in text(naji.get(f"{where}/opinions/"))


def test_a_township_asks_its_department_and_pages_call_it_so(world: World, duty: str, time: Time) -> None:
    case, written = opened(world, "naji", duty, reason="safeguards_not_kept")
    where, naji = f"/cases/{case.number}", browser_of(world.people["naji"])
    assert "哪些乡镇" not in text(written)
    assert naji.get(f"{where}/write/townships/").status_code == 404
    press(naji, f"{where}/write/items/", **EXIT_ITEMS)
    assert "要征求哪个部门的意见" in text(naji.get(f"{where}/do/consultation.request/"))
    assert press(naji, f"{where}/do/consultation.request/").status_code == 302
    forestry = browser_of(world.people["forestry"])
    assert "答复征求意见" in text(forestry.get("/"))
    reply = forestry.get(f"{where}/do/consultation.reply/")
    assert reply.status_code == 200
    assert "现在已经承担的" not in text(reply)
    opinions = text(naji.get(f"{where}/opinions/"))
    assert "部门意见" in opinions
    assert "乡镇意见" not in opinions
    assert "阿荣旗林业和草原局" in opinions
    blocked = text(naji.get(f"{where}/do/consultation.conclude/"))
    assert "阿荣旗林业和草原局" in blocked
    time.pass_by(15)
    conclude = naji.get(f"{where}/do/consultation.conclude/")
    for said in ("时限已过，没有答复，记为未反馈", "在规定时限内未反馈的1个：阿荣旗林业和草原局"):
        assert said in text(conclude), said
    assert press(naji, f"{where}/do/consultation.conclude/", page=conclude).status_code == 302
    assert "未反馈，时限已过" in text(naji.get(f"{where}/opinions/"))
    assert "我发起" in text(naji.get("/"))


def test_the_whole_road_in_pages_calls_an_exit_an_exit(time: Time, world: World, duty: str) -> None:
    time.pass_by(7)
    case = Leaving(world, duty=duty).up_to("reviewing")
    where = f"/cases/{case.number}"
    lead = browser_of(world.people["lead"])
    head = text(lead.get(f"{where}/"))
    assert "退出" in head and f"/duties/{duty}/" in head
    assess = text(lead.get(f"{where}/do/review.assess/"))
    assert "同意退出" in assess and "不予退出" in assess
    assert "是否确需由乡镇承担" not in assess
    assert "是否属于突发" not in text(browser_of(world.people["legal"]).get(f"{where}/do/review.assess/"))
    case.ask_department()
    case.comment()
    case.assess()
    assert "经审核，同意退出，报旗委、旗政府" in text(lead.get(f"{where}/do/review.conclude/"))
    case.conclude_review()
    assert "职责退出的请示" in text(lead.get(f"{where}/do/decision.submit_to_banner/"))
    assert "乡镇职责退出事项审核表" in text(lead.get(f"{where}/review/sheet/"))
    case.to_banner()
    case.decide_banner()
    case.to_city()
    record = text(browser_of(world.people["city"]).get(f"{where}/do/decision.record/"))
    assert "告知发出以后退出清单" in record
    case.decide("city_government")
    notice = lead.get(f"{where}/do/notice.issue/")
    for said in ("准予退出的告知书", "从下列乡镇的清单上退出"):
        assert said in text(notice), said
    assert "列入哪一份清单" not in text(notice)
    told = press(lead, f"{where}/do/notice.issue/", page=notice, document_number="阿编办告〔2026〕9号")
    assert told.status_code == 302, text(told)
    naji = browser_of(world.people["naji"])
    assert "这件事退出本单位的清单" in text(naji.get(f"{where}/do/notice.acknowledge/"))
    assert "准予退出" in text(naji.get(f"{where}/papers/"))
    page = text(naji.get(f"/duties/{duty}/"))
    assert "已经结束" in page and case.number in page
    assert f"/duties/{duty}/exit/" not in page
    assert duty not in on_list(world, "naji")
    listed = text(lead.get("/cases/?kind=exit"))
    assert case.number in listed and "退出" in listed
    assert "150721-2026-0001" not in listed


def test_a_refused_exit_reads_so_and_the_list_stays(world: World, duty: str) -> None:
    case = Leaving(world, duty=duty).up_to("reviewing")
    where, lead = f"/cases/{case.number}", browser_of(world.people["lead"])
    case.ask_department()
    case.comment()
    case.assess(recommends="not_admit")
    case.conclude_review("not_admit")
    assert ">不予退出<" in text(lead.get(f"{where}/")).split("panel-can")[1].split("</section>")[0]
    case.refuse()
    assert "不予退出" in text(lead.get(f"{where}/"))
    assert "不予退出的告知书" in text(lead.get(f"{where}/do/notice.issue/"))
    case.notify()
    assert "清单上照旧" in text(browser_of(world.people["naji"]).get(f"{where}/do/notice.acknowledge/"))


def test_the_number_of_queries_of_the_pages_does_not_grow_with_the_townships(
    time: Time, world: World, django_assert_max_num_queries: Any
) -> None:
    duty = admitted(world)
    case = Leaving(world, duty=duty).up_to("consulting")
    forestry, naji = browser_of(world.people["forestry"]), browser_of(world.people["naji"])
    for client, path, most in (
        (forestry, f"/duties/{duty}/exit/", 22),
        (forestry, f"/duties/{duty}/", 30),
        (forestry, f"/cases/{case.number}/opinions/", 38),
        (naji, f"/cases/{case.number}/do/consultation.reply/", 42),
    ):
        client.get(path)
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
    assert now() == time.now
