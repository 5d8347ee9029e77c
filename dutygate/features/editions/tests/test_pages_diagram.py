"""程序图 on pages (Article 4): picture and table say the same as the procedure, and a case shows where it stands."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dutygate.features.editions.picture import picture, ways_from, ways_of
from dutygate.law.procedure.bpmn import bpmn
from dutygate.law.procedure.drawing import SVG
from dutygate.law.procedure.graph import START, moves, states_on, through
from dutygate.law.procedure.saying import state_label
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from tests.pages.signed_in import browser_of, text

EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)


def plain(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def rows(page):
    """State -> [(action, who, article, to)] of the table."""
    found, state = {}, ""
    for row in re.findall(r"<tr.*?</tr>", page.split('id="table"')[1].split('id="through"')[0], re.DOTALL)[1:]:
        if 'scope="rowgroup"' in row:
            state = plain(row).split(" 第")[0]
            found[state] = []
        elif 'data-label="动作"' in row:
            found[state].append(tuple(plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)))
    return found


def test_the_table_has_every_move_of_the_procedure_once(db):
    everywhere = {one.action for one in through(PROCEDURE)}
    shown = ways_of(EDITION, "zh")
    steps = {step["label"]: [(line["action"], line["when"], line["to"]) for line in step["lines"]] for step in shown["steps"]}
    assert list(steps) == [state_label(PROCEDURE, name, "zh") for name in (START, *PROCEDURE.states)]
    assert sum(len(lines) for lines in steps.values()) == sum(move.action not in everywhere for move in moves(PROCEDURE))
    for move in moves(PROCEDURE):
        if move.action not in everywhere:
            lines = steps[state_label(PROCEDURE, move.source, "zh")]
            assert (move.action, state_label(PROCEDURE, move.target, "zh")) in [(action, to) for action, _when, to in lines]
    assert {one["action"] for one in shown["through"]} == everywhere


def test_the_page_says_of_each_action_who_and_to_where(db):
    table = rows(text(Client().get("/law/diagram/")))
    assert ("受理", "牵头单位", "第四条（二）", "审核中") in table["已申请"]
    assert ("登记决定 ：市政府不批准", "市政府", "第四条（三）", "不予准入") in table["报市政府"]
    assert ("答复征求意见", "被征求意见的乡镇", "第四条（一）", "仍在原状态") in table["征求意见"]
    assert table["已撤回"] == [] and {to for *_line, to in table["已办结"]} == {"仍在原状态"}
    assert text(Client().get("/law/diagram/")).count("办件到此结束") == 2


def test_what_stays_in_a_state_is_not_said_to_be_a_refusal(db):
    assert not [row for row in rows(text(Client().get("/law/diagram/")))["不予准入"] if "市政府不批准" in row[0]]


def test_one_track_can_be_looked_at_alone(db):
    both, temporary = (text(Client().get(f"/law/diagram/{asked}")) for asked in ("", "?track=temporary"))
    assert "报市政府" in both and "报市政府" not in plain(temporary.split('id="content"')[1])
    assert set(rows(temporary)) == {state_label(PROCEDURE, name, "zh") for name in (START, *states_on(PROCEDURE, "temporary"))} | {"开始"}
    assert text(Client().get("/law/diagram/?track=<b>")).count("<svg") == both.count("<svg")


def test_picture_and_page_name_it_for_screen_readers_without_a_double_id(db):
    page = text(Client().get("/law/diagram/"))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) and {"diagram-1-title", "diagram-2-title"} <= set(ids)
    assert "style=" not in page and "<script>" not in page


def test_both_files_are_what_the_law_makes_of_the_same_procedure(db):
    svg, model = Client().get("/law/diagram.svg?track=regular"), Client().get("/law/diagram.bpmn")
    assert svg.headers["Content-Type"] == "image/svg+xml" and "procedure.svg" in svg.headers["Content-Disposition"]
    drawn = ET.fromstring(text(svg))
    shown = [group.get("data-state") for group in drawn.iter(f"{{{SVG}}}g") if group.get("data-state")]
    assert shown == list(PROCEDURE.states)
    assert text(model) == bpmn(EDITION, "zh") and "procedure.bpmn" in model.headers["Content-Disposition"]
    client = Client()
    client.cookies["django_language"] = "en"
    assert text(client.get("/law/diagram.bpmn")) == bpmn(EDITION, "en")


@pytest.mark.parametrize("state", ["drafting", "consulting", "reviewing", "approved", "done", "refused", "withdrawn"])
def test_a_case_shows_where_it_stands_and_where_it_can_go(world, journey, state):
    trip = journey().up_to(state)
    page = text(browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/diagram/"))
    label = PROCEDURE.states[state].label.zh
    assert f"现在的状态：<strong>{label}</strong>" in page
    assert page.count("现在在这一步") == 1 and page.count(f'data-state="{state}"') == page.count("state-now") == 1
    assert f'state-now" data-state="{state}"' in page.replace("state state-final state-now", "state-now").replace(
        "state state-now", "state-now"
    )
    lines = ways_from(EDITION, "zh", state, "regular")["lines"]
    beside = {one.action for one in through(PROCEDURE)}
    assert len(lines) == sum(m.source == state and m.action not in beside and m.track in ("", "regular") for m in moves(PROCEDURE))
    assert all(f'href="/help/{line["action"]}/"' in page for line in lines)
    assert ("没有下一步" in page) == (state in ("done", "withdrawn"))


def test_a_temporary_case_has_no_way_to_the_city(world, journey):
    trip = journey().up_to("banner_decision", track="temporary")
    main = text(browser_of(world.people["forestry"]).get(f"/cases/{trip.number}/diagram/")).split('id="tab-title"')[1].split("<aside")[0]
    assert "报市政府" not in main and "临时任务，都同意" in main


def test_only_those_who_may_see_the_case_see_where_it_stands(world, journey):
    trip = journey().up_to("consulting")
    path = f"/cases/{trip.number}/diagram/"
    assert browser_of(world.people["naji"]).get(path).status_code == 200
    assert browser_of(world.people["outsider"]).get(path).status_code == 404
    assert browser_of(world.people["agriculture"]).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_the_tab_asks_the_database_for_nothing_of_its_own(world, journey):
    trip = journey().up_to("consulting")
    client = browser_of(world.people["lead"])
    client.get("/law/")

    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    first = queries(f"/cases/{trip.number}/diagram/")
    assert first <= queries(f"/cases/{trip.number}/register/")
    journey().up_to("reviewing")
    assert queries(f"/cases/{trip.number}/diagram/") == first


def test_a_wide_picture_is_made_to_fit_the_page():
    for lang in ("zh", "en"):
        wide = re.search(r'width="([\d.]+)rem"', picture(EDITION, lang, columns=2))
        assert float(wide[1]) * 16 <= 1184


def test_an_unknown_state_or_track_marks_and_hides_nothing():
    assert picture(EDITION, "zh", columns=1, current="?", track="?") == picture(EDITION, "zh", columns=1)
    assert ways_from(EDITION, "zh", "?", "") == {"state": "?", "final": False, "lines": []}
