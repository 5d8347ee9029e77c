"""第七条: where a task stands, on the list of the day of its paper, and whether its form is one that may not be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import NotFound
from dutygate.features.taskcheck.answers import Answer
from dutygate.features.taskcheck.checking import checked
from dutygate.features.taskcheck.tests.conftest import deployed
from tests.journey import BANNER, Journey
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]


def ask(world: World, text: str, who: str = "naji", **more: Any) -> Answer:
    return checked(world.people[who], text, more.pop("on", world.today), **more).answer


@pytest.mark.parametrize(
    ("text", "standing", "title"),
    [
        ("森林草原防灭火宣传教育", "on_list", "森林草原防灭火宣传教育"),
        ("森林草原防火宣传教育", "on_list", "森林草原防灭火宣传教育"),
        ("关于进一步做好城乡居民养老保险参保登记工作的通知", "on_list", "城乡居民基本养老保险参保登记"),
        ("各乡镇：\n请于月底前完成高标准农田建设项目管护，建立台账。", "on_list", "高标准农田建设项目管护"),
        ("食品生产经营安全监督检查", "on_list", "食品生产经营安全监督检查"),
        ("关于开展燃气安全隐患排查整治的通知", "taken_back", "燃气安全隐患排查整治"),
        ("关于开展犬只登记管理工作的通知", "not_on_list", None),
    ],
)
def test_where_a_task_stands(listed: World, text: str, standing: str, title: str | None) -> None:
    found = ask(listed, text)
    assert (found.standing, found.entry.title if found.entry else None) == (standing, title)


def test_who_leads_and_what_the_township_helps_with(listed: World) -> None:
    plain = checked(listed.people["naji"], "食品生产经营安全监督检查", listed.today).as_plain("zh")
    assert plain["entry"]["section_label"] == "配合履职" and plain["entry"]["lead"] == "阿荣旗农牧局"
    assert plain["entry"]["township_duties"] == "协助开展入户宣传。"


def test_the_list_of_the_papers_day_counts(listed: World) -> None:
    before = ask(listed, "秸秆禁烧巡查", on=listed.today - timedelta(days=1))
    assert before.entry is None and before.standing == "similar" and before.alike[0].standing == "not_yet"


def test_what_only_another_township_has_is_not_ones_own(listed: World) -> None:
    outside = ask(listed, "秸秆禁烧巡查", who="outsider")
    assert outside.standing == "similar" and outside.entry is None and not outside.alike[0].here
    anybody = ask(listed, "秸秆禁烧巡查", who="forestry")
    assert anybody.standing == "on_list" and len(anybody.entry.townships) == len(listed.townships)  # type: ignore[union-attr]
    assert ask(listed, "秸秆禁烧巡查", who="forestry", township=listed.key(listed.outside)).standing == "similar"


def test_a_temporary_duty_until_its_last_day(world: World) -> None:
    case = Journey(world).up_to("done", track="temporary")
    found = ask(world, f"关于做好{case.case.title}工作的通知")
    assert found.standing == "temporary" and found.entry is not None and found.entry.last_day == case.case.ends_on


def test_a_deployment_is_known_by_its_number_and_by_its_title(listed: World) -> None:
    deployed(listed, dated_on=listed.today, from_on=listed.today, until=listed.today + timedelta(days=30))
    by_number = ask(listed, "根据阿政办发[2026] 12 号文件，请各乡镇整治村庄环境")
    by_title = ask(listed, "关于开展全旗人居环境集中整治行动的通知")
    assert by_number.standing == by_title.standing == "deployed"
    assert by_number.deployment is not None and by_number.deployment.document_number == "阿政办发〔2026〕12号"
    assert ask(listed, "根据阿政办发〔2026〕12号", on=listed.today - timedelta(days=1)).deployment is None
    assert ask(listed, "根据阿政办发〔2026〕2号，请各乡镇整治村庄环境").deployment is None


def test_a_withdrawn_deployment_covers_nothing(listed: World) -> None:
    number = deployed(listed, dated_on=listed.today, from_on=listed.today)
    perform(listed.people["lead"], "deployment.withdraw", BANNER, {"deployment": number, "reason": "登记有误"}, via="import")
    assert ask(listed, "关于开展全旗人居环境集中整治行动的通知").standing == "not_on_list"


@pytest.mark.parametrize(
    ("text", "sender", "standing"),
    [
        ("内蒙古自治区人民政府办公厅关于开展犬只登记的通知", "", "above"),
        ("关于开展犬只登记的通知", "呼伦贝尔市农牧局", "above"),
        ("关于转发《内蒙古自治区犬只登记办法》的通知", "", "not_on_list"),
        ("关于做好洪涝险情处置的紧急通知", "", "emergency"),
        ("关于开展防洪应急处置演练的通知", "", "not_on_list"),
    ],
)
def test_from_above_and_urgent(listed: World, text: str, sender: str, standing: str) -> None:
    assert ask(listed, text, sender=sender).standing == standing


def test_administrators_check_nothing(listed: World) -> None:
    for who in ("system_admin", "security_admin", "audit_admin"):
        with pytest.raises(NotFound):
            ask(listed, "秸秆禁烧巡查", who=who)


def test_a_form_is_forbidden_for_listed_matters_too_but_handing_over_is_not(listed: World) -> None:
    text = "关于做好秸秆禁烧巡查工作的通知\n请各乡镇组织落实，签订目标责任书，年底对各乡镇进行考核验收。"
    on_list = {found.form: found.excused for found in ask(listed, text).forms}
    assert on_list == {"responsibility_letter": False, "assessment": False, "unadmitted": True}
    off_list = {found.form: found.excused for found in ask(listed, text.replace("秸秆禁烧巡查", "犬只登记")).forms}
    assert off_list == {"responsibility_letter": False, "assessment": False, "unadmitted": False}


def test_a_departments_name_counts_only_where_something_is_handed_over(listed: World) -> None:
    handed = ask(listed, "阿荣旗林业和草原局关于犬只登记的通知\n请各乡镇组织登记。")
    assert {found.form for found in handed.forms} == {"unadmitted", "in_name_of"} and handed.sender_key == listed.key("forestry")
    assert ask(listed, "阿荣旗林业和草原局关于召开座谈会的通知").forms == ()


def test_statements_do_not_grow_with_the_lists(listed: World) -> None:
    def asked() -> int:
        ask(listed, "关于做好秸秆禁烧巡查工作的通知")
        with CaptureQueriesContext(connection) as caught:
            ask(listed, "关于做好秸秆禁烧巡查工作的通知")
        return len(caught)

    from dutygate.features.lists.tests.importing import taken_in

    few = asked()
    names = [
        (str(n), "民生服务", f"{what}{where}巡查登记")
        for n, (what, where) in enumerate(((a, b) for a in "山河湖田路桥" for b in "东西南北中上"), 9)
    ]
    taken_in(listed, [("序号", "类别", "事项名称"), *names], section="basic")
    assert asked() == few
