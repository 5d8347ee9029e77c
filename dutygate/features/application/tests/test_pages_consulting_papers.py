"""第四条（一）、（二）: a paper entered for a township is shown to it, may be contested, and is seen by a second person."""

from __future__ import annotations

import pytest

from dutygate.features.application.models import Opinion, Scope
from tests.journey import Journey
from tests.pages.signed_in import browser_of, send, text


@pytest.fixture
def entered(journey) -> Journey:
    """The applicant entered 那吉镇's reply, the lead that of 六合镇; 亚东镇 answered itself."""
    case = journey().up_to("consulting")
    paper = case.on_paper("forestry", "naji")
    case.do("forestry", "consultation.reply", answer="disagree", reason="录入的理由", **paper)
    case.do("lead", "consultation.reply", answer="agree", **case.on_paper("lead", "liuhe"))
    case.reply("yadong")
    return case


def path(case: Journey, action: str, query: str = "") -> str:
    return f"/cases/{case.number}/do/record.{action}/{query}"


def standing(case: Journey, slug: str = "naji") -> Scope:
    return Scope.objects.get(case__number=case.number, unit=case.world.unit_id(slug))


NAJI, LIUHE = "?township=150721.naji", "?township=150721.liuhe"


def test_the_township_sees_what_was_entered_and_objects(entered):
    client = browser_of(entered.people["naji"])
    page = text(client.get(path(entered, "contest")))
    opinion = Opinion.objects.get(unit=entered.world.unit_id("naji"))
    for said in ("录入的理由", opinion.document_number, f'href="/files/{opinion.scan}/"', "阿荣旗林业和草原局", "还没有核对原件"):
        assert said in page, said
    empty = send(client, path(entered, "contest"), reason="")
    assert empty.status_code == 422 and 'href="#f_reason"' in text(empty) and not standing(entered).contested
    done = send(client, path(entered, "contest"), reason="这不是我镇的复函")
    assert done.headers["Location"] == f"/cases/{entered.number}/opinions/" and standing(entered).contested
    tab = text(client.get(done.headers["Location"]))
    assert "对代录有异议，暂不作数" in tab and "这不是我镇的复函" in tab


def test_objecting_twice_is_refused_with_the_text_kept(entered):
    client = browser_of(entered.people["naji"])
    page = client.get(path(entered, "contest"))
    entered.do("naji2", "record.contest", reason="先说了")
    late = send(client, path(entered, "contest"), page, reason="我再说一遍")
    assert late.status_code == 409 and "我再说一遍" in text(late)
    again = send(client, path(entered, "contest"), reason="我再说一遍")
    assert again.status_code == 422 and "没有可以办理这一步的代录答复" in text(again) and "我再说一遍" in text(again)


def test_the_lead_sees_the_scan_and_registers_the_check(entered):
    client = browser_of(entered.people["lead2"])
    choice = text(client.get(path(entered, "check_original")))
    assert NAJI in choice and LIUHE in choice and "150721.yadong" not in choice
    page = text(client.get(path(entered, "check_original", NAJI)))
    opinion = Opinion.objects.get(unit=entered.world.unit_id("naji"))
    assert f'href="/files/{opinion.scan}/"' in page and "录入的理由" in page and "?for=150721.naji" in page
    done = send(client, path(entered, "check_original", NAJI))
    assert done.headers["Location"] == f"/cases/{entered.number}/opinions/" and standing(entered).paper == "checked"
    assert "已核对原件" in text(client.get(done.headers["Location"]))
    twice = send(client, path(entered, "check_original", NAJI))
    assert twice.status_code == 422 and "没有可以办理这一步的代录答复" in text(twice)


def test_who_entered_it_is_told_and_refused(entered):
    client = browser_of(entered.people["lead"])
    assert "是您录入的" in text(client.get(path(entered, "check_original", LIUHE)))
    assert "是您录入的" not in text(client.get(path(entered, "check_original", NAJI)))
    page = send(client, path(entered, "check_original", LIUHE))
    assert page.status_code == 422 and "录入人以外的第二个人" in text(page) and standing(entered, "liuhe").paper == "unchecked"
    assert send(browser_of(entered.people["lead2"]), path(entered, "check_original", LIUHE)).status_code == 302


def test_it_is_offered_only_where_there_is_a_paper(entered, journey):
    def offered(case, role):
        return text(browser_of(case.people[role]).get(f"/cases/{case.number}/opinions/"))

    assert "record.contest/" in offered(entered, "naji") and "record.contest/" not in offered(entered, "yadong")
    assert "record.correct/" in offered(entered, "forestry"), "it entered one"
    assert "record.check_original/" in offered(entered, "lead") and "record.check_original/" not in offered(entered, "forestry")
    plain = journey("agriculture").up_to("consulting")
    plain.reply()
    assert "record.check_original/" not in offered(plain, "lead") and "record.contest/" not in offered(plain, "naji")


def test_three_people(entered):
    assert browser_of(entered.people["outsider"]).get(path(entered, "contest")).status_code == 404
    assert browser_of(entered.people["forestry"]).get(path(entered, "check_original", NAJI)).status_code == 403
    own = browser_of(entered.people["yadong"]).get(path(entered, "contest"))
    assert "录入的理由" not in text(own)


def test_in_english(entered):
    client = browser_of(entered.people["lead2"])
    client.cookies["django_language"] = "en"
    page = text(client.get(path(entered, "check_original", NAJI)))
    assert "Original not seen yet" in page and "Original seen, the same as entered" in page
