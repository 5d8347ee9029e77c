"""第四条（一）至（五）: each kind of paper is drawn up from a real case by whoever issues it, and set by GB/T 9704-2012, twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.documents.storage import open_kept
from dutygate.features.papers.case_words import Given
from dutygate.features.papers.drawing import Asked, draw
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.making import make
from dutygate.features.papers.models import Paper
from dutygate.features.papers.of_tasks import OfTask
from dutygate.features.papers.queries import papers_visible
from dutygate.features.papers.tests.stage import drawn, issue, letterhead
from dutygate.features.papers.tests.standard import check_docx, check_pdf
from tests.journey import BANNER, Journey
from tests.leaving import Leaving, admitted
from tests.pdf_reading import words_of
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files"), pytest.mark.page]


def whole(paper: Paper) -> str:
    """Set, checked in both kinds, and its words."""
    assert make(paper.id)
    paper.refresh_from_db()
    docx, pdf = open_kept(paper.docx), open_kept(paper.pdf)
    assert docx is not None
    assert pdf is not None
    check_docx(docx.data, paper)
    return words_of(check_pdf(pdf.data, paper))


def test_every_paper_of_an_admission(world: World) -> None:
    first = world.townships[0]
    letterhead(world, "forestry", "lead", "legal", "government", first)
    journey = Journey(world)
    journey.open()
    journey.fill()
    assert drawn(world, "forestry", "negotiated_opinion", journey.number) == [], "nothing is written before it is done"
    journey.request()
    n = journey.number
    letters = issue(world, "forestry", "consultation_letter", n, papers=drawn(world, "forestry", "consultation_letter", n))
    assert [paper.number for paper in letters] == [f"阿林草函〔{world.today.year}〕{i}号" for i in (1, 2, 3)], (
        "one letter for each township"
    )
    said = whole(letters[0])
    assert "那吉镇" in said and "不答复不视为同意" in said and "每个乡镇每年安排经费两万元" in said, "the items stand behind the letter"
    journey.reply(first, answer="agree_with_conditions", conditions=["经费在一月底前到位"], reason="人手紧")
    said = whole(issue(world, first, "reply_letter", n)[0])
    assert "附条件同意承担" in said and "经费在一月底前到位" in said and "阿林草函〔2026〕1号" in said
    journey.do("forestry", "consultation.answer_conditions", township=first, answer="照办")
    journey.do(first, "consultation.settle_conditions", settlement="accept")
    journey.reply(*world.townships[1:])
    journey.conclude()
    assert "各乡镇均同意，经费按年拨付" in whole(issue(world, "forestry", "negotiated_opinion", n)[0])
    said = whole(issue(world, "forestry", "application_letter", n)[0])
    items = [item.label.zh for item in package_items(journey)]
    assert len(items) == 11 and all(f"、{label}" in said for label in items), "the eleven items, each under its name"
    journey.submit()
    journey.do("lead", "review.return", gaps=[{"item": "workflow", "text": "缺少报送的频次"}])
    assert "办事流程：缺少报送的频次" in whole(issue(world, "lead", "gaps_notice", n)[0])
    journey.submit()
    journey.go_on("concluded")
    assert "征求意见的问题" in whole(issue(world, "lead", "department_letter", n)[0])
    assert "不属于排除的权力事项" in whole(issue(world, "legal", "legal_opinion", n)[0])
    assert "拟准予准入" in whole(issue(world, "lead", "review_opinion", n)[0])
    committee, government = issue(world, "lead", "request_banner", n)
    said = whole(committee)
    assert "签发人：王建国" in said and "中共阿荣旗委员会：" in said and "妥否，请批示" in said
    assert Paper.objects.get(pk=government.pk).content["to"] == "阿荣旗人民政府", "one request, one recipient"
    journey.go_on("banner_decision")
    journey.decide_banner()
    said = whole(issue(world, "government", "request_city", n)[0])
    assert "呼伦贝尔市人民政府：" in said and "旗级审核均同意" in said
    journey.to_city()
    journey.decide("city_government", effective_on=world.today + timedelta(days=5))
    said = whole(issue(world, "lead", "admission_notice", n)[0])
    assert "准予准入" in said and "签收即为接手" in said and "抄送：阿荣旗司法局，阿荣旗政务服务与数据管理局。" in said
    journey.go_on("done")
    said = whole(issue(world, "lead", "duty_list", papers=lists(world))[0])
    assert "林草防火宣传" in said and "职责事项清单" in said
    assert replay().holds


def package_items(journey: Journey) -> list[Any]:
    from dutygate.base.register.chains import edition_by_digest

    return list(edition_by_digest(journey.case.edition_digest).items.values())


def lists(world: World) -> list[dict[str, Any]]:
    return drawn(world, "lead", "duty_list", townships=[world.key(world.townships[0])], as_of=world.today + timedelta(days=10))


def test_a_refusal_and_two_requests_in_one(world: World) -> None:
    letterhead(world, "lead")
    one, two = Journey(world).up_to("concluded"), Journey(world).up_to("concluded", "temporary")
    said = whole(issue(world, "lead", "request_banner", one.number, two.number)[0])
    assert "等2项" in said and one.number in said and two.number in said and "提请批准的职责准入事项" in said
    refused = Journey(world).up_to("reviewing")
    refused.ask_department()
    refused.comment()
    refused.assess(recommends="not_admit")
    refused.conclude_review("not_admit", text="不属确需由乡镇承担。")
    refused.refuse()
    said = whole(issue(world, "lead", "refusal_notice", refused.number)[0])
    assert "不予准入" in said and "不属确需由乡镇承担的事项（第一条）" in said and "乡镇不承担该事项" in said


def test_an_exit_and_an_adjustment(world: World) -> None:
    letterhead(world, "lead")
    duty = admitted(world)
    for kind, notice, wanted in (("adjustment", "adjustment_notice", "准予调整"), ("exit", "exit_notice", "准予退出")):
        case = Leaving(world, duty=duty, kind=kind)
        case.up_to("approved")
        said = whole(issue(world, "lead", notice, case.number)[0])
        assert wanted in said and duty in said
        case.go_on("done")


def test_the_minutes_of_a_meeting(world: World) -> None:
    """第三条: finished minutes, with 出席、请假、列席; members and guests get copies, and nobody else reads them."""
    letterhead(world, "lead")
    case, lead = Journey(world).up_to("reviewing"), world.people["lead"]

    def do(action: str, subject: str, **payload: Any) -> Any:
        return perform(lead, f"conference.{action}", subject, payload, via="import").result

    number = do("convene", BANNER, form="meeting", held_on=world.today, place="会议室", cases=[case.number])["meeting"]
    came = [{"unit": world.people[role].unit, "how": "present", "person": f"{role}甲"} for role in ("lead", "legal")]
    came.append({"unit": world.people["services"].unit, "how": "absent"})
    came.append({"unit": world.people["forestry"].unit, "how": "sits_in", "person": "孙科长"})
    do("attendance", number, attendance=came)
    do("conclude_item", number, case=case.number, outcome="admit", text="同意。")
    minutes = "今天召开会议，议定如下：\n一、关于防火宣传\n会议议定：同意准入。"
    do("minutes", number, text=minutes)
    assert drawn(world, "lead", "conference_minutes", meeting=number) == [], "nothing is written before the minutes are finished"
    do("minutes", number, text=minutes, finish=True)
    found = drawn(world, "lead", "conference_minutes", meeting=number)
    paper = issue(world, "lead", "conference_minutes", papers=found, meeting=number)[0]
    assert (paper.number, paper.meeting) == (f"联席会议纪要〔{world.today.year}〕1号", number)
    said = whole(paper)
    for words in (
        "阿荣旗职责准入联席会议纪要",
        "一、关于防火宣传",
        "会议议定：同意准入",
        "出席：",
        "lead甲",
        "请假：",
        "列席：",
        "孙科长",
        number,
    ):
        assert words in said
    assert paper in papers_visible(world.people["legal"]) and paper in papers_visible(world.people["forestry"])
    assert paper not in papers_visible(world.people["naji"]), "a party of a case reads the excerpt of its case alone"
    with pytest.raises(Malformed):
        issue(world, "lead", "conference_minutes", papers=found)


def test_a_township_replies_that_a_task_is_not_on_its_list(world: World) -> None:
    first = world.townships[0]
    letterhead(world, first)
    about = OfTask("犬只登记", "关于做好犬只登记工作的通知", world.today, world.key("forestry"), "“责任状”")
    content = draw(world.people[first], kinds()["task_reply"], Asked(task=about), Given(world.today))
    papers = [{"content": one.content.model_dump(mode="json"), "to": list(one.to)} for one in content]
    said = whole(issue(world, first, "task_reply", papers=papers)[0])
    assert "不在清单上" in said and "第七条" in said and "“责任状”等内容" in said and "阿荣旗林业和草原局" in said


def test_every_kind_is_among_those_tried() -> None:
    from pathlib import Path

    files = ("test_kinds.py", "test_orders.py", "test_yearly_report.py")
    text = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in files)
    assert [name for name in kinds() if f'"{name}"' not in text] == []
