"""传阅、工作移交 (Articles 3, 4): shown to colleagues, read by them; a leaver's work goes to a colleague. No task or limit changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import NotAllowed, Refused
from tests.journey import Journey
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


@pytest.mark.db_both
def test_who_has_read_is_kept_and_nothing_else_changes(journey: Start) -> None:
    case = journey().up_to("consulting")
    before = list(rows("actions.OpenTask").order_by("id").values())
    case.do("naji", "case.circulate", users=("naji2",), note="请书记阅")
    case.do("naji", "case.circulate", users=("naji2", "naji"))
    assert rows("cases.Circulation").count() == 2, "whoever has it unread gets it once"
    with pytest.raises(Refused) as refused:
        case.do("naji", "case.circulate", users=("naji2", "liuhe", "forestry"))
    assert codes(refused) == ["not_in_this_unit", "not_in_this_unit"]
    with pytest.raises(Refused) as nothing:
        case.do("liuhe", "case.mark_read")
    assert codes(nothing) == ["nothing_to_read"]
    case.do("naji2", "case.mark_read", note="同意")
    read = rows("cases.Circulation").get(user_id=case.people["naji2"].user_id)
    assert read.read_at is not None and read.answer == "同意"
    with pytest.raises(Refused):
        case.do("naji2", "case.mark_read")
    assert list(rows("actions.OpenTask").order_by("id").values()) == before and case.state == "consulting"
    assert not replay().differences


@pytest.mark.page
def test_on_screen_the_reader_finds_it_and_other_units_do_not(journey: Start) -> None:
    case = journey().up_to("consulting")
    naji, second, lead = (browser_of(case.people[who]) for who in ("naji", "naji2", "lead"))
    form = f"/cases/{case.number}/do/case.circulate/"
    assert form in text(naji.get(f"/cases/{case.number}/"))
    assert press(naji, form, users=[], note="看看").status_code == 422
    assert press(naji, form, users=["naji2"], note="请阅").headers["Location"] == f"/cases/{case.number}/circulation/"
    assert '>待阅 <span class="count">1</span>' in text(second.get("/")) and "待阅" not in text(lead.get("/"))
    assert case.number in text(second.get("/desk/toread/"))
    mark = f"/cases/{case.number}/do/case.mark_read/"
    assert mark in text(second.get(f"/cases/{case.number}/")) and mark not in text(naji.get(f"/cases/{case.number}/"))
    assert "请阅" in text(second.get(mark))
    assert press(second, mark, note="知道了").status_code == 302
    tab = text(naji.get(f"/cases/{case.number}/circulation/"))
    assert "知道了" in tab and "还没有阅" not in tab
    other = text(lead.get(f"/cases/{case.number}/circulation/"))
    assert "还没有传阅过" in other and "知道了" not in other, "inside the unit alone"


@pytest.mark.db_both
def test_a_leavers_work_passes_to_a_colleague_with_its_days(journey: Start) -> None:
    case, other = journey().up_to("consulting"), journey().up_to("consulting")
    day = case.world.today
    case.do("naji2", "case.reassign", task="consultation.reply", user="naji")
    other.do("naji2", "case.stand_in", task="consultation.reply", user="naji", from_on=day, to_on=day + timedelta(days=9))
    case.do("naji2", "case.circulate", users=("naji",), note="请阅")
    tasks = list(rows("actions.OpenTask").order_by("id").values())
    unit = case.world.key("naji")
    for to, why in (("naji", "herself"), ("liuhe", "a stranger")):
        with pytest.raises(Refused) as refused:
            case.do("security_admin", "post.hand_over", subject=unit, username="naji", to=to)
        assert codes(refused) == ["no_successor_in_this_unit"], why
    with pytest.raises(NotAllowed):
        case.do("naji2", "post.hand_over", subject=unit, username="naji", to="naji2")
    case.do("security_admin", "post.end", subject=unit, username="naji", kind="handler", reason="调离")
    done = case.do("security_admin", "post.hand_over", subject=unit, username="naji", to="naji2", reason="调离")
    assert done.result == {"tasks": 2, "readings": 1}
    second = case.people["naji2"].user_id
    found = rows("cases.Assignment").filter(user_id=second).order_by("id").values_list("case_id", "task", "kind", "to_on")
    assert list(found) == [
        (case.case.id, "consultation.reply", "reassign", None),
        (other.case.id, "consultation.reply", "stand_in", day + timedelta(days=9)),
    ]
    assert list(rows("actions.OpenTask").order_by("id").values()) == tasks, "the unit's tasks and their days stay"
    case.do("naji2", "case.mark_read")
    again = case.do("security_admin", "post.hand_over", subject=unit, username="naji", to="naji2")
    assert again.result == {"tasks": 0, "readings": 0}, "once handed over, nothing is left"
    assert not replay().differences


@pytest.mark.page
def test_the_security_administrator_hands_over_from_the_page_of_the_person(journey: Start) -> None:
    case = journey().up_to("consulting")
    case.do("naji2", "case.reassign", task="consultation.reply", user="naji")
    client = browser_of(case.people["security_admin"])
    path = "/administration/people/hand-over/?unit=150721.naji&person=naji&post=handler"
    assert path.replace("&", "&amp;") in text(client.get("/administration/person/naji/"))
    page = client.get(path)
    assert "naji2" in text(page) and 'value="liuhe"' not in text(page)
    assert press(client, path, page, to="").status_code == 422
    assert press(client, path, page, to="naji2", reason="退休").status_code == 302
    assert rows("cases.Assignment").filter(user_id=case.people["naji2"].user_id).count() == 1
    assert path.replace("&", "&amp;") not in text(browser_of(case.people["system_admin"]).get("/administration/person/naji/"))
