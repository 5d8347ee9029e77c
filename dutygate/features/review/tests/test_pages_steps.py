"""受理、退回、回避、征求部门意见、反馈、专家 in the browser (Articles 3, 4.2)."""

from datetime import date

import pytest

from dutygate.features.review.models import CommentRequest, ExpertHearing, ReturnNotice, Substitution
from dutygate.features.review.tests.conftest import rows
from tests.journey import POINTS
from tests.pages.signed_in import browser_of, form_of, press, text


def path_of(review, action):
    return f"/cases/{review.number}/do/review.{action}/"


def lead(review):
    return browser_of(review.people["lead"])


@pytest.fixture
def applied(applied_by):
    return applied_by("forestry")


# 受理


def test_acceptance_shows_every_check_and_accepts(applied):
    page = lead(applied).get(path_of(applied, "accept"))
    said = text(page)
    assert said.count('class="check check-good"') == 15 and "check-bad" not in said
    assert "书面申请的十一项内容都要写齐" in said and "/law/4.1/" in said
    done = press(lead(applied), path_of(applied, "accept"), page)
    assert done.headers["Location"] == f"/cases/{applied.number}/review/" and applied.case.state == "reviewing"


def unmet(applied):
    """The application has no mode and lost an item, as an old record might."""
    rows("cases.Case", number=applied.number).update(mode="")
    rows("application.ItemText", case=applied.case.id, item="workflow").delete()


def test_what_is_missing_is_red_refused_and_leads_to_a_return_that_is_filled_in_already(applied):
    unmet(applied)
    client = lead(applied)
    page = client.get(path_of(applied, "accept"))
    said = text(page)
    assert said.count("check-bad") == 2 and "申请书中的“办事流程”还没有填写" in said and "去退回补正" in said
    assert said.count("申请书中的“办事流程”还没有填写") == 1, "not said twice"
    assert press(client, path_of(applied, "accept"), page).status_code == 422 and applied.case.state == "applied"
    filled = form_of(client.get(path_of(applied, "return")))
    assert (filled["gap_item_0"], filled["gap_item_1"]) == (["workflow"], ["division"])
    assert "办事流程" in filled["gap_text_0"][0] and "委托" in filled["gap_text_1"][0]


def test_a_lead_that_applies_itself_is_shown_the_way_to_a_substitute(applied_by):
    own = applied_by("lead")
    page = text(lead(own).get(path_of(own, "accept")))
    assert "先办回避与顶替" in page and f"{path_of(own, 'substitute')}?seat=lead" in page


# 退回


def test_all_gaps_go_out_in_one_notice(review):
    page = lead(review).get(path_of(review, "return"))
    gaps = {
        "gap_item_0": "division",
        "gap_text_0": "写明谁负责",
        "gap_text_1": "附件不全",
        "gap_item_3": "staffing",
        "gap_text_3": "几个人",
    }
    done = press(lead(review), path_of(review, "return"), page, **gaps)
    assert done.status_code == 302 and review.case.state == "agreed"
    assert ReturnNotice.objects.get().gaps == [
        {"item": "division", "text": "写明谁负责"},
        {"item": "", "text": "附件不全"},
        {"item": "staffing", "text": "几个人"},
    ]


def test_a_return_without_gaps_is_refused_with_its_article(review):
    page = press(lead(review), path_of(review, "return"))
    said = text(page)
    assert page.status_code == 422 and "退回时没有列明要补正什么" in said[said.index('name="gap_text_0"') :] and "/law/4.2/" in said
    assert review.case.state == "reviewing"


def test_an_item_without_words_comes_back_at_its_row_with_all_that_was_typed(review):
    page = press(lead(review), path_of(review, "return"), gap_text_0="写明谁负责", gap_item_2="staffing")
    said = text(page)
    assert page.status_code == 422 and not ReturnNotice.objects.exists()
    assert "请写明这一处缺什么" in said[said.index('name="gap_text_2"') :] and form_of(page)["gap_text_0"] == ["写明谁负责"]


def test_there_is_always_an_empty_row_more_and_a_button_that_makes_more_without_a_script(review):
    client = lead(review)
    typed = {f"gap_text_{n}": f"第{n}处" for n in range(4)}
    page = press(client, path_of(review, "return"), intent="again", **typed)
    assert page.status_code == 200 and form_of(page)["gap_text_5"] == [""] and form_of(page)["gap_text_3"] == ["第3处"]
    assert press(client, path_of(review, "return"), page, gap_text_5="第5处").status_code == 302
    assert len(ReturnNotice.objects.get().gaps) == 5


def test_what_the_seats_found_to_be_wrong_stands_in_the_return_already(review):
    points = {p: {"finding": "ok", "text": "可以"} for p in POINTS} | {"safeguards": {"finding": "concern", "text": "经费没有写到年"}}
    review.assess("services", points=points)
    filled = form_of(lead(review).get(path_of(review, "return")))
    assert (filled["gap_item_0"], filled["gap_text_0"], filled["gap_text_1"]) == (["safeguards"], ["经费没有写到年"], [""])


def test_a_gap_that_is_too_long_is_told_at_its_own_row(review):
    page = press(lead(review), path_of(review, "return"), gap_text_1="短", gap_text_2="长" * 2001)
    said = text(page)
    assert page.status_code == 422 and "2000" in said[said.index('name="gap_text_2"') :] and not ReturnNotice.objects.exists()


# 回避与顶替


def test_the_seat_in_its_own_cause_is_chosen_with_its_reason(applied_by):
    own = applied_by("legal")
    client = lead(own)
    page = client.get(path_of(own, "substitute"))
    filled = form_of(page)
    assert filled["seat"] == ["legal"] and "应当回避" in filled["reason"][0] and "就是申请单位" in text(page)
    assert 'value="150721.justice"' not in text(page), "the applicant is not offered as a substitute"
    done = press(client, path_of(own, "substitute"), page, substitute="150721.services_bureau")
    assert done.status_code == 302
    assert Substitution.objects.get().unit_id == own.unit("services")
    assert "顶替 阿荣旗司法局" in text(client.get(f"/cases/{own.number}/review/"))


def test_a_substitute_that_sits_there_already_and_a_missing_reason_are_refused_at_their_fields(review):
    page = press(lead(review), f"{path_of(review, 'substitute')}?seat=legal", substitute="150721.justice")
    said = text(page)
    assert page.status_code == 422 and form_of(page)["seat"] == ["legal"]
    assert "不是可以顶替的" in said[said.index('name="substitute"') : said.index('name="reason"')]
    assert "没有写明理由" in said[said.index('name="reason"') :] and not Substitution.objects.exists()


def test_a_seat_that_has_assessed_is_marked_and_refused(review):
    review.assess("services")
    page = lead(review).get(path_of(review, "substitute"))
    assert "已经审核，不能再顶替" in text(page)
    back = press(lead(review), path_of(review, "substitute"), page, seat="services", substitute="150721.justice", reason="回避")
    assert back.status_code == 422 and "已经提出审核意见" in text(back)


def test_taking_a_seats_place_is_offered_first_only_when_it_is_due(applied_by, review):
    plain, due = text(lead(review).get(f"/cases/{review.number}/")), applied_by("legal")
    assert (
        "回避与顶替" in plain[plain.index("<details>") :]
        and "回避与顶替" not in plain[plain.index("现在可以做") : plain.index("<details>")]
    )
    page = text(lead(due).get(f"/cases/{due.number}/"))
    assert "回避与顶替" in page[page.index("现在可以做") :].split("</ul>")[0]


# 征求部门意见


def test_departments_are_ticked_and_asked_with_a_last_day(review):
    client = lead(review)
    page = client.get(path_of(review, "ask_department"))
    said = text(page)
    assert "2026年3月9日" in said and "联席会议尚未另定" in said
    offered = set(form_of(page)) | {
        v for v in ("150721.agriculture", "150721.water", "150721.forestry", "150721.finance") if f'value="{v}"' in said
    }
    assert {"150721.agriculture", "150721.water"} <= offered and not {"150721.forestry", "150721.finance"} & offered
    done = press(
        client, path_of(review, "ask_department"), page, departments=["150721.agriculture", "150721.water"], question="耕地是否有影响"
    )
    assert done.status_code == 302
    assert set(CommentRequest.objects.values_list("question", "reply_by")) == {("耕地是否有影响", date(2026, 3, 9))}
    assert 'value="150721.water"' not in text(client.get(path_of(review, "ask_department"))), "nobody is asked twice"


def test_a_department_that_the_application_names_comes_first(review):
    rows("application.ItemText", case=review.case.id, item="division").update(text="阿荣旗水务局提供水源地名单。")
    page = text(lead(review).get(path_of(review, "ask_department")))
    assert page.index('value="150721.water"') < page.index('value="150721.agriculture"') and "（申请书里提到）" in page


def test_nobody_ticked_comes_back_with_the_question_kept(review):
    page = press(lead(review), path_of(review, "ask_department"), question="耕地是否有影响")
    assert page.status_code == 422 and form_of(page)["question"] == ["耕地是否有影响"] and not CommentRequest.objects.exists()


def test_asked_by_a_colleague_meanwhile_keeps_the_page_and_says_so(review):
    client = lead(review)
    page = client.get(path_of(review, "ask_department"))
    review.act("lead2", "review.ask_department", departments=["150721.water"])
    stale = press(client, path_of(review, "ask_department"), page, departments=["150721.agriculture"], question="耕地是否有影响")
    assert stale.status_code == 409 and "征求部门意见" in text(stale) and form_of(stale)["question"] == ["耕地是否有影响"]


# 反馈


@pytest.fixture
def asked(review):
    review.act("lead", "review.ask_department", departments=["150721.agriculture"], question="耕地是否有影响")
    return review


def test_the_department_asked_reads_the_question_and_the_matter_and_answers_once(asked):
    client = browser_of(asked.people["agriculture"])
    page = client.get(path_of(asked, "comment"))
    said = text(page)
    assert "耕地是否有影响" in said and "2026年3月9日" in said and "入户宣传" in said and "确需" in said
    done = press(client, path_of(asked, "comment"), page, text="没有影响")
    assert done.headers["Location"] == f"/cases/{asked.number}/review/" and CommentRequest.objects.get().text == "没有影响"
    again = text(client.get(f"/cases/{asked.number}/review/"))
    assert "没有影响" in again and path_of(asked, "comment") not in again, "it is not offered a second time"


def test_an_empty_answer_comes_back(asked):
    page = press(browser_of(asked.people["agriculture"]), path_of(asked, "comment"), text=" ")
    assert page.status_code == 422 and CommentRequest.objects.get().text == ""


def test_after_the_last_day_it_reads_no_reply_and_may_still_be_answered(asked):
    asked.day(12)
    client = browser_of(asked.people["agriculture"])
    tab = text(client.get(f"/cases/{asked.number}/review/"))
    assert "未反馈" in tab and "不等于没有意见" in tab
    assert "已过时限，仍可反馈" in text(client.get(path_of(asked, "comment")))
    assert press(client, path_of(asked, "comment"), text="没有影响").status_code == 302
    assert "（逾期）" in text(client.get(f"/cases/{asked.number}/review/"))


def test_the_lead_enters_a_departments_paper(asked):
    from io import BytesIO

    from dutygate.base.documents.tests.samples import pdf

    path = f"{path_of(asked, 'comment')}?for=150721.agriculture"
    page = lead(asked).get(path)
    assert "代录" in text(page) and "耕地是否有影响" in text(page)
    scan = BytesIO(pdf())
    scan.name = "复函.pdf"
    paper = {"document_number": "阿农函〔2026〕3号", "signed_on": "2026-03-02", "scan_file": scan}
    assert press(lead(asked), path, page, text="没有影响", **paper).status_code == 302
    made = CommentRequest.objects.get()
    assert (made.entered_by_unit, made.document_number) == (asked.unit("lead"), "阿农函〔2026〕3号")
    tab = text(lead(asked).get(f"/cases/{asked.number}/review/"))
    assert "代录：中共阿荣旗委员会机构编制委员会办公室" in tab and f"/files/{made.scan}/" in tab


@pytest.mark.parametrize(("who", "status"), [("water", 404), ("naji", 403), ("outsider", 404)])
def test_who_was_not_asked_does_not_comment(asked, who, status):
    assert browser_of(asked.people[who]).get(path_of(asked, "comment")).status_code == status


# 专家


def test_an_expert_is_heard_on_a_day_that_is_not_to_come(review):
    client = lead(review)
    page = client.get(path_of(review, "hear_expert"))
    assert form_of(page)["heard_on"] == ["2026-03-02"]
    early = press(client, path_of(review, "hear_expert"), page, expert="王教授", opinion="可行", heard_on="2026-03-09")
    assert early.status_code == 422 and "不能晚于现在" in text(early) and form_of(early)["opinion"] == ["可行"]
    assert press(client, path_of(review, "hear_expert"), early, heard_on="2026-02-27").status_code == 302
    assert ExpertHearing.objects.get().heard_on == date(2026, 2, 27)
