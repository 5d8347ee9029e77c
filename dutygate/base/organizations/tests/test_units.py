"""机构与席位 (Articles 1, 3): units, dated names and codes, seats, all through the one door."""

from datetime import date

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.base.organizations import queries
from dutygate.base.organizations.models import Seat, Unit, UnitName
from dutygate.base.register.models import Chain


def directory(code="150721"):
    place = queries.public_jurisdiction(code)
    return queries.public_directory(place.id, Chain.objects.get(key=code).reference_version)


def codes(raised):
    return [finding.code for finding in raised.value.findings]


def test_a_unit_is_entered_with_its_name_and_code(office):
    naji = directory().resolve("150721100")
    assert (naji.key, naji.name, naji.short_name, naji.kind) == ("150721.naji", "那吉镇", "那吉镇", "township")


def test_a_taken_key_is_a_conflict_and_enters_nothing(office):
    before = Chain.objects.get(key="150721").seq
    with pytest.raises(Conflict):
        office.system("unit.create", "150721", slug="naji", kind="township", name="那吉镇")
    with pytest.raises(Conflict):
        office.system("jurisdiction.create", "", code="1507", name="又一个", kind="city")
    assert Chain.objects.get(key="150721").seq == before


@pytest.mark.parametrize("subject", ["150721.other", "150799", "common", ""])
def test_a_subject_that_fits_nothing_is_not_accepted(office, subject):
    with pytest.raises((Malformed, NotFound)):
        office.system("unit.create", subject, slug="yadong", kind="township", name="亚东镇")


def test_one_code_belongs_to_one_unit_at_a_time(office, administrators):
    with pytest.raises(Refused) as raised:
        office.system("unit.create", "150721", slug="other", kind="township", name="某镇", code="150721100")
    assert codes(raised) == ["code_in_use"]


def test_a_renamed_township_keeps_its_old_name_for_old_days(office, administrators):
    admin = administrators("system_admin")
    perform(
        admin,
        "unit.rename",
        "150721.liuhe",
        {"name": "六合街道", "short_name": "六合", "valid_from": "2026-03-01", "document": "内政字〔2026〕1号"},
    )
    known = directory()
    liuhe = known.resolve("六合镇")
    assert known.name_on(liuhe.id, date(2026, 2, 28)) == "六合镇"
    assert known.name_on(liuhe.id, date(2026, 3, 1)) == "六合街道"
    assert known.resolve("六合街道").id == liuhe.id


def test_a_name_entered_for_a_day_to_come_can_be_put_right(office, administrators):
    admin = administrators("system_admin")
    perform(admin, "unit.rename", "150721.liuhe", {"name": "六盒街道", "valid_from": "2036-03-01", "document": "误"})
    perform(admin, "unit.rename", "150721.liuhe", {"name": "六合街道", "valid_from": "2036-03-01", "code": "150721001", "document": "更正"})
    liuhe = directory().by_key("150721.liuhe")
    assert [n.name for n in liuhe.names] == ["六合镇", "六合街道"]
    assert liuhe.code_on(date(2036, 2, 28)) == "150721101"
    assert liuhe.code_on(date(2036, 3, 1)) == "150721001"
    assert UnitName.objects.filter(name="六盒街道").exists()  # the row is kept, on no day


def test_a_name_cannot_begin_before_the_one_in_use(office, administrators):
    with pytest.raises(Refused) as raised:
        perform(administrators("system_admin"), "unit.rename", "150721.liuhe", {"name": "某", "valid_from": "2024-01-01", "document": "x"})
    assert codes(raised) == ["name_not_after_last"]
    with pytest.raises(Refused) as raised:
        perform(administrators("system_admin"), "unit.rename", "150721.liuhe", {"name": "某", "valid_from": "2023-01-01", "document": "x"})
    assert codes(raised) == ["unit_not_existing", "name_not_after_last"]


def test_a_seat_passes_to_the_next_unit_on_its_day(office):
    office.system("unit.take_seat", "150721", seat="lead", unit="150721.lead_office", valid_from=date(2024, 6, 5))
    office.system("unit.take_seat", "150721", seat="lead", unit="150721.justice", valid_from=date(2025, 1, 1))
    known = directory()
    assert known.seats(date(2024, 12, 31))["lead"] == known.by_key("150721.lead_office").id
    assert known.seats(date(2025, 1, 1))["lead"] == known.by_key("150721.justice").id


def test_a_seat_may_be_held_by_an_office_of_the_city(office):
    office.system("unit.take_seat", "150721", seat="city_government", unit="1507.government_office")
    known = directory()
    assert known.unit(known.seats(date(2099, 1, 1))["city_government"]).name == "呼伦贝尔市人民政府办公室"
    with pytest.raises(Malformed):
        office.system("unit.take_seat", "1507", seat="lead", unit="150721.justice")


def test_several_members_sit_in_the_conference(office):
    for seat, slug in (("services", "services_bureau"), ("lead", "lead_office"), ("member", "justice")):
        office.system("unit.take_seat", "150721", seat=seat, unit=f"150721.{slug}", valid_from=date(2024, 6, 5))
    known = directory()
    slugs = [known.unit(unit_id).slug for unit_id in known.members(date(2026, 1, 1))]
    assert slugs == ["lead_office", "services_bureau", "justice"]


@pytest.mark.parametrize(
    ("seat", "slug", "day", "code"),
    [
        ("legal", "naji", "2025-01-01", "seat_not_for_unit"),
        ("legal", "discipline", "2025-01-01", "seat_not_for_unit"),
        ("legal", "lead_office", "2025-01-01", "conference_seat_held"),
        ("lead", "justice", "2024-06-05", "seat_not_after_last"),
        ("legal", "justice", "2023-12-31", "unit_not_existing"),
    ],
)
def test_a_seat_that_cannot_be_taken(office, seat, slug, day, code):
    office.system("unit.take_seat", "150721", seat="lead", unit="150721.lead_office", valid_from=date(2024, 6, 5))
    with pytest.raises(Refused) as raised:
        office.system("unit.take_seat", "150721", seat=seat, unit=f"150721.{slug}", valid_from=day)
    assert code in codes(raised)
    assert Seat.objects.count() == 1


def test_a_childs_code_begins_with_its_parents(office):
    with pytest.raises(Refused) as raised:
        office.system("jurisdiction.create", "", code="150421", name="别处", kind="banner", parent="1507")
    assert codes(raised) == ["code_not_under_parent"]


def test_only_the_system_administrator_enters_units(office, administrators):
    clerk = office.person("clerk", "150721.naji", "handler")
    payload = {"slug": "yadong", "kind": "township", "name": "亚东镇"}
    for acting in (clerk, administrators("security_admin"), administrators("audit_admin")):
        with pytest.raises(NotAllowed):
            perform(acting, "unit.create", "150721", payload)
    perform(administrators("system_admin"), "unit.create", "150721", payload)
    assert Unit.objects.filter(key="150721.yadong").exists()


def test_the_city_is_entered_from_below_only_until_it_has_its_own_administrator(office, administrators):
    banner = administrators("system_admin")
    perform(banner, "unit.create", "1507", {"slug": "justice", "kind": "city_guidance", "name": "呼伦贝尔市司法局"})
    city = office.person("city.admin", "1507.government_office", "system_admin")
    with pytest.raises(NotAllowed):
        perform(banner, "unit.create", "1507", {"slug": "health", "kind": "department", "name": "市卫健委"})
    perform(city, "unit.create", "150721", {"slug": "yadong", "kind": "township", "name": "亚东镇"})


def test_a_rename_elsewhere_is_not_found(office, administrators):
    office.system("jurisdiction.create", "", code="1502", name="包头市", kind="city")
    office.system("unit.create", "1502", slug="health", kind="department", name="包头市卫健委")
    with pytest.raises(NotAllowed):
        perform(administrators("system_admin"), "unit.rename", "1502.health", {"name": "某", "document": "x"})
    with pytest.raises(NotFound):
        perform(administrators("system_admin"), "unit.rename", "150721.nothing", {"name": "某", "document": "x"})
