"""Article 4.4 in the form in which it is done: issued, delivered by hand or post, opened, acknowledged, each with person and time; one
that the lead entered from paper may be contested, and then the case is not done.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.catalogue.errors import Malformed, NotAllowed, Refused
from dutygate.base.notices.receipts import receipts_of
from tests.journey import Journey
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


@pytest.fixture
def told(journey: Start, settings: Any, tmp_path: Any) -> Journey:
    """A regular case of three townships, approved and told."""
    settings.MEDIA_ROOT = tmp_path / "files"
    case = journey().up_to("approved")
    case.notify()
    return case


def receipt(case: Journey, role: str) -> Any:
    return next(row for row in receipts_of(case.case.id) if row.unit_id == case.world.unit_id(role))


def codes(refused: Any) -> list[str]:
    return [finding.code for finding in refused.value.findings]


@pytest.mark.db_both
def test_a_delivery_is_recorded_of_who_owes_a_receipt_and_is_no_receipt(told: Journey) -> None:
    day = told.world.today
    given = {"how": "hand", "delivered_on": day, "to_whom": "收发室", "scan": told.scan("lead")}
    assert told.do("lead", "notice.deliver", units=("那吉镇", "六合镇"), **given).result == {"delivered": 2}
    told.do("lead", "notice.deliver", units=("那吉镇",), how="post", delivered_on=day, parcel="XA12345678")
    assert rows("notices.Delivery").count() == 3 and receipt(told, "naji").acknowledged_at is None
    assert ("notice.acknowledge", "naji") in told.tasks() and told.state == "approved"
    told.acknowledge("liuhe")
    with pytest.raises(Refused) as refused:
        told.do("lead", "notice.deliver", units=("六合镇", "霍尔奇镇"), how="post", delivered_on=day)
    assert codes(refused) == ["not_awaiting_receipt", "not_awaiting_receipt"]
    with pytest.raises(Malformed):
        told.do("lead", "notice.deliver", units=("那吉镇",), how="hand", delivered_on=day + timedelta(days=1))
    with pytest.raises(NotAllowed):
        told.do("forestry", "notice.deliver", units=("那吉镇",), how="hand", delivered_on=day)
    assert not replay().differences


@pytest.mark.db_both
def test_an_objection_lapses_a_receipt_entered_from_paper_and_the_case_is_not_done(told: Journey) -> None:
    others = [role for role in told.owing() if role not in ("naji", "liuhe")]
    told.acknowledge(*others)
    paper = told.on_paper("lead", "那吉镇")
    told.do("lead", "notice.acknowledge", **paper)
    with pytest.raises(Refused) as refused:
        told.do("liuhe", "notice.contest", reason="不是我们的")
    assert codes(refused) == ["no_paper_receipt"]
    told.do("naji", "notice.contest", reason="这份回执不是我镇签的")
    row = receipt(told, "naji")
    assert row.acknowledged_at is None and not row.entered_for and row.contested_scan == paper["scan"]
    assert ("notice.acknowledge", "naji") in told.tasks()
    told.acknowledge("liuhe")
    assert told.state == "approved", "one receipt is owed again"
    with pytest.raises(Refused) as again:
        told.do("naji", "notice.contest", reason="再提一次")
    assert codes(again) == ["no_paper_receipt"]
    told.acknowledge("naji")
    assert told.state == "done" and told.tasks() == set()
    assert receipt(told, "naji").contest_reason == "这份回执不是我镇签的", "the objection stays readable"
    assert not replay().differences


@pytest.mark.db_both
def test_after_the_case_is_done_an_objection_marks_the_receipt_and_the_lead_shows_the_original(told: Journey) -> None:
    told.do("lead", "notice.acknowledge", **told.on_paper("lead", "那吉镇"))
    told.acknowledge()
    before = receipt(told, "naji")
    assert told.state == "done"
    day = told.world.today
    with pytest.raises(Refused) as nothing:
        told.do("lead2", "notice.show_original", unit="那吉镇", shown_on=day)
    assert codes(nothing) == ["receipt_not_contested"]
    told.do("naji", "notice.contest", reason="签的是另一份文件")
    row = receipt(told, "naji")
    assert told.state == "done" and told.tasks() == set(), "it does not open again"
    assert row.disputed and row.acknowledged_at == before.acknowledged_at and row.scan == before.scan, "what was entered stands, marked"
    with pytest.raises(Refused) as again:
        told.do("naji", "notice.contest", reason="再提一次")
    assert codes(again) == ["no_paper_receipt"]
    with pytest.raises(Refused) as own:
        told.do("lead", "notice.show_original", unit="那吉镇", shown_on=day)
    assert codes(own) == ["same_person"], "not by who entered it"
    with pytest.raises(Malformed):
        told.do("lead2", "notice.show_original", unit="那吉镇", shown_on=day + timedelta(days=1))
    told.do("lead2", "notice.show_original", unit="那吉镇", shown_on=day, note="在镇政府看过", scan=told.scan("lead2"))
    row = receipt(told, "naji")
    assert not row.disputed and row.contest_reason == "签的是另一份文件" and row.shown_by == told.people["lead2"].user_id
    with pytest.raises(Refused):
        told.do("naji", "notice.contest", reason="还要提")
    assert replay().holds


@pytest.mark.page
def test_after_the_case_is_done_it_runs_over_the_pages(told: Journey) -> None:
    told.do("lead", "notice.acknowledge", **told.on_paper("lead", "那吉镇"))
    told.acknowledge()
    naji, lead = browser_of(told.people["naji"]), browser_of(told.people["lead2"])
    form, show = (f"/cases/{told.number}/do/notice.{step}/" for step in ("contest", "show_original"))
    assert show not in text(lead.get(f"/cases/{told.number}/"))
    page = naji.get(form)
    assert "不因异议重新打开" in text(page)
    assert press(naji, form, page, reason="不是我们签的").status_code == 302
    assert show in text(lead.get(f"/cases/{told.number}/"))
    assert "等牵头单位出示原件" in text(lead.get(f"/cases/{told.number}/papers/"))
    assert press(lead, show, note="当面看过").status_code == 302
    said = text(naji.get(f"/cases/{told.number}/papers/"))
    assert "已出示原件" in said and "当面看过" in said and "等牵头单位出示原件" not in said


@pytest.mark.page
def test_who_did_what_when_stands_in_the_papers(told: Journey) -> None:
    path = f"/cases/{told.number}/papers/"
    lead, naji = browser_of(told.people["lead"]), browser_of(told.people["naji"])
    assert "没有在系统里打开过" in text(lead.get(path))
    assert not rows("notices.NoticeOpening").exists(), "the lead was not told, it tells"
    naji.get(f"/cases/{told.number}/do/notice.acknowledge/")
    naji.get(path)
    opening = rows("notices.NoticeOpening").get()
    assert (opening.case_id, opening.unit_id, opening.user_id) == (told.case.id, told.world.unit_id("naji"), told.people["naji"].user_id)
    form = f"/cases/{told.number}/do/notice.deliver/"
    page = lead.get(form)
    assert len(form_of(page)["units"]) == len(told.owing()), "everybody who owes one is ticked"
    assert form_of(lead.get(f"{form}?for=150721.naji"))["units"] == ["150721.naji"]
    assert press(lead, form, page, units=["150721.naji"], how="post", parcel="XA1", to_whom="门卫").status_code == 302
    said = text(lead.get(path))
    for words in ("邮寄", "XA1", "门卫", "发出：", "系统内"):
        assert words in said, words
    assert said.count("没有在系统里打开过") == len(told.owing()) - 1
    later = press(lead, form, units=["150721.naji"], delivered_on=str(told.world.today + timedelta(days=3)))
    assert later.status_code == 422


@pytest.mark.page
def test_the_unit_objects_on_a_page_that_shows_what_was_entered(told: Journey) -> None:
    naji = browser_of(told.people["naji"])
    form = f"/cases/{told.number}/do/notice.contest/"
    assert form not in text(naji.get(f"/cases/{told.number}/"))
    told.do("lead", "notice.acknowledge", **told.on_paper("lead", "那吉镇"))
    assert form in text(naji.get(f"/cases/{told.number}/"))
    page = naji.get(form)
    assert "/files/" in text(page)
    assert press(naji, form, page, reason="").status_code == 422
    assert press(naji, form, page, reason="签的是另一份文件").status_code == 302
    assert "签的是另一份文件" in text(browser_of(told.people["lead"]).get(f"/cases/{told.number}/papers/"))
    assert "提出了异议" in text(browser_of(told.people["lead"]).get("/messages/"))


@pytest.mark.page
def test_several_are_signed_at_once_each_with_its_entry(journey: Start) -> None:
    cases = [journey().up_to("approved") for _n in range(3)]
    for case in cases:
        case.notify()
    naji = browser_of(cases[0].people["naji"])
    page = text(naji.get("/desk/receipts/"))
    assert page.count('name="sign"') == 3 and "阿测〔2026〕" in page
    post = {"post": cases[0].people["naji"].post_id}
    names = [f"notice.acknowledge {case.number}" for case in cases]
    told = naji.post("/desk/receipts/sign/", {**post, "sign": [*names[:2], "notice.acknowledge 150721-2026-9999"]}, follow=True)
    assert "已签收 2 件" in text(told) and "150721-2026-9999 没有签收" in text(told)
    assert [receipt(case, "naji").acknowledged_at is None for case in cases] == [False, False, True]
    assert receipt(cases[0], "naji").acknowledged_by == cases[0].people["naji"].user_id
    entries = rows("register.Entry").filter(action="notice.acknowledge")
    assert entries.count() == 2 and set(entries.values_list("outcome", flat=True)) == {"permitted"}
    again = naji.post("/desk/receipts/sign/", {**post, "sign": names[:1]}, follow=True)
    assert "已经签收过" in text(again) and entries.count() == 2
    assert "没有勾选" in text(naji.post("/desk/receipts/sign/", post, follow=True))
    other = naji.post("/desk/receipts/sign/", {"post": "1", "sign": names[2:]}, follow=True)
    assert "换了身份" in text(other) and receipt(cases[2], "naji").acknowledged_at is None


@pytest.mark.page
def test_late_receipts_stand_on_the_leads_desk_with_what_may_be_done(told: Journey) -> None:
    lead, forestry = browser_of(told.people["lead"]), browser_of(told.people["forestry"])
    assert "没有逾期未签收的告知" in text(lead.get("/desk/late/"))
    rows("actions.OpenTask").filter(action="notice.acknowledge").update(due_on=told.world.today - timedelta(days=1))
    page = text(lead.get("/desk/late/"))
    assert f'>逾期未签收 <span class="count">{len(told.owing())}</span>' in page
    assert "那吉镇" in page and f"/cases/{told.number}/do/notice.deliver/?for=150721.naji" in page
    assert lead.get(f"/cases/{told.number}/do/notice.acknowledge/?for=150721.naji").status_code == 200
    for browser in (forestry, browser_of(told.people["naji"])):
        assert "逾期未签收" not in text(browser.get("/")), "of other units' lateness the lead alone is told"
        assert "六合镇" not in text(browser.get("/desk/late/"))
    assert sweep().failed == []
    assert told.state == "approved", "time alone acknowledges nothing"
