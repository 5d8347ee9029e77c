"""第九条至第十一条: the law of a jurisdiction is read once for each reference version, and a page sees that of its reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from dutygate.base.register import law_here
from dutygate.base.register.law_here import LawHere, Overridden, law_of_this_place, somewhere, stand_in, this_place
from dutygate.law.regulation.edition import package_editions

DAY = date(2026, 11, 26)


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, LawHere]]:
    """What the tables hold, by jurisdiction; who asked is counted in ``asked``."""
    held: dict[int, LawHere] = {}
    law_here.forget_law()
    monkeypatch.setattr(law_here, "_readers", [lambda place: held.get(place, LawHere())])
    monkeypatch.setattr(law_here, "_publishers", [lambda: tuple(sorted(held))])
    monkeypatch.setattr(law_here, "reference_version_of", lambda _place: 1)
    yield held
    law_here.forget_law()


def given(source: str) -> LawHere:
    return LawHere(overridden={("arun_2024_15", "5"): (Overridden(source, DAY, DAY + timedelta(days=2)),)})


def test_it_is_read_once_for_each_reference_version(tables: dict[int, LawHere]) -> None:
    tables[1] = given("甲")
    first = law_here.law_here(1, 7)
    tables[1] = given("乙")
    assert law_here.law_here(1, 7) is first
    assert law_here.law_here(1, 8) is not first
    law_here.forget_law()
    assert law_here.law_here(1, 7).gives_way("arun_2024_15", "5", DAY)[0].source == "乙"


def test_what_gives_way_has_its_days(tables: dict[int, LawHere]) -> None:
    law = given("甲")
    assert [bool(law.gives_way("arun_2024_15", "5", DAY + timedelta(days=n))) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert law.gives_way("arun_2024_15", "4.1", DAY) == law.gives_way("another", "5", DAY) == ()


def test_outside_a_request_it_is_what_ships(tables: dict[int, LawHere]) -> None:
    tables[1] = given("甲")
    stand_in(1)
    assert law_of_this_place() == LawHere() and this_place() is None
    assert set(law_of_this_place().editions) == set(package_editions().values())


def test_a_reader_sees_the_law_of_where_she_acts(tables: dict[int, LawHere]) -> None:
    tables[1], tables[2] = given("甲"), given("乙")
    with somewhere(lambda: stand_in(2)):
        assert law_of_this_place() == given("乙") and this_place() == 2
        stand_in(1)
        assert law_of_this_place() == given("甲")
    assert law_of_this_place() == LawHere()


def test_nobody_signed_in_sees_that_of_the_only_jurisdiction_that_has_any(tables: dict[int, LawHere]) -> None:
    tables[1] = given("甲")
    with somewhere():
        assert law_of_this_place() == given("甲") and this_place() == 1
    tables[2] = given("乙")
    with somewhere():
        assert law_of_this_place() == LawHere() and this_place() is None
