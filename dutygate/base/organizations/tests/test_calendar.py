"""工作日历 (Article 3): loaded by the year, corrected by the day, always with its source."""

import json
from datetime import date

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import Malformed, NotAllowed, Refused
from dutygate.base.organizations import queries
from dutygate.base.organizations.models import CalendarDay, CalendarYear
from dutygate.base.register.models import Chain, Entry

NOTICE = "国办发明电〔2026〕7号"


def calendar():
    place = queries.public_jurisdiction("150721")
    return queries.public_directory(place.id, Chain.objects.get(key="150721").reference_version).calendar()


def test_the_national_year_is_loaded_and_the_entry_says_every_day(office):
    outcome = office.system("calendar.load_year", "150721", year=2026)
    assert calendar().add_working_days(date(2026, 2, 12), 5).day == date(2026, 2, 26)
    sealed = json.loads(Entry.objects.get(action="calendar.load_year").sealed)
    assert len(sealed["payload"]["days"]) == outcome.result["days"] == CalendarDay.objects.count()
    assert sealed["payload"]["source"]


def test_an_unpublished_year_needs_its_days_and_their_source(office):
    with pytest.raises(Refused) as raised:
        office.system("calendar.load_year", "150721", year=2027)
    assert [f.code for f in raised.value.findings] == ["year_not_published"]
    with pytest.raises(Malformed):
        office.system("calendar.load_year", "150721", year=2027, days=[{"day": "2027-01-01", "working": False}])
    assert calendar().add_working_days(date(2027, 1, 4), 3).provisional
    days = [{"day": "2027-01-01", "working": False}, {"day": "2026-12-27", "working": True}]
    office.system("calendar.load_year", "150721", year=2027, days=days, source=NOTICE)
    known = calendar()
    assert not known.add_working_days(date(2027, 1, 4), 3).provisional
    assert known.is_workday(date(2026, 12, 27)) and not known.is_workday(date(2027, 1, 1))


@pytest.mark.parametrize(
    "days",
    [
        [{"day": "2028-01-03", "working": False}],
        [{"day": "2026-11-30", "working": False}],
        [{"day": "2027-01-01", "working": False}, {"day": "2027-01-01", "working": True}],
    ],
)
def test_days_of_another_year_or_twice_are_not_accepted(office, days):
    with pytest.raises(Malformed):
        office.system("calendar.load_year", "150721", year=2027, days=days, source=NOTICE)


def test_a_year_loaded_again_keeps_the_local_days(office, administrators):
    admin = administrators("system_admin")
    perform(admin, "calendar.load_year", "150721", {"year": 2027, "days": [{"day": "2027-01-01", "working": False}], "source": NOTICE})
    perform(admin, "calendar.set_day", "150721", {"day": "2027-06-18", "working": False, "source": "瑟宾节，旗政府通知"})
    again = [{"day": "2027-01-04", "working": False}, {"day": "2027-06-18", "working": True}]
    perform(admin, "calendar.load_year", "150721", {"year": 2027, "days": again, "source": "更正通知"})
    known = calendar()
    assert known.is_workday(date(2027, 1, 1))
    assert not known.is_workday(date(2027, 1, 4))
    assert not known.is_workday(date(2027, 6, 18))
    assert CalendarYear.objects.get().source == "更正通知"


def test_a_day_set_twice_is_one_row(office, administrators):
    for working in (False, True):
        perform(administrators("system_admin"), "calendar.set_day", "150721", {"day": "2026-08-03", "working": working, "source": "通知"})
    assert [(d.day, d.working) for d in CalendarDay.objects.all()] == [(date(2026, 8, 3), True)]


def test_the_lead_keeps_the_calendar_and_others_do_not(office, administrators):
    office.system("unit.take_seat", "150721", seat="lead", unit="150721.lead_office", valid_from=date(2024, 6, 5))
    payload = {"day": "2026-08-03", "working": False, "source": "通知"}
    lead = office.person("bianban", "150721.lead_office", "handler")
    clerk = office.person("naji", "150721.naji", "handler")
    city = office.person("city", "1507.government_office", "handler")
    perform(lead, "calendar.set_day", "150721", payload)
    for acting in (clerk, city, administrators("security_admin"), administrators("audit_admin")):
        with pytest.raises(NotAllowed):
            perform(acting, "calendar.set_day", "150721", payload)
    with pytest.raises(NotAllowed):
        perform(lead, "calendar.set_day", "1507", payload)
