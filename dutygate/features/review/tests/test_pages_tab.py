"""审核 as a tab and as one printed sheet (Articles 2, 3, 4.2): who reads what, in both languages, at the same price."""

import re
from html import unescape

import pytest

from dutygate.features.review.tests.conftest import FINDINGS
from tests.journey import Journey
from tests.pages.signed_in import browser_of, text

SEEN = {"lead": True, "legal": True, "finance": True, "city": True, "forestry": False, "naji": False, "agriculture": False}


def tab_of(review):
    return f"/cases/{review.number}/review/"


def sheet_of(review):
    return f"/cases/{review.number}/review/sheet/"


@pytest.fixture
def written(review):
    """Everything but the conclusion."""
    review.act("lead", "review.ask_department", departments=["阿荣旗农牧局", "阿荣旗水务局"], question="耕地是否有影响")
    review.act("agriculture", "review.comment", text="不占耕地")
    review.act("lead", "review.hear_expert", expert="王教授", affiliation="林学", opinion="可行", heard_on="2026-02-28")
    review.assess("lead", text="乡镇最熟悉")
    review.assess("legal", excluded_power_reason="不是权力事项")
    review.assess("member")
    points = {**FINDINGS, "safeguards": {"finding": "concern", "text": "经费没有写到年"}}
    review.assess("services", points=points, recommends="not_admit", text="先把经费写清")
    return review


def rows_of(page):
    table = re.search(r'<table class="table stack matrix">.*?</table>', text(page), re.DOTALL)[0]
    return re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]


def words(html):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def test_seats_by_five_points_with_who_when_what_and_the_recommendation(written):
    lead, legal, services, member = [words(row) for row in rows_of(browser_of(written.people["lead"]).get(tab_of(written)))]
    assert "牵头单位" in lead and "2026年3月2日" in lead and lead.count("符合") == 5 and "确需由乡镇承担" in lead and "同意准入" in lead
    assert "不属于排除的权力事项" in legal and "不属于突发、紧急事件的处置" in legal
    assert services.count("符合") == 4 and services.count("有问题") == 1 and "不予准入" in services
    assert "其他成员单位（阿荣旗财政局）" in member


def test_words_departments_experts_stand_below(written):
    said = text(browser_of(written.people["legal"]).get(tab_of(written)))
    for part in ("经费没有写到年", "先把经费写清", "不是权力事项", "耕地是否有影响", "不占耕地", "王教授", "林学", "可行"):
        assert part in said, part
    assert "已审核的席位：4，共 4 个。已反馈的部门：1，共 2 个。" in said and "2026年3月9日" in said


@pytest.mark.parametrize(("who", "open_now"), SEEN.items())
def test_until_the_conclusion_only_seats_and_the_city_read_it_and_the_others_are_told_why(written, who, open_now):
    for path in (tab_of(written), sheet_of(written)):
        page = browser_of(written.people[who]).get(path)
        said = text(page)
        assert page.status_code == 200
        assert ("经费没有写到年" in said) == open_now
        assert ("在形成审核意见以后向当事各方公开" in said) != open_now
        assert ("不占耕地" in said) == (open_now or who == "agriculture"), "a department reads its own words"


@pytest.mark.parametrize("who", ["outsider", "system_admin", "audit_admin"])
def test_for_everybody_else_it_does_not_exist(written, who):
    client = browser_of(written.people[who])
    assert {client.get(path).status_code for path in (tab_of(written), sheet_of(written))} <= {403, 404}


@pytest.mark.parametrize("who", ["forestry", "naji", "agriculture"])
def test_with_the_conclusion_all_parties_read_it_with_its_dissent(written, who):
    written.day(12)
    written.act("lead", "review.conclude", outcome="admit", text="同意准入，经费按年列支。")
    said = text(browser_of(written.people[who]).get(tab_of(written)))
    assert "同意准入，经费按年列支。" in said and "经费没有写到年" in said and "未反馈" in said
    assert "先把经费写清" in said[said.index("不同意见") : said.index("各席位审核")]


def test_a_return_shows_its_gaps_and_closes_the_findings_again(written):
    written.day(12)
    written.act("lead", "review.conclude", outcome="admit")
    written.act("lead", "review.return", gaps=[{"item": "safeguards", "text": "经费写到年"}, {"text": "附件不全"}])
    said = text(browser_of(written.people["forestry"]).get(tab_of(written)))
    assert "保障措施" in said and "经费写到年" in said and "附件不全" in said and "已经退回申请单位补正" in said
    assert "先把经费写清" not in said


def test_what_has_lapsed_is_marked_for_the_seats(written):
    written.act("lead", "review.return", gaps=[{"item": "division", "text": "写明责任"}])
    written.applied_again()
    lead = rows_of(browser_of(written.people["lead"]).get(tab_of(written)))[0]
    assert words(lead).count("（其后已改，须重新审核）") == 1


def test_an_earlier_assessment_stays_readable_under_the_new_one(written):
    written.assess("services", text="经费已经写清")
    said = text(browser_of(written.people["lead"]).get(tab_of(written)))
    assert "先把经费写清" in said[said.index("以前的审核") :] and "经费已经写清" in said[: said.index("以前的审核")]


def test_before_anything_was_submitted_there_is_no_such_tab(review):
    fresh = Journey(review.journey.world).up_to("consulting")
    client = browser_of(review.people["forestry"])
    assert client.get(f"/cases/{fresh.number}/review/").status_code == 404
    assert f"/cases/{fresh.number}/review/" not in text(client.get(f"/cases/{fresh.number}/"))


def test_applied_and_not_accepted_it_says_what_comes_next(applied_by):
    applied = applied_by("forestry")
    assert "牵头单位正在核对是否齐全" in text(browser_of(applied.people["forestry"]).get(tab_of(applied)))


def test_the_sheet_has_principles_points_departments_experts_townships_and_conclusion(written):
    written.day(12)
    written.act("lead", "review.conclude", outcome="admit", text="同意准入，经费按年列支。")
    said = words(text(browser_of(written.people["naji"]).get(sheet_of(written))))
    for part in (
        "依法依规、权责对等、严格程序、动态调整、强化保障",
        "审核重点",
        "工作内容",
        "经费没有写到年",
        "阿荣旗水务局",
        "未反馈",
        "王教授",
        "同意 1 个",
        "同意准入，经费按年列支。",
        "不同意见",
    ):
        assert part in said, part
    assert "data-print" in text(browser_of(written.people["naji"]).get(sheet_of(written)))


@pytest.mark.parametrize("action", ["accept", "return", "substitute", "ask_department", "hear_expert", "assess", "conclude", "refuse"])
def test_every_page_is_whole_in_english(written, action):
    client = browser_of(written.people["lead"])
    client.cookies["django_language"] = "en"
    for path in (tab_of(written), sheet_of(written), f"/cases/{written.number}/do/review.{action}/"):
        said = text(client.get(path))
        main = said[said.index("<main") : said.index("</main>")]
        assert 'lang="en"' in said
        labels = re.findall(r"<(?:h1|h2|h3|legend|label|button|summary|dt)[^>]*>([^<]*)", main) + re.findall(r'aria-label="([^"]*)"', main)
        chinese = [label for label in labels if re.search(r"[\u4e00-\u9fff]", label) and "林草" not in label and "阿荣" not in label]
        assert not chinese, (path, chinese)
