"""审核表 in the browser (Articles 1, 2, 3, 4.2, 7): five points beside the application, refusals at their field, side by side."""

import re

import pytest

from dutygate.features.review.models import Assessment, FocusFinding
from dutygate.features.review.tests.conftest import rows
from tests.journey import POINTS
from tests.pages.signed_in import browser_of, form_of, press, text

FOUND = {f"finding_{point}": "ok" for point in POINTS}
LEGAL = {"excluded_power": "none", "emergency": "none"}


def path_of(review, action="review.assess"):
    return f"/cases/{review.number}/do/{action}/"


def field(page, name):
    """The part of the page around one field."""
    html = text(page)
    start = html.index(f'name="{name}"')
    return html[html.rindex('<div class="field', 0, start) : start + 2500]


def entries(review, outcome):
    return rows("register.Entry", action="review.assess", subject=review.number, outcome=outcome).count()


def test_the_form_is_headed_by_the_principles_and_shows_the_application_beside_each_point(review):
    page = text(browser_of(review.people["legal"]).get(path_of(review)))
    for principle in ("依法依规", "权责对等", "严格程序", "动态调整", "强化保障"):
        assert principle in page
    for point, said in (("content", "入户宣传、登记巡查情况"), ("legal_basis", "森林防火条例"), ("safeguards", "20,000.00")):
        section = page[page.index(f'id="point-{point}"') :].split("</section>")[0]
        assert said in section and f'name="finding_{point}"' in section and f'name="text_{point}"' in section
    assert "同意 1 个" in page[page.index('id="point-negotiated_opinion"') :].split("</section>")[0]


@pytest.mark.parametrize(
    ("who", "own", "others"),
    [
        ("lead", ["necessity"], ["excluded_power", "emergency", "still_temporary"]),
        ("legal", ["excluded_power", "emergency"], ["necessity", "still_temporary"]),
        ("services", [], ["necessity", "excluded_power", "still_temporary"]),
        ("finance", [], ["necessity", "excluded_power"]),
    ],
)
def test_each_seat_is_asked_what_is_its_own_to_find(review, who, own, others):
    names = re.findall(r'name="([a-z_]+)"', text(browser_of(review.people[who]).get(path_of(review))))
    assert set(own) <= set(names) and not set(others) & set(names)


def test_a_seat_assesses_from_the_page_and_comes_back_to_the_review(review):
    client = browser_of(review.people["legal"])
    done = press(client, path_of(review), **FOUND, **LEGAL, recommends="admit", text="于法有据", text_content="边界清楚")
    assert (done.status_code, done.headers["Location"]) == (302, f"/cases/{review.number}/review/")
    made = Assessment.objects.get()
    assert (made.seat, made.unit_id, made.text, made.excluded_power) == ("legal", review.unit("legal"), "于法有据", "none")
    assert FocusFinding.objects.get(point="content").text == "边界清楚"
    assert rows("register.Entry", action="review.assess").get().via == "page"


def test_an_appointed_member_assesses_for_its_own_seat(review):
    press(browser_of(review.people["finance"]), path_of(review), **FOUND, recommends="admit")
    assert Assessment.objects.get().seat == "member:150721.finance"


def test_a_point_without_a_finding_is_refused_at_that_point_with_its_article_and_the_words_are_kept(review):
    client = browser_of(review.people["services"])
    left = {name: value for name, value in FOUND.items() if name != "finding_division"}
    page = press(client, path_of(review), **left, recommends="admit", text="写了很多", text_division="分工还要看")
    assert page.status_code == 422 and not Assessment.objects.exists() and entries(review, "refused") == 1
    section = text(page)[text(page).index('id="point-division"') :].split("</section>")[0]
    assert "“责任分工”还没有结论" in section and "/law/4.2/" in section and "分工还要看" in section
    kept = form_of(page)
    assert kept["text"] == ["写了很多"] and kept["finding_content"] == ["ok"]


def test_the_legal_seat_without_its_findings_is_refused_at_both(review):
    page = press(browser_of(review.people["legal"]), path_of(review), **FOUND, recommends="admit")
    section = text(page)[text(page).index('id="point-legal"') :].split("</section>")[0]
    assert page.status_code == 422 and "/law/1/" in section and "/law/7/" in section
    assert section.count('class="finding"') == 2


def test_without_a_recommendation_everything_that_is_still_to_be_chosen_is_said_at_once(review):
    page = press(browser_of(review.people["legal"]), path_of(review), text_content="先写这一点")
    assert page.status_code == 422 and form_of(page)["text_content"] == ["先写这一点"]
    assert text(page).count("请选择一项。") >= 2 * (5 + 3), "at each field, and in the summary above"
    assert not rows("register.Entry", action="review.assess").exists()


def test_an_amber_class_needs_its_reason_which_stands_at_the_reason(review):
    review.act("lead", "review.return", gaps=[{"text": "类别"}])
    review.journey.do("forestry", "application.edit", declared_class="inspection")
    review.applied_again()
    client = browser_of(review.people["legal"])
    assert "其他行政权力：认定不属于的，必须写明理由" in text(client.get(path_of(review)))
    page = press(client, path_of(review), **FOUND, **LEGAL, recommends="admit")
    at_reason = text(page)[text(page).index('name="excluded_power_reason"') :][:900]
    assert page.status_code == 422 and "行政检查" in at_reason
    assert press(client, path_of(review), page, excluded_power_reason="只登记，不检查").status_code == 302


def test_wording_that_hints_at_an_excluded_matter_is_shown_to_the_legal_seat(review):
    assert "疑似" not in text(browser_of(review.people["services"]).get(path_of(review)))
    review.act("lead", "review.return", gaps=[{"text": "内容"}])
    review.journey.do("forestry", "application.edit", items={"content": "乡镇对违规用火处以罚款。"})
    review.applied_again()
    page = text(browser_of(review.people["legal"]).get(path_of(review)))
    assert "疑似行政处罚" in page and "罚款" in page


def test_another_seat_meanwhile_disturbs_nobody(review):
    client = browser_of(review.people["services"])
    page = client.get(path_of(review))
    review.assess("legal")
    assert press(client, path_of(review), page, **FOUND, recommends="admit").status_code == 302


def test_the_text_edited_meanwhile_keeps_what_was_typed_and_says_what_changed(review):
    client = browser_of(review.people["services"])
    page = client.get(path_of(review))
    review.act("lead", "review.return", gaps=[{"item": "division", "text": "写明责任"}])
    review.applied_again()
    stale = press(client, path_of(review), page, **FOUND, recommends="admit", text="看的是旧稿")
    assert stale.status_code == 409 and not Assessment.objects.exists()
    assert "您打开这一页以后，这一卷有了变动" in text(stale) and "编写申请" in text(stale) and form_of(stale)["text"] == ["看的是旧稿"]
    assert press(client, path_of(review), stale).status_code == 302, "having seen it, the same words may be sent"


def test_assessing_again_starts_from_what_was_written_and_what_lapsed_is_to_be_found_anew(review):
    review.assess("services", text="初审意见", points={p: {"finding": "ok", "text": f"{p}说明"} for p in POINTS})
    review.act("lead", "review.return", gaps=[{"item": "division", "text": "写明责任"}])
    review.applied_again()
    client = browser_of(review.people["services"])
    page = client.get(path_of(review))
    filled = form_of(page)
    assert filled["text"] == ["初审意见"] and filled["finding_content"] == ["ok"] and filled["text_division"] == ["division说明"]
    assert "finding_division" not in filled and "recommends" not in filled, "what lapsed is chosen anew"
    section = text(page)[text(page).index('id="point-division"') :].split("</section>")[0]
    assert "其后已改" in section
    assert "其后已改" not in text(page)[text(page).index('id="point-content"') :].split("</section>")[0]
    assert press(client, path_of(review), page, finding_division="ok", recommends="admit").status_code == 302
    assert list(Assessment.objects.order_by("id").values_list("is_current", flat=True)) == [False, True]


def test_a_unit_with_two_seats_is_offered_the_one_still_open_and_can_choose(review):
    review.substitute("member:阿荣旗财政局", "阿荣旗司法局")
    client = browser_of(review.people["legal"])
    page = client.get(path_of(review))
    assert form_of(page)["seat"] == ["legal"] and "member%3A150721.finance" in text(page)
    press(client, path_of(review), page, **FOUND, **LEGAL, recommends="admit")
    assert form_of(client.get(path_of(review)))["seat"] == ["member:150721.finance"]
    assert form_of(client.get(f"{path_of(review)}?seat=legal"))["seat"] == ["legal"]


def test_the_lead_enters_a_seats_paper_with_number_date_and_scan(review):
    from io import BytesIO

    from dutygate.base.documents.tests.samples import pdf

    client = browser_of(review.people["lead"])
    case_page = text(client.get(f"/cases/{review.number}/"))
    assert f"{path_of(review)}?for=150721.justice" in case_page, "offered beside the task of the seat"
    path = f"{path_of(review)}?for=150721.justice"
    page = client.get(path)
    assert form_of(page)["seat"] == ["legal"] and "代录" in text(page)
    bare = press(client, path, page, **FOUND, **LEGAL, recommends="admit")
    assert bare.status_code == 422 and "代录必须附扫描件" in text(bare) and not Assessment.objects.exists()
    scan = BytesIO(pdf())
    scan.name = "审核意见.pdf"
    paper = {"document_number": "阿司字〔2026〕9号", "signed_on": "2026-03-02", "scan_file": scan}
    assert press(client, path, bare, **paper).status_code == 302
    made = Assessment.objects.get()
    assert (made.seat, made.unit_id, made.entered_by_unit) == ("legal", review.unit("legal"), review.unit("lead"))
    assert made.document_number == "阿司字〔2026〕9号" and made.scan


def test_a_mistyped_unit_does_not_make_it_an_act_of_ones_own(review):
    assert browser_of(review.people["lead"]).get(f"{path_of(review)}?for=150721.nobody").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("forestry", 403), ("naji", 403), ("outsider", 404), ("agriculture", 404)])
def test_who_sits_in_no_seat_does_not_assess(review, who, status):
    client = browser_of(review.people[who])
    page = client.get(path_of(review))
    assert page.status_code == status
    if status == 403:
        assert "提交审核意见</button>" not in text(page) and "这一步不归您现在的岗位办" in text(page)


def test_a_draft_belongs_to_its_seat(review):
    client = browser_of(review.people["legal"])
    press(client, path_of(review), intent="draft", text="法制审核写到一半")
    assert form_of(client.get(path_of(review)))["text"] == ["法制审核写到一半"]
    assert "法制审核写到一半" not in text(browser_of(review.people["services"]).get(path_of(review)))


def test_from_the_second_term_on_the_legal_seat_is_asked_whether_it_is_still_temporary(review, monkeypatch):
    from dataclasses import replace

    from dutygate.features.review import facts
    from tests.journey import Journey

    case = Journey(review.journey.world).up_to("reviewing", "temporary")
    client = browser_of(review.people["legal"])
    path = f"/cases/{case.number}/do/review.assess/"
    assert 'name="still_temporary"' not in text(client.get(path)), "not in its first term"
    plain = facts._review_facts
    monkeypatch.setattr(facts, "_review_facts", lambda subject: replace(plain(subject), earlier_terms=1))
    page = press(client, path, **FOUND, **LEGAL, recommends="admit")
    asked = text(page)[text(page).index('name="still_temporary"') :][:1500]
    assert page.status_code == 422 and "/law/4.4/" in asked and "还没有认定它是否仍属临时" in asked
    assert press(client, path, page, still_temporary="yes").status_code == 302
    assert Assessment.objects.get().still_temporary is True


def test_a_member_that_was_replaced_is_not_offered_the_review(review):
    client = browser_of(review.people["finance"])
    assert path_of(review) in text(client.get(f"/cases/{review.number}/"))
    review.substitute("member:阿荣旗财政局", "阿荣旗司法局")
    assert path_of(review) not in text(client.get(f"/cases/{review.number}/"))
