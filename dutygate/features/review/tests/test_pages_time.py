"""第三条: more time, a pause, going on, urging, on pages; lights say in words how it stands."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dutygate.features.review.tests.conftest import Review, rows
from tests.journey import Journey
from tests.pages.signed_in import browser_of, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def path_of(review: Review, action: str) -> str:
    return reverse("case_act", args=[review.number, action])


def shown(review: Review, who: str, path: str) -> str:
    page = browser_of(review.people[who]).get(path)
    assert page.status_code == 200, page.status_code
    return text(page)


def test_a_pause_is_begun_and_ended_on_its_page_and_every_light_says_so(review: Review) -> None:
    page = shown(review, "lead", path_of(review, "review.pause"))
    assert "停着" in page and "理由" in page
    review.act("lead", "review.pause", reason="等待上级批复")
    for who in ("legal", "lead"):
        assert "暂停中，时限停着" in shown(review, who, reverse("case", args=[review.number]))
    assert "暂停中，时限停着" in shown(review, "legal", reverse("home"))
    assert "暂停中，时限停着" in shown(review, "legal", reverse("cases"))
    assert "等待上级批复" in shown(review, "forestry", reverse("case_tab", args=[review.number, "review"]))
    assert "恢复审核" in shown(review, "lead", path_of(review, "review.resume"))
    assert browser_of(review.people["lead"]).get(path_of(review, "review.pause")).status_code == 200
    assert "审核已经暂停着" in shown(review, "lead", path_of(review, "review.pause"))


def test_more_time_is_asked_for_on_a_form_that_comes_back_as_typed_with_the_article(review: Review) -> None:
    client, path = browser_of(review.people["lead"]), path_of(review, "review.extend")
    back = send(client, path, days="11", reason="情况复杂")
    assert back.status_code == 422 and "一次最多延长10个工作日" in text(back) and "情况复杂" in text(back)
    assert send(client, path, back, days="5", reason="情况复杂").status_code == 302
    assert "延长的工作日数：5" in text(client.get(reverse("case_tab", args=[review.number, "review"])))


def test_a_meeting_of_the_parties_is_entered_and_read_by_those_who_were_there(review: Review) -> None:
    case = Journey(review.journey.world).up_to("consulting")
    client, path = browser_of(review.people["lead"]), reverse("case_act", args=[case.number, "consultation.mediate"])
    bare = send(client, path, held_on="2026-03-02", present=["150721.forestry", "150721.naji"], minutes="")
    assert bare.status_code == 422 and "没有写协调会的记录" in text(bare)
    assert send(client, path, bare, held_on="2026-03-02", present=["150721.forestry", "150721.naji"], minutes="经费另议").status_code == 302
    tab = reverse("case_tab", args=[case.number, "opinions"])
    assert all("经费另议" in text(browser_of(review.people[who]).get(tab)) for who in ("lead", "forestry", "naji"))
    case.reply()
    assert case.state == "consulting"


def test_urging_is_offered_once_a_task_is_nearly_due_and_what_was_late_is_in_the_history(review: Review) -> None:
    case = reverse("case", args=[review.number])
    link = path_of(review, "case.urge")
    assert link not in shown(review, "forestry", case)
    review.day(24)
    assert link in shown(review, "forestry", case)
    page = shown(review, "forestry", link)
    assert "阿荣旗司法局" in page
    assert "已超期 6 个工作日" in shown(review, "forestry", reverse("cases")), "the legal review, ten days of the fifteen"
    review.assess("legal")
    history = shown(review, "forestry", reverse("case_tab", args=[review.number, "register"]))
    assert "超期 6 个工作日办结" in history and "按期办结" in history


def test_a_township_sees_no_light_of_others_in_its_list(review: Review) -> None:
    review.day(24)
    assert "已超期" not in shown(review, "naji", reverse("cases"))
    assert rows("actions.OpenTask", subject=review.number).exists()
