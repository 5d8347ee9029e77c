"""条款 on pages (Articles 2, 3, 9-11): the edition in force, each provision with what rests on it, the parameters; for everybody."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dutygate.features.editions import provisions
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from dutygate.law.regulation.wording import read_wording, store_wording
from dutygate.law.rules.registry import RULES
from dutygate.law.rules.statements import statement
from tests.pages.signed_in import browser_of, text

EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)
PATHS = ("/law/", "/law/4.1/", "/law/coverage/", "/law/parameters/", "/law/diagram/", "/law/glossary/", "/help/", "/help/review.assess/")


@pytest.fixture
def page(db):
    def get(path, client=None):
        response = (client or Client()).get(path)
        assert response.status_code == 200, path
        return text(response)

    return get


def english():
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_the_edition_in_force_says_what_it_is(page):
    found = page("/law/")
    for said in (
        EDITION.title.zh,
        EDITION.document_number,
        EDITION.issuer.zh,
        "2024年6月5日",
        EDITION.interpreter.zh,
        "阿党办发〔2023〕18号",
        "现行有效",
    ):
        assert said in found
    assert [found.index(f'id="p-{name}"') for name in EDITION.provisions] == sorted(found.index(f'id="p-{n}"') for n in EDITION.provisions)
    for listed in (EDITION.principles, EDITION.tracks, EDITION.items, EDITION.focus_points, EDITION.seats, EDITION.exclusions.classes):
        assert all(one.label.zh in found for one in listed.values())
    assert found.count("不得准入，不能立卷") == sum(one.effect == "stop" for one in EDITION.exclusions.classes.values()) == 3


def test_a_track_says_who_decides_in_turn(page):
    found = re.sub(r"\s+", "", page("/law/"))
    assert "常态化，依次决定：旗委、旗政府、市政府<" in found
    assert "阶段性、临时性，依次决定：旗委、旗政府<" in found


def test_before_the_office_has_loaded_it_no_wording_is_claimed(page):
    assert "现在还没有载入" in page("/law/")
    assert "正式文本" not in page("/law/4.1/").split('id="content"')[1].replace("不是正式文本", "")


def test_what_the_office_loaded_is_shown_at_its_provision(page, settings, tmp_path):
    settings.DUTYGATE_HOME = tmp_path
    articles = "\n".join(
        f"第{n}条 某处的正式文字{i}。" for i, n in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"), start=1)
    )
    store_wording(tmp_path, read_wording(EDITION, f"{EDITION.title.zh}\n某处的前言。\n{articles}\n".encode()))
    assert "某处的正式文字7。" in page("/law/7/") and "某处的正式文字8。" not in page("/law/7/")
    assert "某处的前言。" in page("/law/preamble/")
    assert page("/law/").count("某处的正式文字") == 11


def test_a_damaged_wording_is_not_shown(page, settings, tmp_path, caplog):
    settings.DUTYGATE_HOME = tmp_path
    articles = "\n".join(f"第{n}条 某处的正式文字。" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"))
    path = store_wording(tmp_path, read_wording(EDITION, articles.encode()))
    path.write_text("改过的文字", encoding="utf-8")
    assert "某处的正式文字" not in page("/law/1/") and "改过的文字" not in page("/law/")
    assert "no longer has the digest" in caplog.text


@pytest.mark.parametrize("provision", list(EDITION.provisions))
def test_a_provision_shows_what_rests_on_it(page, provision):
    found, holds = page(f"/law/{provision}/"), provisions.kept(EDITION)[provision]
    assert EDITION.provisions[provision].summary.zh in found
    for name in holds.rules:
        assert statement(name, "zh") in found and name in RULES
    for name in holds.actions:
        assert f'href="/help/{name}/"' in found
    for test in holds.tests:
        assert test.replace("&", "&amp;") in found
    assert f'<span class="count">{len(holds.rules)}</span>' in found


def test_an_action_is_shown_with_who_and_from_where_to_where(page):
    row = page("/law/4.1/").split('href="/help/consultation.conclude/"')[1].split("</tr>")[0]
    assert "申请单位" in row and "征求意见" in row and "协商一致" in row
    row = page("/law/4.1/").split('href="/help/case.reassign/"')[1].split("</tr>")[0]
    assert "每个未办结的状态" in row and "仍在原状态" in row
    row = page("/law/3/").split('href="/help/unit.create/"')[1].split("</tr>")[0]
    assert "不改变办件的状态" in row


def test_provisions_lead_to_their_neighbours(page):
    found = page("/law/4.1/")
    assert 'rel="prev" href="/law/4/"' in found and 'rel="next" href="/law/4.2/"' in found
    assert 'rel="prev"' not in page("/law/preamble/") and 'rel="next"' not in page("/law/11/")


@pytest.mark.parametrize("path", ["/law/12/", "/law/4.6/", "/law/none/", "/help/nothing/", "/help/state-none/"])
def test_what_is_no_provision_or_topic_is_not_there(db, path):
    assert Client().get(path).status_code == 404


def test_every_provision_has_its_line_in_the_coverage(page):
    found = page("/law/coverage/")
    for provision, holds in provisions.kept(EDITION).items():
        row = found.split(f'href="/law/{provision}/"')[1].split("</tr>")[0]
        assert (f"{len(holds.rules)} 条规则" in row) == bool(holds.rules)
        assert row.rstrip().endswith(f'class="num">{len(holds.tests) or "没有"}</td>')


def test_every_parameter_says_what_is_used_and_that_nobody_has_set_it(page):
    found = page("/law/parameters/")
    for name, parameter in EDITION.parameters.items():
        row = found.split(f'id="parameter-{name}"')[1].split("</tr>")[0]
        assert parameter.label.zh in row and parameter.source.zh in row and f'href="/law/{parameter.cites}/"' in row
        state = "未设定，使用缺省值" if parameter.is_default else "未设定，没有缺省值"
        assert (state in row) == (parameter.status == "not_set")
    assert f"共 {len(EDITION.parameters)} 项，其中 {len(EDITION.parameters)} 项联席会议还没有规定。" in found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("township_reply", "常态化 10 个工作日；阶段性、临时性 3 个工作日"),
        ("department_comment", "5 个工作日"),
        ("banner_decision", "不设时限"),
        ("max_townships_asked", "不设上限"),
        ("yearly_review", "12 月"),
        ("review_extensions", "1 次（个）"),
        ("second_signature", "没有"),
        ("regular_committee", "作决定"),
        ("refusal_by_banner", "知悉"),
        ("trial_period", "可设可不设"),
        ("hearing", "不设"),
        ("sanction_codes", "予以提醒、整改通知、通报、移送"),
        ("retention", "不设时限"),
    ],
)
def test_values_are_said_in_words(page, name, said):
    row = page("/law/parameters/").split(f'id="parameter-{name}"')[1].split("</tr>")[0]
    assert f'现在用的值">{said}' in re.sub(r"\n\s*", "", row)


def test_every_choice_and_unit_of_a_parameter_has_its_word(db):
    for parameter in EDITION.parameters.values():
        for value in (*parameter.values.values(), *parameter.choices):
            said = provisions.in_unit(parameter, value)
            assert said and said != str(value), parameter.name


def test_what_was_set_is_no_longer_called_unset(db):
    from dataclasses import replace
    from datetime import date

    line = provisions.parameter_line(replace(EDITION.parameters["review"], status="set", effective_from=date(2025, 1, 1)))
    assert line["state"] == "联席会议已规定" and line["set"] and line["since"] == date(2025, 1, 1)
    assert provisions.counted([line]) == "共 1 项，其中 0 项联席会议还没有规定。"


@pytest.mark.parametrize("path", PATHS)
def test_everybody_reads_them_signed_in_or_not_and_whoever_she_is(world, path):
    for client in (Client(), *(browser_of(world.people[role]) for role in ("naji", "outsider", "system_admin"))):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_they_are_only_read(db, path):
    assert Client().post(path).status_code == 405


def test_they_stand_in_the_navigation_of_everybody_signed_in(world):
    for role in ("naji", "lead", "security_admin"):
        nav = text(browser_of(world.people[role]).get("/law/")).split('class="places"')[1].split("</nav>")[0]
        assert 'href="/law/" aria-current="page"' in nav and 'href="/help/"' in nav
    assert 'class="places"' not in text(Client().get("/law/"))


@pytest.mark.parametrize("path", PATHS)
def test_english_is_complete(page, path):
    found = page(path, english())
    assert '<html lang="en">' in found
    body = found.split('id="content"')[1]
    body = re.sub(r'<(td|div|strong)[^>]* lang="zh-Hans"[^>]*>.*?</\1>', "", body, flags=re.DOTALL)
    for own in ("阿党办发〔2024〕15号", "阿党办发〔2023〕18号", "三定", "阿荣旗", "呼伦贝尔市", "旗委编办", "未反馈", "无意见"):
        body = body.replace(own, "")
    assert not re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", body)


def queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_they_cost_the_same_however_many_cases(world, journey):
    client = browser_of(world.people["lead"])
    client.get("/law/")
    few = {path: queries(client, path) for path in PATHS}
    for _ in range(3):
        journey().up_to("consulting")
    assert {path: queries(client, path) for path in PATHS} == few
    own = few.pop("/law/4.1/")
    assert set(few.values()) == {min(few.values())}, "none of them asks the database for anything of its own"
    assert own - min(few.values()) == 4, "what was said about a provision, and what the reader may do about it"


def test_every_page_that_keeps_a_provision_has_a_name(db):
    from django.conf import settings

    for route in settings.PAGES:
        line = provisions.page_line(PROCEDURE, route, "zh")
        assert re.search(r"[\u4e00-\u9fff]", line["label"]) and route not in line["label"], route
    assert provisions.page_line(PROCEDURE, "unheard_of", "zh") == {"label": "unheard_of", "href": ""}
