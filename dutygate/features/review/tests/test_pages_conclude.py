"""形成审核意见、不予准入 in the browser (Articles 1, 4.2): a text to start from, dissent, reasons with provisions."""

import pytest

from dutygate.features.review.models import ReviewConclusion, ReviewRefusal
from dutygate.features.review.tests.conftest import FINDINGS
from tests.pages.signed_in import browser_of, form_of, press, text


def path_of(review, action="conclude"):
    return f"/cases/{review.number}/do/review.{action}/"


@pytest.fixture
def client(review):
    return browser_of(review.people["lead"])


def test_the_text_is_put_together_from_what_was_written(review, client):
    review.act("lead", "review.ask_department", departments=["150721.agriculture", "150721.water"])
    review.act("agriculture", "review.comment", text="不涉及耕地")
    review.act("lead", "review.hear_expert", expert="王教授", opinion="可行", heard_on="2026-02-28")
    review.assess_all()
    review.day(12)
    draft = form_of(client.get(path_of(review)))
    said = draft["text"][0]
    for part in (
        "阿荣旗林业和草原局申请将“林草防火宣传”（常态化）由 1 个乡镇承担",
        "同意 1 个",
        "确需由乡镇承担",
        "阿荣旗农牧局：不涉及耕地。",
        "阿荣旗水务局：未反馈。",
        "王教授",
        "四、经审核，同意准入",
    ):
        assert part in said, part
    assert draft["outcome"] == ["admit"] and "no_other_concerned" not in draft


def test_it_is_concluded_from_the_page(review, client):
    review.assess_all()
    done = press(client, path_of(review), no_other_concerned="只涉及林草", text="同意准入。")
    assert done.headers["Location"] == f"/cases/{review.number}/review/" and review.case.state == "concluded"
    made = ReviewConclusion.objects.get()
    assert (made.outcome, made.text, made.no_other_concerned) == ("admit", "同意准入。", "只涉及林草")


def test_dissent_is_shown_for_each_outcome_as_it_will_be_written_in(review, client):
    for seat in ("lead", "legal", "member"):
        review.assess(seat)
    review.assess("services", recommends="not_admit", text="窗口承担不了")
    page = client.get(path_of(review))
    filled, said = form_of(page), text(page)
    assert "outcome" not in filled and "各席位建议不一致，不同意见随" in filled["text"][0]
    admit = said[said.index("结论写“同意准入”") :].split("</li>")[0]
    other = said[said.index("结论写“不予准入”") :].split("</li>")[0]
    assert "窗口承担不了" in admit and "窗口承担不了" not in other and "法制审核单位" in other
    press(client, path_of(review), page, outcome="admit", no_other_concerned="只涉及林草")
    assert [one["text"] for one in ReviewConclusion.objects.get().dissent] == ["窗口承担不了"]
    tab = text(client.get(f"/cases/{review.number}/review/"))
    assert "窗口承担不了" in tab[tab.index("不同意见") :]


def test_while_a_seat_is_missing_it_is_refused_and_the_text_kept(review, client):
    for seat in ("lead", "legal", "services"):
        review.assess(seat)
    page = client.get(path_of(review))
    assert "席位还没有审核" in text(page), "said before anything is filled in"
    back = press(client, path_of(review), page, outcome="admit", no_other_concerned="只涉及林草", text="等不及了")
    assert back.status_code == 422 and "其他成员单位（阿荣旗财政局）" in text(back) and form_of(back)["text"] == ["等不及了"]
    assert review.case.state == "reviewing"


def test_nobody_asked_and_no_reason_stands_at_the_reason(review, client):
    review.assess_all()
    page = press(client, path_of(review))
    said = text(page)
    assert page.status_code == 422
    assert "既没有征求相关部门的意见" in said[said.index('name="no_other_concerned"') : said.index('name="text"')]


def test_to_admit_what_the_legal_seat_found_excluded_stands_at_the_outcome(review, client):
    for seat in ("lead", "services", "member"):
        review.assess(seat)
    review.assess("legal", excluded_power="found", excluded_power_reason="实为许可", recommends="not_admit")
    page = press(client, path_of(review), outcome="admit", no_other_concerned="只涉及林草")
    said = text(page)
    assert page.status_code == 422 and "/law/1/" in said[said.index('name="outcome"') :][:2500]
    assert "法制审核认定本事项属于不得准入的行政权力" in said[said.index('name="outcome"') :][:2500]


def test_while_an_outcome_is_chosen_the_rules_are_tried_out(review, client):
    for seat in ("lead", "services", "member"):
        review.assess(seat)
    review.assess("legal", emergency="found", recommends="not_admit")
    given = {**form_of(client.get(path_of(review))), "_intent": "check", "outcome": "admit", "no_other_concerned": "只涉及林草"}
    live = client.post(path_of(review), given, headers={"HX-Request": "true"})
    assert live.status_code == 200 and "突发、紧急事件的处置" in text(live) and review.case.state == "reviewing"


def test_an_assessment_that_comes_in_meanwhile_is_seen_before_it_is_concluded(review, client):
    review.assess_all()
    page = client.get(path_of(review))
    review.assess("services", text="想了想", recommends="not_admit")
    stale = press(client, path_of(review), page, no_other_concerned="只涉及林草", text="同意准入。")
    assert stale.status_code == 409 and form_of(stale)["text"] == ["同意准入。"] and "想了想" in text(stale)
    assert review.case.state == "reviewing"
    assert press(client, path_of(review), stale, outcome="admit").status_code == 302


@pytest.mark.parametrize(("who", "status"), [("legal", 403), ("forestry", 403), ("naji", 403), ("outsider", 404)])
def test_only_the_lead_concludes(review, who, status):
    review.assess_all()
    page = browser_of(review.people[who]).get(path_of(review))
    assert page.status_code == status
    if who in ("forestry", "naji"):
        assert "符合要求" not in text(page), "the text to start from tells no more than the reader may read"


# 不予准入


@pytest.fixture
def not_admitted(review):
    for seat in ("services", "member"):
        review.assess(seat)
    review.assess("lead", necessity="not_necessary", recommends="not_admit")
    points = {**FINDINGS, "division": {"finding": "concern", "text": "责任落到了乡镇"}}
    review.assess("legal", excluded_power="found", excluded_power_reason="实为许可", recommends="not_admit", points=points)
    review.conclude("not_admit")
    return review


def test_the_reasons_that_the_findings_give_stand_there_with_their_provisions(not_admitted, client):
    filled = form_of(client.get(path_of(not_admitted, "refuse")))
    rows = [(filled[f"reason_provision_{n}"][0], filled[f"reason_text_{n}"][0]) for n in range(3)]
    assert [provision for provision, _ in rows] == ["1", "1", "4.2"]
    assert "不必由乡镇承担" in rows[0][1] and "实为许可" in rows[1][1] and "责任落到了乡镇" in rows[2][1]
    assert filled["reason_text_3"] == [""] and filled["reason_text_4"] == [""]


def test_it_is_refused_from_the_page_with_number_and_date(not_admitted, client):
    more = {"document_number": "阿编办函〔2026〕7号", "dated_on": "2026-03-02"}
    blank = {"reason_text_2": "", "reason_provision_2": ""}
    done = press(client, path_of(not_admitted, "refuse"), reason_text_0="镇里办不了", **blank, **more)
    assert done.status_code == 302 and not_admitted.case.state == "refused"
    made = ReviewRefusal.objects.get()
    assert [r["provision"] for r in made.reasons] == ["1", "1"] and made.reasons[0]["text"] == "镇里办不了"
    assert made.document_number == "阿编办函〔2026〕7号"
    tab = text(browser_of(not_admitted.people["forestry"]).get(f"/cases/{not_admitted.number}/review/"))
    assert "镇里办不了" in tab and "阿编办函〔2026〕7号" in tab


def test_without_a_provision_it_is_refused_at_the_provision_and_the_words_are_kept(not_admitted, client):
    bare = {f"reason_provision_{n}": "" for n in range(3)}
    page = press(client, path_of(not_admitted, "refuse"), **bare, reason_text_0="镇里办不了")
    said = text(page)
    assert page.status_code == 422 and not_admitted.case.state == "concluded"
    assert "没有一条引用本办法的条款" in said[said.index('name="reason_provision_0"') : said.index('name="reason_text_0"')]
    assert form_of(page)["reason_text_0"] == ["镇里办不了"]


def test_without_any_reason_it_is_refused(not_admitted, client):
    bare = {f"reason_{kind}_{n}": "" for n in range(3) for kind in ("provision", "text")}
    page = press(client, path_of(not_admitted, "refuse"), **bare)
    assert page.status_code == 422 and "不予准入没有说明理由" in text(page)


def test_a_provision_without_words_comes_back_at_its_row(not_admitted, client):
    page = press(client, path_of(not_admitted, "refuse"), reason_provision_4="7")
    said = text(page)
    assert page.status_code == 422 and "请写明理由；这一条不用的" in said[said.index('name="reason_text_4"') :]


def test_what_is_to_be_admitted_cannot_be_refused_here(review, client):
    review.concluded("admit")
    page = client.get(path_of(review, "refuse"))
    assert "审核意见是同意准入" in text(page)
    assert press(client, path_of(review, "refuse"), page, reason_text_0="不行", reason_provision_0="1").status_code == 422
    assert review.case.state == "concluded"
