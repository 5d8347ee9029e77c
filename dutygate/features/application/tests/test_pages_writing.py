"""编写申请 in the browser (Articles 1, 4.1, 5): three steps, only what changed is entered, a refusal stands at its field."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dutygate.base.actions.amounts import YuanField, as_yuan
from dutygate.base.register.queries import sealed_of
from dutygate.features.application.models import ItemText, Safeguard, Scope
from dutygate.features.application.tests.browser import form_of, press
from tests.journey import BANNER, ITEMS
from tests.pages.signed_in import browser_of, text
from tests.rows import rows

WRITTEN = {item: words for item, words in ITEMS.items() if item not in ("legal_basis", "safeguards")}
SAFEGUARDS = {
    "sg_all_funding_needed": "yes",
    "sg_all_funding_amount": "2万元",
    "sg_all_funding_note": "每年一月底前拨付",
    "sg_all_technical_needed": "yes",
    "sg_all_technical_note": "指定联系人",
    "sg_all_training_needed": "no",
    "sg_all_training_note": "已有省级网络课程",
}
IN_WORDS = "工作经费：每个乡镇每年20000元，每年一月底前拨付；技术力量：指定联系人；业务培训：不需要，已有省级网络课程。"
NEW_BASIS = {"basis_title_0": "森林防火条例", "basis_kind_0": "administrative_regulation", "basis_article_0": "第五条"}


@pytest.fixture
def case(journey):
    """A case that was just opened."""
    found = journey()
    found.open()
    return found


@pytest.fixture
def clerk(world):
    return browser_of(world.people["forestry"])


def step(case, name):
    return f"/cases/{case.number}/write/{name}/"


def edits(case, outcome="permitted"):
    return rows("register.Entry").filter(subject=case.number, action="application.edit", outcome=outcome).count()


def last_payload(world):
    entry = rows("register.Entry").filter(action="application.edit").latest("id")
    return sealed_of(world.people["audit_admin"], BANNER, [entry.seq])[entry.seq]["payload"]


def at_field(page, field):
    """The part of the page around a field, with what is said at it."""
    parts = re.split(r'<div class="field', text(page))
    return next(part for part in parts if f'name="{field}"' in part)


def test_the_whole_way_from_townships_to_the_check(world, case, clerk):
    keys = [world.key(slug) for slug in world.townships]
    done = press(clerk, step(case, "townships"), townships=keys)
    assert (done.status_code, done.headers["Location"]) == (302, step(case, "items"))
    assert Scope.objects.filter(in_scope=True).count() == 3
    done = press(clerk, step(case, "items"), **WRITTEN, **SAFEGUARDS, **NEW_BASIS)
    assert (done.status_code, done.headers["Location"]) == (302, step(case, "check")), text(done)
    assert edits(case) == 2
    kept = dict(ItemText.objects.filter(is_current=True).values_list("item", "text"))
    assert kept["objective"] == ITEMS["objective"] and "negotiated_opinion" not in kept
    assert (kept["legal_basis"], kept["safeguards"]) == ("《森林防火条例》第五条。", IN_WORDS)
    assert Safeguard.objects.get(kind="funding").amount_fen == 2_000_000
    assert not rows("bases.LegalBasis").get().confirmed
    page = text(clerk.get(step(case, "check")))
    assert "现在能查的都合乎规定" in page and "要补上" not in page and f"/cases/{case.number}/do/consultation.request/" in page
    assert case.request().result["round"] == 1


def test_no_township_is_no_scope(case, clerk):
    back = press(clerk, step(case, "townships"))
    assert back.status_code == 422 and "请至少选定一个乡镇" in at_field(back, "townships")
    assert edits(case) == 0


def test_all_townships_at_once_without_a_script_in_the_order_of_their_codes(world, case, clerk):
    page = text(clerk.get(step(case, "townships")))
    assert page.index("那吉镇") < page.index("六合镇") < page.index("亚东镇") < page.index("霍尔奇镇")
    assert press(clerk, step(case, "townships"), every="on").status_code == 302
    assert Scope.objects.filter(in_scope=True).count() == len(world.townships) + 1


def test_a_township_is_taken_out_again_while_drafting(world, case, clerk):
    press(clerk, step(case, "townships"), townships=[world.key("naji"), world.key("liuhe")])
    page = clerk.get(step(case, "townships"))
    assert form_of(page)["townships"] == [world.key("naji"), world.key("liuhe")]
    press(clerk, step(case, "townships"), page=page, townships=[world.key("liuhe")])
    assert [row.unit_id for row in Scope.objects.filter(in_scope=True)] == [world.unit_id("liuhe")]


def test_nothing_changed_is_nothing_entered_and_one_goes_on(case, clerk):
    case.fill()
    before = edits(case)
    for name, after in (("townships", "items"), ("items", "check")):
        done = press(clerk, step(case, name))
        assert (done.status_code, done.headers["Location"]) == (302, step(case, after))
    assert edits(case) == before
    assert "没有改动，不用登记" in text(clerk.get(step(case, "check")))


def test_save_and_stay_stays_on_the_page(case, clerk):
    done = press(clerk, step(case, "items"), "stay", objective="换一个目标")
    assert (done.status_code, done.headers["Location"]) == (302, step(case, "items"))
    assert "换一个目标" in text(clerk.get(step(case, "items")))


def test_only_what_changed_is_sent(world, case, clerk):
    case.fill()
    press(clerk, step(case, "items"), mechanism="每月会商一次。\r\n有分歧的报旗政府。", name="林草防火入户宣传")
    sent = {name: value for name, value in last_payload(world).items() if value}
    assert sent == {"items": {"mechanism": "每月会商一次。\n有分歧的报旗政府。", "name": "林草防火入户宣传"}}
    assert case.case.title == "林草防火入户宣传"
    press(clerk, step(case, "items"))  # line ends of the browser are no change
    assert edits(case) == 2


def test_what_stands_is_filled_in(case, clerk):
    case.fill()
    held = form_of(clerk.get(step(case, "items")))
    assert held["content"] == [ITEMS["content"]] and held["sg_all_funding_amount"] == ["20000"]
    assert held["sg_all_training_needed"] == ["no"] and held["bases"] == [str(rows("bases.LegalBasis").get().id)]
    assert held["mode"] == ["assign"] and held["handles_emergency"] == ["no"]


def test_an_excluded_power_is_refused_at_its_field_and_the_text_stays(case, clerk):
    back = press(clerk, step(case, "items"), declared_class="penalty", objective="写了一半的目标")
    assert back.status_code == 422
    said = at_field(back, "declared_class")
    assert "不能通过职责准入交给乡镇" in said and "第一条" in said
    assert "写了一半的目标" in text(back) and re.search(r'<details class="fold" id="declared" open>', text(back))
    assert edits(case) == 0 and edits(case, "refused") == 1


def test_the_handling_of_an_emergency_is_refused_at_its_field(case, clerk):
    back = press(clerk, step(case, "items"), handles_emergency="yes")
    assert back.status_code == 422 and "第七条" in at_field(back, "handles_emergency")


def test_declarations_are_changed_and_taken_back(case, clerk):
    press(clerk, step(case, "items"), track="temporary", ends_on="2027-03-31", acts_in_name_of="")
    assert (case.case.track, case.case.ends_on, case.case.acts_in_name_of) == ("temporary", date(2027, 3, 31), "")
    press(clerk, step(case, "items"), track="regular", ends_on="")
    assert (case.case.track, case.case.ends_on) == ("regular", None)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("20000", 2_000_000),
        ("2万", 2_000_000),
        ("1.5万元", 1_500_000),
        ("２０，０００", 2_000_000),
        ("¥12,000.50", 1_200_050),
        ("0", 0),
        ("", None),
    ],
)
def test_amounts_as_people_write_them(typed, fen):
    assert YuanField(required=False).clean(typed) == fen
    assert YuanField(required=False).clean(as_yuan(fen)) == fen


@pytest.mark.parametrize("typed", ["两万", "1.234", "-5", "999999999999999", "1e3x", "NaN", "Infinity"])
def test_what_is_no_amount_comes_back_at_its_field(case, clerk, typed):
    back = press(clerk, step(case, "items"), sg_all_funding_needed="yes", sg_all_funding_amount=typed)
    assert back.status_code == 422
    said = at_field(back, "sg_all_funding_amount")
    assert "请写金额" in said and f'value="{typed}"' in said


def test_a_safeguard_is_given_or_not_needed(case, clerk):
    back = press(clerk, step(case, "items"), sg_all_technical_note="指定联系人")
    assert back.status_code == 422 and "请选" in at_field(back, "sg_all_technical_needed")
    assert not Safeguard.objects.exists()


def test_none_needed_drops_the_amount(case, clerk):
    case.fill()
    press(clerk, step(case, "items"), sg_all_funding_needed="no", sg_all_funding_note="不发生费用")
    row = Safeguard.objects.get(kind="funding", is_current=True)
    assert (row.needed, row.amount_fen, row.note) == (False, None, "不发生费用")


def test_a_text_that_was_left_to_its_parts_follows_them_and_one_that_was_written_stays(case, clerk):
    press(clerk, step(case, "items"), **SAFEGUARDS, **NEW_BASIS, legal_basis="自己写的依据")
    press(clerk, step(case, "items"), sg_all_technical_note="派两名技术员")
    kept = dict(ItemText.objects.filter(is_current=True).values_list("item", "text"))
    assert kept["safeguards"] == IN_WORDS.replace("指定联系人", "派两名技术员") and kept["legal_basis"] == "自己写的依据"


def test_an_addition_for_one_township_comes_changes_and_goes(world, case, clerk):
    case.fill()
    naji = str(world.unit_id("naji"))
    press(clerk, step(case, "items"), new_township_0=naji, new_item_0="division", new_text_0="那吉镇另设一名联络员")
    row = ItemText.objects.get(addition=naji, is_current=True)
    assert (row.item, row.text) == ("division", "那吉镇另设一名联络员")
    field = f"add_{naji}_division"
    assert form_of(clerk.get(step(case, "items")))[field] == ["那吉镇另设一名联络员"]
    press(clerk, step(case, "items"), **{field: ""})
    assert field not in form_of(clerk.get(step(case, "items")))


def test_an_addition_is_whole_and_is_said_once(world, case, clerk):
    case.fill()
    naji = str(world.unit_id("naji"))
    back = press(clerk, step(case, "items"), new_item_0="division", new_text_0="没有选乡镇")
    assert back.status_code == 422 and "没有填全" in at_field(back, "new_township_0") and "没有选乡镇" in text(back)
    twice = {f"new_{column}_{n}": value for n in (0, 1) for column, value in (("township", naji), ("item", "division"), ("text", "甲"))}
    back = press(clerk, step(case, "items"), **twice)
    assert back.status_code == 422 and "已经有增补" in at_field(back, "new_item_1")


def test_a_safeguard_of_one_township(world, case, clerk):
    case.fill()
    naji = str(world.unit_id("naji"))
    row = {"more_township_0": naji, "more_kind_0": "funding", "more_needed_0": "yes", "more_amount_0": "3万", "more_note_0": "地域大"}
    press(clerk, step(case, "items"), **row)
    kept = Safeguard.objects.get(addition=naji)
    assert (kept.kind, kept.amount_fen, kept.note) == ("funding", 3_000_000, "地域大")
    press(clerk, step(case, "items"), **{f"sg_{naji}_funding_amount": "35000"})
    assert Safeguard.objects.get(addition=naji, is_current=True).amount_fen == 3_500_000


def test_more_rows_without_a_script_and_nothing_is_done(case, clerk):
    typed = {f"new_text_{n}": "写了字" for n in range(2)}
    page = press(clerk, step(case, "items"), "again", objective="还没写完", **typed)
    assert page.status_code == 200 and edits(case) == 0
    held = form_of(page)
    assert held["objective"] == ["还没写完"] and held["new_text_1"] == ["写了字"] and held["new_text_3"] == [""]
    assert "没有填全" not in text(page)


def test_a_basis_is_found_without_a_script_and_ticked(world, case, clerk):
    done = case.do("lead", "basis.register", subject=BANNER, title="草原防火条例", kind="administrative_regulation", article="第二十三条")
    basis = done.result["basis"]
    assert "草原防火条例" not in text(clerk.get(step(case, "items")))
    page = press(clerk, step(case, "items"), "again", basis_q="草原 23条", objective="写了一半")
    assert f'value="{basis}"' in text(page) and "写了一半" in text(page)
    press(clerk, step(case, "items"), page=page, bases=[basis], basis_q="")
    assert [str(c.basis_id) for c in rows("bases.BasisCitation").filter(removed_at=None)] == [basis]
    assert ItemText.objects.get(item="legal_basis", is_current=True).text == "《草原防火条例》第二十三条。"
    press(clerk, step(case, "items"), bases=[])
    assert not rows("bases.BasisCitation").filter(removed_at=None).exists()


def test_a_basis_of_elsewhere_cannot_be_cited(case, clerk):
    back = press(clerk, step(case, "items"), bases=["123456"])
    assert back.status_code == 422 and not rows("bases.BasisCitation").exists()


def test_a_new_basis_is_whole_and_its_days_are_in_order(case, clerk):
    back = press(clerk, step(case, "items"), **{**NEW_BASIS, "basis_kind_0": "", "basis_from_0": "2025-02-01", "basis_to_0": "2025-01-01"})
    assert back.status_code == 422 and "请选种类" in at_field(back, "basis_kind_0") and "晚于" in at_field(back, "basis_to_0")
    assert "森林防火条例" in text(back)


def test_wording_is_hinted_at_and_stops_nothing(case, clerk):
    live = press(clerk, step(case, "items"), "check", content="乡镇对违规用火的给予罚款")
    assert "疑似行政处罚" in text(live)
    assert press(clerk, step(case, "items"), content="乡镇对违规用火的给予罚款").status_code == 302
    page = text(clerk.get(step(case, "check")))
    assert "疑似行政处罚" in page and "请看一看" in page


def test_the_action_leads_to_the_step(case, clerk):
    moved = clerk.get(f"/cases/{case.number}/do/application.edit/")
    assert (moved.status_code, moved.headers["Location"]) == (307, step(case, "items"))
