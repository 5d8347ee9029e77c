"""机构合并、拆分、职能划转 (Articles 1, 3): recorded with document, day and successor; in effect on the day, taken back before it."""

from datetime import date, timedelta

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, Refused
from dutygate.base.organizations import queries
from dutygate.base.organizations.models import Post, Seat, UnitSuccession
from dutygate.base.organizations.queries.changes import public_changes_due
from dutygate.base.register.models import Chain

BANNER = "150721"
PAPER = {"document": "内政字〔2026〕9号"}


def directory(code=BANNER):
    place = queries.public_jurisdiction(code)
    return queries.public_directory(place.id, Chain.objects.get(key=code).reference_version)


def today():
    return local_day(clock.now())


def codes(raised):
    return [finding.code for finding in raised.value.findings]


@pytest.fixture
def admin(administrators):
    return administrators("system_admin")


def merge(admin, *slugs, **more):
    given = {"new": {"slug": "naliu", "name": "那六镇"}, **PAPER, **more}
    if "into" in more:
        del given["new"]
    return perform(admin, "unit.merge", BANNER, {"units": [f"{BANNER}.{slug}" for slug in slugs], **given})


def test_two_townships_go_into_a_new_one_and_their_names_stay(office, admin):
    outcome = merge(admin, "naji", "liuhe")
    known = directory()
    naji, naliu = known.by_key("150721.naji"), known.by_key("150721.naliu")
    assert outcome.result["change"] == "150721.change-1"
    assert (naji.exists_on(today()), naliu.exists_on(today()), naliu.kind) == (False, True, "township")
    assert known.name_on(naji.id, today()) == "那吉镇"
    assert [s.to_id for s in known.successors(naji.id)] == [naliu.id]
    assert {known.unit(s.from_id).slug for s in known.predecessors(naliu.id)} == {"naji", "liuhe"}


def test_a_successor_may_bear_the_name_and_code_of_a_former_unit(office, admin):
    merge(admin, "naji", "liuhe", new={"slug": "naji_new", "name": "那吉镇", "code": "150721100"})
    assert directory().resolve("那吉镇").slug == "naji_new"
    assert directory().resolve("150721100").slug == "naji_new"
    assert directory().resolve("六合镇").slug == "liuhe"


def test_a_day_to_come_changes_nothing_before(office, admin):
    day = today() + timedelta(days=40)
    merge(admin, "naji", "liuhe", valid_from=day)
    known = directory()
    naji = known.by_key("150721.naji")
    assert naji.exists_on(day - timedelta(days=1)) and not naji.exists_on(day)
    assert known.townships(today()) == tuple(known.by_key(f"150721.{s}").id for s in ("naji", "liuhe"))
    assert known.townships(day) == (known.by_key("150721.naliu").id,)
    assert public_changes_due(day - timedelta(days=1)) == []
    assert [ref for _place, _code, ref in public_changes_due(day)] == ["150721.change-1"]
    with pytest.raises(Conflict):
        perform(system_acting(), "unit.take_effect", "150721.change-1", {}, via="sweep")


def test_it_takes_effect_once(office, admin):
    merge(admin, "naji", "liuhe")
    assert public_changes_due(today()) == []
    with pytest.raises(Conflict):
        perform(system_acting(), "unit.take_effect", "150721.change-1", {}, via="sweep")


def test_nobody_lets_it_take_effect_by_hand(office, admin):
    merge(admin, "naji", "liuhe", valid_from=today() + timedelta(days=40))
    with pytest.raises(NotAllowed):
        perform(admin, "unit.take_effect", "150721.change-1", {})


def test_taken_back_before_its_day_everything_is_as_before_and_can_be_recorded_anew(office, admin):
    day = today() + timedelta(days=40)
    merge(admin, "naji", "liuhe", valid_from=day, new={"slug": "naliu", "name": "那六镇", "code": "150721109"})
    perform(admin, "unit.cancel_change", "150721.change-1", {"reason": "文件改为下月起"})
    known = directory()
    assert known.townships(day) == tuple(known.by_key(f"150721.{s}").id for s in ("naji", "liuhe"))
    assert known.resolve("150721100").slug == "naji"
    assert public_changes_due(day) == []
    again = merge(admin, "naji", "liuhe", valid_from=day + timedelta(days=30), new={"slug": "naliu", "name": "那六镇", "code": "150721109"})
    assert again.result["change"] == "150721.change-2"
    assert directory().by_key("150721.naliu").valid_from == day + timedelta(days=30)
    assert UnitSuccession.objects.filter(change=1).count() == 2  # kept, on no day


def test_what_took_effect_cannot_be_taken_back(office, admin):
    merge(admin, "naji", "liuhe")
    with pytest.raises(Refused) as raised:
        perform(admin, "unit.cancel_change", "150721.change-1", {"reason": "误"})
    assert codes(raised) == ["change_took_effect"]


def test_a_unit_that_is_to_be_dissolved_takes_part_in_no_other_change(office, admin):
    merge(admin, "naji", "liuhe", valid_from=today() + timedelta(days=40))
    office.system("unit.create", BANNER, slug="yadong", kind="township", name="亚东镇", valid_from=date(2024, 1, 1))
    with pytest.raises(Refused) as raised:
        merge(admin, "naji", into="150721.yadong", valid_from=today() + timedelta(days=20))
    assert codes(raised) == ["unit_changing_already"]


@pytest.mark.parametrize(
    ("units", "more", "error"),
    [
        (["naji"], {}, Malformed),  # one alone is renamed
        (["naji", "naji"], {}, Malformed),
        (["naji", "nothing"], {}, Malformed),
        (["naji"], {"into": "150721.naji"}, Malformed),
        (["naji"], {"into": "150721.justice"}, Refused),
        (["naji", "liuhe"], {"valid_from": "2023-01-01"}, Refused),
        (["naji", "liuhe"], {"new": {"slug": "justice", "name": "那六镇"}}, Conflict),
    ],
)
def test_a_merger_that_cannot_be(office, admin, units, more, error):
    with pytest.raises(error):
        merge(admin, *units, **more)
    assert not UnitSuccession.objects.exists()


def test_a_seat_passes_on_from_the_day(office, admin):
    office.system("unit.take_seat", BANNER, seat="legal", unit="150721.justice", valid_from=date(2024, 6, 5))
    office.system("unit.create", BANNER, slug="law_office", kind="department", name="阿荣旗法治建设局", valid_from=date(2024, 1, 1))
    day = today() - timedelta(days=3)
    merge(admin, "justice", into="150721.law_office", valid_from=day)
    known = directory()
    assert known.seats(day - timedelta(days=1))["legal"] == known.by_key("150721.justice").id
    assert known.seats(day)["legal"] == known.by_key("150721.law_office").id


def test_no_unit_gets_two_seats_of_the_conference(office, admin):
    office.system("unit.take_seat", BANNER, seat="lead", unit="150721.lead_office", valid_from=date(2024, 6, 5))
    office.system("unit.take_seat", BANNER, seat="legal", unit="150721.justice", valid_from=date(2024, 6, 5))
    with pytest.raises(Refused) as raised:
        merge(admin, "justice", into="150721.lead_office")
    assert codes(raised) == ["conference_seat_held"]
    perform(admin, "unit.take_seat", BANNER, {"seat": "legal", "unit": "150721.services_bureau", "valid_from": today(), **PAPER})
    merge(admin, "justice", into="150721.lead_office")
    assert directory().seats(today())["legal"] == directory().by_key("150721.services_bureau").id


def test_a_member_that_goes_into_another_seat_keeps_one(office, admin):
    office.system("unit.take_seat", BANNER, seat="lead", unit="150721.lead_office", valid_from=date(2024, 6, 5))
    office.system("unit.take_seat", BANNER, seat="member", unit="150721.justice", valid_from=date(2024, 6, 5))
    merge(admin, "justice", into="150721.lead_office")
    assert directory().seats_of(directory().by_key("150721.lead_office").id, today()) == {"lead"}


def test_posts_end_and_administrators_go_along(office, admin):
    clerk = office.person("clerk", "150721.services_bureau", "handler")
    office.system("unit.create", BANNER, slug="data_office", kind="department", name="阿荣旗数据局", valid_from=date(2024, 1, 1))
    merge(admin, "services_bureau", into="150721.data_office")
    assert queries.public_acting_post(clerk.post_id, today()) is None
    held = queries.public_acting_posts_of(admin.user_id, today())
    assert [(post.unit, post.kind) for post in held] == [("150721.data_office", "system_admin")]


def test_the_security_administrator_passes_people_on_before_the_day(office, admin, administrators):
    security = administrators("security_admin")
    clerk, chief = office.person("clerk", "150721.naji", "handler"), office.person("chief", "150721.naji", "signatory")
    day = today() + timedelta(days=40)
    merge(admin, "naji", "liuhe", valid_from=day)
    outcome = perform(security, "post.pass_on", "150721.naji", {"to": "150721.naliu", "usernames": ["clerk"]})
    assert outcome.result["passed"] == ["clerk"]
    assert queries.public_acting_post(clerk.post_id, day - timedelta(days=1)) is not None
    assert [post.unit for post in queries.public_acting_posts_of(clerk.user_id, day)] == ["150721.naliu"]
    assert [post.unit for post in queries.public_acting_posts_of(chief.user_id, day)] == ["150721.naji"]
    perform(admin, "unit.cancel_change", "150721.change-1", {"reason": "误"})
    assert not Post.objects.filter(unit__key="150721.naliu", valid_to__gt=day).exists()


def test_people_go_to_a_successor_on_record_only(office, admin, administrators):
    security = administrators("security_admin")
    office.person("clerk", "150721.naji", "handler")
    with pytest.raises(Refused) as raised:
        perform(security, "post.pass_on", "150721.naji", {"to": "150721.liuhe"})
    assert codes(raised) == ["not_a_successor"]
    merge(admin, "naji", into="150721.liuhe")
    with pytest.raises(Refused) as raised:
        perform(security, "post.pass_on", "150721.naji", {"to": "150721.liuhe", "usernames": ["nobody"]})
    assert codes(raised) == ["no_post_to_pass_on"]
    with pytest.raises(NotAllowed):
        perform(admin, "post.pass_on", "150721.naji", {"to": "150721.liuhe"})
    assert perform(security, "post.pass_on", "150721.naji", {"to": "150721.liuhe"}).result["passed"] == ["clerk"]


def test_a_department_is_split_and_the_first_takes_the_rest(office, admin):
    office.system("unit.take_seat", BANNER, seat="services", unit="150721.services_bureau", valid_from=date(2024, 6, 5))
    given = [
        {"new": {"slug": "services_office", "name": "政务服务局"}},
        {"new": {"slug": "data_office", "name": "数据局"}, "what": "数据管理"},
    ]
    perform(admin, "unit.split", "150721.services_bureau", {"successors": given, **PAPER})
    known = directory()
    assert known.seats(today())["services"] == known.by_key("150721.services_office").id
    assert [s.main for s in known.successors(known.by_key("150721.services_bureau").id)] == [True, False]


def test_a_function_passes_between_departments_and_both_stay(office, admin):
    payload = {"to": "150721.justice", "what": "行政复议", **PAPER}
    perform(admin, "unit.transfer_function", "150721.lead_office", payload)
    assert directory().by_key("150721.lead_office").exists_on(today())
    with pytest.raises(Refused) as raised:
        perform(admin, "unit.transfer_function", "150721.lead_office", {**payload, "to": "150721.naji"})
    assert codes(raised) == ["function_not_of_department"]
    with pytest.raises(Refused) as raised:
        perform(admin, "unit.transfer_function", "150721.lead_office", {**payload, "takes": {"duties": ["150721-D-0001"]}})
    assert codes(raised) == ["matter_not_held"]


def test_no_seat_or_post_is_left_on_a_day_that_is_not(office, admin):
    office.system("unit.take_seat", BANNER, seat="legal", unit="150721.justice", valid_from=date(2024, 6, 5))
    day = today() + timedelta(days=40)
    given = [{"new": {"slug": "law_office", "name": "法治局"}}, {"new": {"slug": "aid_office", "name": "法律援助局"}}]
    perform(admin, "unit.split", "150721.justice", {"successors": given, "valid_from": day, **PAPER})
    perform(admin, "unit.take_seat", BANNER, {"seat": "member", "unit": "150721.aid_office", "valid_from": day, **PAPER})
    outcome = perform(admin, "unit.cancel_change", "150721.change-1", {"reason": "误"})
    assert outcome.result["seats_empty"] == ["member"]
    assert not Seat.objects.filter(unit__key="150721.aid_office", valid_to__gt=day).exists()
