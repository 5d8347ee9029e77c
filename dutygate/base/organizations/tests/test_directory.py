"""名录 (Articles 1 and 3): dated names, seats, townships and the calendar, as one value for each reference version."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.organizations import queries
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.base.organizations.models import (
    CalendarDay,
    CalendarYear,
    Jurisdiction,
    Post,
    Seat,
    Unit,
    UnitCode,
    UnitName,
    User,
)
from dutygate.base.organizations.terms import OPEN_END

pytestmark = pytest.mark.django_db
START = date(2024, 1, 1)
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _no_snapshots():
    queries.forget_directories()
    yield
    queries.forget_directories()


@pytest.fixture
def banner():
    """阿荣旗 with 编办, two townships (one renamed) and a seat held by an office of the city."""
    city = Jurisdiction.objects.create(id=1, code="1507", name="呼伦贝尔市", kind="city")
    banner = Jurisdiction.objects.create(id=2, code="150721", name="阿荣旗", kind="banner", parent=city)
    unit(10, banner, "lead_office", "department", "阿荣旗委编办", "旗委编办")
    unit(11, banner, "justice", "department", "阿荣旗司法局", "旗司法局")
    unit(20, banner, "naji", "township", "那吉镇", "那吉", "150721100")
    renamed = unit(21, banner, "liuhe", "township", "六合乡", "六合", "150721101", until=date(2025, 1, 1))
    UnitName.objects.create(id=2102, jurisdiction=banner, unit=renamed, name="六合镇", short_name="六合", valid_from=date(2025, 1, 1))
    unit(30, city, "government_office", "authority_office", "呼伦贝尔市人民政府办公室", "市政府办")
    unit(31, city, "health", "department", "呼伦贝尔市卫健委", "市卫健委")
    for pk, (seat, unit_id) in enumerate([("lead", 10), ("member", 11), ("city_government", 30)]):
        Seat.objects.create(id=pk, jurisdiction=banner, seat=seat, unit_id=unit_id, valid_from=START)
    return banner


def unit(pk, jurisdiction, slug, kind, name, short, code="", until=OPEN_END):
    made = Unit.objects.create(id=pk, jurisdiction=jurisdiction, key=f"{jurisdiction.code}.{slug}", kind=kind, valid_from=START)
    UnitName.objects.create(id=pk, jurisdiction=jurisdiction, unit=made, name=name, short_name=short, valid_from=START, valid_to=until)
    if code:
        UnitCode.objects.create(id=pk, jurisdiction=jurisdiction, unit=made, code=code, valid_from=START)
    return made


def test_holds_own_units_and_the_parents_that_sit_in_a_seat(banner):
    directory = queries.public_directory(banner.id, 1)
    assert set(directory.units) == {10, 11, 20, 21, 30}
    assert directory.seats(TODAY) == {"lead": 10, "city_government": 30}
    assert directory.members(TODAY) == (10, 11)
    assert directory.townships(TODAY) == (20, 21)
    assert directory.seats(date(2023, 1, 1)) == {}


@pytest.mark.parametrize("ref", ["150721.liuhe", "liuhe", "150721101", "六合镇", "六合", "六合乡", " 六合镇 "])
def test_a_unit_is_found_by_every_way_people_say_it(banner, ref):
    assert queries.public_directory(banner.id, 1).resolve(ref).id == 21


def test_an_unknown_or_ambiguous_name_is_said_to_be_so(banner):
    unit(40, banner, "naji_farm", "other", "那吉屯农场", "那吉")
    directory = queries.public_directory(banner.id, 1)
    with pytest.raises(UnknownUnit):
        directory.resolve("扎兰屯")
    with pytest.raises(UnknownUnit) as raised:
        directory.resolve("那吉")
    assert raised.value.candidates == ("150721.naji", "150721.naji_farm")
    assert directory.resolve("那吉镇").id == 20


def test_old_papers_keep_the_name_of_their_day(banner):
    directory = queries.public_directory(banner.id, 1)
    assert directory.name_on(21, date(2024, 12, 31)) == "六合乡"
    assert directory.name_on(21, date(2025, 1, 1)) == "六合镇"


def test_a_local_day_off_and_a_loaded_year_stand_in_the_calendar(banner):
    CalendarYear.objects.create(id=1, jurisdiction=banner, year=2027, source="通知")
    CalendarDay.objects.create(id=1, jurisdiction=banner, day=date(2026, 8, 3), working=False, source="鄂温克瑟宾节", local=True)
    calendar = queries.public_directory(banner.id, 1).calendar()
    assert not calendar.is_workday(date(2026, 8, 3))
    assert calendar.add_working_days(date(2026, 2, 12), 5).day == date(2026, 2, 26)
    assert not calendar.add_working_days(date(2027, 3, 1), 5).provisional
    assert calendar.add_working_days(date(2028, 3, 1), 5).provisional


def test_a_kept_snapshot_reads_nothing_and_a_new_version_reads_again(banner):
    queries.public_directory(banner.id, 7)
    with CaptureQueriesContext(
        connection,
    ) as none:
        queries.public_directory(banner.id, 7)
    assert len(none) == 0
    unit(41, banner, "yadong", "township", "亚东镇", "亚东")
    assert 41 not in queries.public_directory(banner.id, 7).units
    assert 41 in queries.public_directory(banner.id, 8).units


def test_the_number_of_queries_does_not_grow_with_the_units(banner):
    with CaptureQueriesContext(connection) as few:
        queries.public_directory(banner.id, 1)
    for pk in range(100, 150):
        unit(pk, banner, f"t{pk}", "township", f"第{pk}镇", f"{pk}镇", str(150721000 + pk))
    with CaptureQueriesContext(connection) as many:
        queries.public_directory(banner.id, 2)
    assert len(few) == len(many) <= 8


def test_the_acting_post_is_one_query_and_ends_with_its_day_and_its_person(banner):
    user = User.objects.create(id=5, username="naji", name="王雪梅", created_on=START)
    Post.objects.create(id=9, jurisdiction=banner, user=user, unit_id=20, kind="handler", valid_from=START, valid_to=date(2026, 6, 1))
    with CaptureQueriesContext(connection) as one:
        acting = queries.public_acting_post(9, TODAY)
    assert len(one) == 1
    assert (acting.unit, acting.unit_kind, acting.jurisdiction, acting.kind) == ("150721.naji", "township", "150721", "handler")
    assert queries.public_acting_posts_of(5, TODAY) == (acting,)
    line = queries.public_post_lines_of(5, TODAY)[0]
    assert (line.unit_name, line.label, line.jurisdiction_name) == ("那吉镇", "经办人", "阿荣旗")
    assert queries.public_acting_post(9, date(2026, 6, 1)) is None
    User.objects.update(is_active=False)
    assert queries.public_acting_post(9, TODAY) is None
