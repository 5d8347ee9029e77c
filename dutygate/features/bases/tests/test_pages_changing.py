"""A change of law in the browser (Articles 1, 4.5): seen with all that rests on it, then done; a slip is put right."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform
from dutygate.features.bases.models import BasisChange, LegalBasis
from tests.journey import BANNER
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows

PAPER = {"document": "国务院关于废止部分行政法规的决定", "document_number": "国务院令第800号"}


@pytest.fixture
def basis(world, journey):
    """A confirmed basis on which a case rests that is on its way."""
    case = journey().up_to("consulting")
    row = LegalBasis.objects.get()
    perform(world.people["lead"], "basis.confirm", BANNER, {"basis": str(row.id)}, via="import")
    row.refresh_from_db()
    row.case = case
    return row


def path(basis, what):
    return f"/bases/{basis.id}/{what}/"


@pytest.mark.parametrize("who", ["lead", "legal"])
def test_a_repeal_from_the_page(world, basis, who):
    client = browser_of(world.people[who])
    page = client.get(path(basis, "repeal"))
    assert "清单上没有以它为据的事项" in text(page) and (basis.case.number in text(page)) == (who == "lead")
    done = press(client, path(basis, "repeal"), page, **PAPER, on=world.today.isoformat(), note="以后不再有这一条")
    assert (done.status_code, done.headers["Location"]) == (302, f"/bases/{basis.id}/")
    change = BasisChange.objects.get()
    assert (change.kind, change.article, change.on, change.duties) == ("repeal", "第五条", world.today, [])
    shown = text(client.get(f"/bases/{basis.id}/"))
    for words in ("已废止", "国务院关于废止部分行政法规的决定", "国务院令第800号", "以后不再有这一条", "登记簿里原来是怎么写的"):
        assert words in shown, words


def test_which_part_is_chosen(world, basis):
    client = browser_of(world.people["lead"])
    whole = press(client, path(basis, "amend"), **PAPER, reach="text", on="2026-07-01", before_0="第五条", after_0="第六条")
    assert whole.status_code == 302
    missing = press(client, path(basis, "amend"), **PAPER, reach="other", on="2026-07-01")
    assert missing.status_code == 422 and "请写明是哪一条" in text(missing)
    other = press(client, path(basis, "amend"), **PAPER, reach="other", other_article="第七条第二款", on="2026-07-01")
    assert other.status_code == 302
    assert list(BasisChange.objects.order_by("id").values_list("article", "replacements")) == [
        ("", [["第五条", "第六条"]]),
        ("第七条第二款", []),
    ]


def test_what_is_wrong_comes_back_at_its_field_with_the_text(world, basis):
    client = browser_of(world.people["lead"])
    back = press(client, path(basis, "repeal"), on="2026-07-01", note="写了半天的说明")
    assert back.status_code == 422 and "还没有写明是哪一份文件" in text(back) and "写了半天的说明" in text(back)
    assert not BasisChange.objects.exists()


def test_what_takes_its_place_is_found_and_chosen(world, basis):
    lead = world.people["lead"]
    newer = {"title": "森林草原防灭火条例", "kind": "administrative_regulation", "in_force_from": "2026-01-01"}
    number = perform(lead, "basis.register", BANNER, newer, via="import").result["basis"]
    client = browser_of(lead)
    found = press(client, path(basis, "repeal"), intent="again", successor_q="草原防灭火", **PAPER)
    assert f'<option value="{number}">《森林草原防灭火条例》' in text(found)
    done = press(client, path(basis, "repeal"), found, successor=number, on="2026-07-01")
    assert done.status_code == 302 and BasisChange.objects.get().successor_id == int(number)
    assert "《森林草原防灭火条例》" in text(client.get(done.headers["Location"]))


def test_a_slip_is_put_right_with_its_reason(world, basis):
    client = browser_of(world.people["legal"])
    nothing = press(client, path(basis, "correct"), reason="没有改")
    assert nothing.status_code == 302 and not rows("register.Entry", action="basis.correct").exists()
    without = press(client, path(basis, "correct"), issuer="中华人民共和国国务院")
    assert without.status_code == 422 and "中华人民共和国国务院" in text(without)
    done = press(client, path(basis, "correct"), issuer="中华人民共和国国务院", reason="机关名称写全")
    assert done.status_code == 302 and LegalBasis.objects.get().issuer == "中华人民共和国国务院"
    shown = text(client.get(f"/bases/{basis.id}/"))
    assert "机关名称写全" in shown and "<del>国务院</del> → <ins>中华人民共和国国务院</ins>" in shown


def test_a_page_that_somebody_was_faster_than_says_so(world, basis):
    first, second = browser_of(world.people["lead"]), browser_of(world.people["legal"])
    page = second.get(path(basis, "correct"))
    press(first, path(basis, "correct"), issuer="旗人民政府", reason="改一")
    late = press(second, path(basis, "correct"), page, issuer="旗政府", reason="改二")
    assert late.status_code == 409 and LegalBasis.objects.get().issuer == "旗人民政府"


def test_a_repeal_entered_by_mistake_is_taken_back_from_the_page(world, basis):
    client = browser_of(world.people["lead"])
    press(client, path(basis, "repeal"), **PAPER, on="2026-07-01")
    change = BasisChange.objects.get()
    done = press(client, path(basis, "correct"), void=str(change.id), reason="看错了文件")
    assert done.status_code == 302 and LegalBasis.objects.get().repealed_on is None
    assert "看错了文件" in text(client.get(f"/bases/{basis.id}/"))


@pytest.mark.parametrize("who", ["forestry", "services", "naji", "government", "city"])
def test_others_read_and_do_not_change(world, basis, who):
    client = browser_of(world.people[who])
    shown = text(client.get(f"/bases/{basis.id}/"))
    assert path(basis, "repeal") not in shown and "修改和废止" in shown
    for what in ("amend", "repeal", "correct"):
        assert client.get(path(basis, what)).status_code == client.post(path(basis, what)).status_code == 403


def test_what_is_not_confirmed_is_confirmed_first(world, journey):
    journey().up_to("consulting")
    row = LegalBasis.objects.get()
    led = browser_of(world.people["lead"]).get(path(row, "repeal"), follow=True)
    assert led.redirect_chain[-1][0] == f"/bases/{row.id}/" and "还没有确认" in text(led)


def test_articles_of_one_text_stand_together(world, basis):
    lead = world.people["lead"]
    for article in ("第十条", "第二条"):
        perform(
            lead, "basis.register", BANNER, {"title": "《中华人民共和国森林防火条例》", "kind": "law", "article": article}, via="import"
        )
    shown = text(browser_of(lead).get(f"/bases/{basis.id}/"))
    assert re.findall(r">(第[二十]条)</a>", shown) == ["第二条", "第十条"]


def test_statements_are_few_and_fixed(world, basis, journey):
    client = browser_of(world.people["lead"])

    def counted(what):
        client.get(path(basis, what))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path(basis, what)).status_code == 200
        return len(seen)

    before = {what: counted(what) for what in ("amend", "repeal", "correct")}
    for _n in range(3):
        journey().up_to("consulting")
    assert {what: counted(what) for what in before} == before
    assert max(before.values()) <= 16, before


def test_in_english_only_what_people_wrote_is_chinese(world, basis):
    client = browser_of(world.people["lead"])
    press(client, path(basis, "amend"), **PAPER, on="2026-07-01")
    press(client, path(basis, "correct"), issuer="旗政府", reason="reason")
    client.get("/bases/")  # what was done is said once
    client.cookies["django_language"] = "en"
    own = (
        *(
            "《国务院关于废止部分行政法规的决定》（国务院令第800号）",
            "国务院关于废止部分行政法规的决定",
            "国务院令第800号",
            "《森林防火条例》第五条",
            "森林防火条例",
        ),
        *("林草防火宣传", "阿荣旗林业和草原局", "中共阿荣旗委员会机构编制委员会办公室", "国务院令第541号", "阿荣旗人民政府", "国务院"),
        *("第五条第二款", "第五条", "旗政府", "中文"),
    )
    for what in ("", "amend/", "repeal/", "correct/"):
        visible = re.sub(r"<[^>]+>", " ", text(client.get(f"/bases/{basis.id}/{what}")))
        for words in own:
            visible = visible.replace(words, "")
        assert re.findall(r"[\u4e00-\u9fff]+", visible) == [], what
