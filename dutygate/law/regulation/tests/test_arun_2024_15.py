"""Preamble to 11: the edition that ships holds every provision, item, focus point, seat, track and exclusion of the text."""

import datetime

import pytest

from dutygate.law.regulation.edition import in_force, may_open_under, package_editions

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]
OLD = package_editions()["arun_2023_18"]


def test_has_eleven_articles_with_the_five_items_of_article_4():
    expected = ["preamble", "1", "2", "3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "5", "6", "7", "8", "9", "10", "11"]
    assert list(EDITION.provisions) == expected
    assert {provision.article for provision in EDITION.provisions.values()} == set(range(12))
    assert EDITION.provisions["4.1"].label.zh == "第四条（一）"


def test_each_summary_stands_in_both_languages():
    for provision in EDITION.provisions.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in provision.summary.zh)
        assert provision.summary.en.isascii() or "阿党办发" in provision.summary.en


def test_has_the_eleven_items_of_which_townships_judge_ten():
    assert list(EDITION.items) == [
        "name", "objective", "content", "legal_basis", "negotiated_opinion", "division", "workflow", "time_limit",
        "mechanism", "staffing", "safeguards",
    ]  # fmt: skip
    assert [item.id for item in EDITION.items.values() if not item.judged_by_townships] == ["negotiated_opinion"]


def test_each_focus_point_lapses_with_the_items_it_is_about():
    by_point = {point: {item.id for item in EDITION.items.values() if point in item.focus} for point in EDITION.focus_points}
    assert by_point == {
        "content": {"name", "objective", "content", "workflow", "time_limit", "mechanism"},
        "legal_basis": {"legal_basis"},
        "division": {"division"},
        "negotiated_opinion": {"negotiated_opinion"},
        "safeguards": {"staffing", "safeguards"},
    }


def test_has_five_principles_four_seats_and_three_authorities():
    assert [principle.label.zh for principle in EDITION.principles.values()] == ["依法依规", "权责对等", "严格程序", "动态调整", "强化保障"]
    kinds = {seat.id: seat.kind for seat in EDITION.seats.values()}
    assert [name for name, kind in kinds.items() if kind == "seat"] == ["lead", "legal", "services", "member"]
    assert [name for name, kind in kinds.items() if kind == "authority"] == ["banner_committee", "banner_government", "city_government"]


def test_temporary_matters_are_decided_by_both_banner_bodies_and_others_by_the_city_too():
    assert EDITION.deciding_bodies("temporary") == ("banner_committee", "banner_government")
    assert EDITION.deciding_bodies("regular") == ("banner_committee", "banner_government", "city_government")


def test_penalties_licences_and_coercion_stop_and_other_powers_are_amber():
    effects = {found.id: found.effect for found in EDITION.exclusions.classes.values()}
    assert {name for name, effect in effects.items() if effect == "stop"} == {"penalty", "licence", "coercion"}
    assert {name for name, effect in effects.items() if effect == "none"} == {"public_service", "routine"}
    assert {name for name, effect in effects.items() if effect == "amber"} == {
        "confirmation", "adjudication", "payment", "reward", "levy", "inspection", "filing", "requisition", "other_power",
    }  # fmt: skip


def test_identity_and_interpreter_are_those_of_the_document():
    assert (EDITION.document_number, EDITION.issued_on) == ("阿党办发〔2024〕15号", datetime.date(2024, 6, 5))
    assert EDITION.interpreter is not None
    assert EDITION.interpreter.zh == "中共阿荣旗委员会机构编制委员会办公室"
    assert EDITION.repeals == ("arun_2023_18",)


def test_the_earlier_edition_says_that_its_content_is_not_known():
    assert not OLD.content_published
    assert OLD.note is not None
    assert "未公开" in OLD.note.zh
    assert not (OLD.provisions or OLD.items or OLD.parameters or OLD.procedure or OLD.interpreter)
    assert OLD.repealed_by == "arun_2024_15"


def test_the_new_edition_takes_over_on_its_day_of_issue():
    editions = package_editions()
    assert in_force(editions, datetime.date(2024, 6, 4)) is OLD
    assert in_force(editions, datetime.date(2024, 6, 5)) is EDITION
    assert EDITION.in_force_from == OLD.in_force_to


def test_nothing_is_opened_under_an_edition_that_is_repealed_not_yet_in_force_or_unknown():
    assert may_open_under(EDITION, datetime.date(2024, 6, 5))
    assert not may_open_under(EDITION, datetime.date(2024, 6, 4))
    assert not may_open_under(OLD, datetime.date(2024, 6, 5))
    assert not may_open_under(OLD, datetime.date(2024, 1, 1))
