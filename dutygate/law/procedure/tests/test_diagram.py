"""程序图 (Article 4): it shows the procedure of the file, whole, in both languages, for one track or both, and nothing overlaps."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from dutygate.law.procedure.diagram import lay_out
from dutygate.law.procedure.drawing import SVG, svg
from dutygate.law.procedure.graph import START, states_on
from dutygate.law.procedure.lettering import balanced, width, wrap
from dutygate.law.procedure.shapes import BOX, LINE, NAME, PAD, SMALL
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.moves_of_file import moves_of_file
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]
PROCEDURE = procedure_of(EDITION)
EVERY = [(lang, columns, track) for lang in ("zh", "en") for columns in (1, 2) for track in ("", "regular", "temporary")]
OTHER = {"banner_decides_finally": "temporary", "voids_city_outcome": "regular"}


def drawn(lang="zh", columns=2, track="", current=""):
    return ET.fromstring(svg(lay_out(EDITION, lang, columns=columns, current=current, track=track)))


def moves_on(picture):
    """What the SVG says it shows: (source, action, question, target), those that run through included."""
    found = set()
    for group in picture.iter(f"{{{SVG}}}g"):
        for said in filter(None, group.get("data-moves", "").split("|")):
            source, action, question, target = said.split()
            found.add((source, action, question.replace("-", ""), target))
        if action := group.get("data-action"):
            leads = [lead.split(">") for lead in group.get("data-leads").split(",") if lead]
            for source in group.get("data-states").split():
                found.add((source, action, "otherwise" if leads else "", source))
                found |= {(source, action, question, target) for question, target in leads}
    return found


def texts(picture):
    return "\n".join(text.text for text in picture.iter(f"{{{SVG}}}text"))


@pytest.mark.parametrize(("lang", "columns"), [("zh", 1), ("zh", 2), ("en", 1), ("en", 2)])
def test_states_and_moves_are_those_of_the_file(lang, columns):
    picture = drawn(lang, columns)
    assert [group.get("data-state") for group in picture.iter() if group.get("data-state")] == list(EDITION.procedure["states"])
    assert moves_on(picture) == moves_of_file(EDITION.procedure)


def test_a_temporary_task_is_shown_without_the_city():
    picture = drawn(track="temporary")
    kept = {START, *states_on(PROCEDURE, "temporary")}
    expected = {
        (source, action, question, target)
        for source, action, question, target in moves_of_file(EDITION.procedure)
        if {source, target} <= kept and OTHER.get(question, "temporary") == "temporary"
    }
    assert moves_on(picture) == expected
    assert "报市政府" not in texts(picture)
    assert "临时任务，都同意" in texts(picture)


def test_a_regular_matter_is_shown_without_the_decision_of_a_temporary_one():
    assert ("banner_decision", "decision.record", "banner_decides_finally", "approved") not in moves_on(drawn(track="regular"))
    assert "临时任务，都同意" not in texts(drawn(track="regular"))


@pytest.mark.parametrize(("lang", "words"), [("zh", "现在在这一步"), ("en", "the case is here now")])
def test_the_current_state_is_marked_by_class_and_by_words(lang, words):
    picture = drawn(lang, current="reviewing")
    now = [group for group in picture.iter() if "state-now" in group.get("class", "").split()]
    assert [group.get("data-state") for group in now] == ["reviewing"]
    assert words in texts(now[0]) and words not in texts(drawn(lang))
    assert PROCEDURE.states["reviewing"].label.zh in picture.find(f"{{{SVG}}}desc").text or lang == "en"
    assert not [group for group in drawn(lang).iter() if "state-now" in group.get("class", "").split()]


def test_a_screen_reader_hears_what_it_is():
    picture = drawn(current="agreed")
    assert picture.get("role") == "img"
    named = picture.get("aria-labelledby").split()
    assert [part.get("id") for part in (picture.find(f"{{{SVG}}}title"), picture.find(f"{{{SVG}}}desc"))] == named
    assert "协商一致" in picture.find(f"{{{SVG}}}desc").text


@pytest.mark.parametrize(("lang", "columns", "track"), EVERY)
def test_there_is_nothing_that_a_strict_page_forbids(lang, columns, track):
    picture = drawn(lang, columns, track)
    for element in picture.iter():
        assert element.tag.removeprefix(f"{{{SVG}}}") in {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


@pytest.mark.parametrize(("lang", "columns", "track"), EVERY)
def test_boxes_and_words_do_not_overlap_and_nothing_leaves_the_picture(lang, columns, track):
    found = lay_out(EDITION, lang, columns=columns, track=track, current="consulting")
    areas = [(box.x, box.y, box.x + BOX, box.y + box.height) for box in found.boxes.values()]
    for arrow in found.arrows:
        for number, line in enumerate(reversed(arrow.label)):
            long = width(line, SMALL)
            left = arrow.at[0] - (long if arrow.anchor == "end" else 0)
            bottom = arrow.at[1] - LINE * number
            areas.append((left, bottom - SMALL + 2, left + long, bottom))
    for one, other in combinations(areas, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)
    for left, top, right, bottom in areas:
        assert left >= 0 and top >= 0 and right <= found.width and bottom <= found.beside.y
    for arrow in found.arrows:
        assert all(0 <= x <= found.width and 0 <= y <= found.beside.y for x, y in arrow.points)
    assert found.beside.y + found.beside.height <= found.height


@pytest.mark.parametrize(("lang", "columns", "track"), EVERY)
def test_what_stands_in_a_box_fits_into_it(lang, columns, track):
    found = lay_out(EDITION, lang, columns=columns, track=track, current="banner_decision")
    for box in found.boxes.values():
        lines = [line for _move, lines in box.inside for line in lines]
        assert all(width(line, SMALL) <= BOX - 2 * PAD for line in lines)
        assert PAD + NAME + LINE * (len(lines) + box.below + bool(box.now)) <= box.height


@pytest.mark.parametrize(("lang", "columns", "track"), EVERY)
def test_an_arrow_ends_at_the_edge_of_its_box(lang, columns, track):
    found = lay_out(EDITION, lang, columns=columns, track=track)
    for arrow in found.arrows:
        box = found.boxes[arrow.moves[0].target]
        x, y = arrow.points[-1]
        on_top = y == box.y and box.x < x < box.x + BOX
        beside = x in (box.x, box.x + BOX) and box.y < y < box.y + box.height
        assert on_top or beside, arrow


def test_rails_to_different_boxes_do_not_run_on_one_line():
    for lang, columns, track in EVERY:
        found = lay_out(EDITION, lang, columns=columns, track=track)
        runs = [
            (arrow.points[1][0], min(arrow.points[1][1], arrow.points[2][1]), max(arrow.points[1][1], arrow.points[2][1]), arrow)
            for arrow in found.arrows
            if len(arrow.points) == 4
        ]
        for one, other in combinations(runs, 2):
            if one[0] == other[0] and one[3].moves[0].target != other[3].moves[0].target:
                assert one[2] < other[1] or other[2] < one[1]


def test_two_columns_fit_a_landscape_page_better_than_one():
    one, two = (lay_out(EDITION, "zh", columns=columns) for columns in (1, 2))
    assert one.height > one.width and two.width > two.height


def test_the_current_state_makes_no_other_picture_than_its_own():
    assert svg(lay_out(EDITION, "zh", current="no such state")) == svg(lay_out(EDITION, "zh"))


def test_texts_are_broken_where_they_may_be():
    assert wrap("撤回申请（申请单位）", 12, 70) == ["撤回申请", "（申请单", "位）"]
    assert wrap("Take the application back", 12, 80) == ["Take the", "application", "back"]
    assert wrap("", 12, 80) == []
    assert wrap("Incomprehensibilities", 12, 20) == ["Incomprehensibilities"]
    assert balanced("登记决定都已决定退回", 12, 110) == ["登记决定都", "已决定退回"]
    assert width("乡A", 10) > width("AA", 10)
