"""A small 阿荣旗 for tests: its city, townships, departments, seats and one person for each, made through the one door alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import TestCase

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import Outcome, forget_kept_editions, perform, system_acting
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations import snapshots
from dutygate.base.organizations.queries import forget_directories, public_acting_post, public_directory, public_jurisdiction
from dutygate.base.register import law_here
from dutygate.base.register.chains import open_chain, reference_version_of
from tests.shared import keep, one_at_a_time, recalled
from tests.snapshot import Snapshot

BANNER, CITY = "150721", "1507"
FOUNDED = date(2024, 1, 1)
TOWNSHIPS = (
    ("naji", "那吉镇", "150721100"),
    ("liuhe", "六合镇", "150721101"),
    ("yadong", "亚东镇", "150721102"),
    ("huoerqi", "霍尔奇镇", "150721103"),
    ("xiangyangyu", "向阳峪镇", "150721104"),
    ("sanchahe", "三岔河镇", "150721105"),
    ("fuxing", "复兴镇", "150721106"),
    ("xingan", "兴安镇", "150721108"),
    ("deliqier", "得力其尔鄂温克民族乡", "150721200"),
    ("chabaqi", "查巴奇鄂温克民族乡", "150721201"),
    ("yinhe", "音河达斡尔鄂温克民族乡", "150721202"),
    ("xinfa", "新发朝鲜民族乡", "150721203"),
)
DEPARTMENTS = (
    ("forestry", "阿荣旗林业和草原局"),
    ("agriculture", "阿荣旗农牧局"),
    ("water", "阿荣旗水务局"),
    ("finance", "阿荣旗财政局"),
)
CONFERENCE = (
    ("lead_office", "中共阿荣旗委员会机构编制委员会办公室", "lead"),
    ("justice", "阿荣旗司法局", "legal"),
    ("services_bureau", "阿荣旗政务服务与数据管理局", "services"),
)
BODIES = (
    (BANNER, "committee_office", "中共阿荣旗委员会办公室", "banner_committee"),
    (BANNER, "government_office", "阿荣旗人民政府办公室", "banner_government"),
    (CITY, "government_office", "呼伦贝尔市人民政府办公室", "city_government"),
)
ROLES = {
    f"{BANNER}.lead_office": "lead",
    f"{BANNER}.justice": "legal",
    f"{BANNER}.services_bureau": "services",
    f"{BANNER}.committee_office": "committee",
    f"{BANNER}.government_office": "government",
    f"{CITY}.government_office": "city",
}
"""Units whose people go by their role; all others by the unit's own short key."""


def township_named(number: int) -> tuple[str, str, str]:
    """Short key, name and code of the n-th township: the banner's own twelve, then invented ones."""
    if number < len(TOWNSHIPS):
        return TOWNSHIPS[number]
    return f"township_{number + 1}", f"第{number + 1}乡", f"150721{300 + number:03d}"


@dataclass
class World:
    """``townships``: the short keys of those that cases concern; one more, the outsider's, is never asked.

    ``people`` by role: a township's or department's short key, lead, legal, services, committee, government, city, outsider,
    system_admin, security_admin, audit_admin; with "2" behind it a second person of the same
    unit (lead, committee, government, city, forestry, and the first township).
    """

    townships: tuple[str, ...]
    outside: str
    people: dict[str, ActingPost] = field(default_factory=dict)
    by_unit: dict[int, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which things are entered."""
        day: date = local_day(clock.now())
        return day

    def person_of(self, unit_id: int) -> ActingPost:
        """The (first) person of a unit."""
        return self.people[self.by_unit[unit_id]]

    def key(self, slug: str) -> str:
        """A banner unit's key by its short key."""
        return f"{BANNER}.{slug}"

    def unit_id(self, role: str) -> int:
        """The unit in which the person of that role acts."""
        found = self.people[role].unit_id
        assert found is not None
        return found


_made: dict[tuple[int, date], tuple[World, Snapshot]] = {}
_known: dict[tuple[int, date], tuple[dict[Any, Any], dict[Any, Any]]] = {}
"""Directories and law of worlds that were put back: the rows are the same each time."""


def create_world(townships: int = 3, *, anew: bool = False) -> World:
    """A world in a database that holds nothing yet: made through ``perform`` once in a run, copied row by row afterwards.

    ``anew``: made in any case, for tests that count what a process asks that has just made it.
    """
    mark = (townships, local_day(clock.now()))  # a world of another day would be ahead of the clock, or behind it
    if anew:
        return _create_world(townships)
    if mark not in _made:
        name = f"world of {mark} {clock.now() if clock.is_set() else ''}"  # by a clock that goes on, each is another
        with one_at_a_time(name):
            kept = recalled(name)
            if kept is None:
                world = _create_world(townships)
                _made[mark] = (_copied(world), Snapshot.take())
                keep(name, _made[mark])
                return world
            _made[mark] = kept
    forget_directories()
    forget_kept_editions()
    world, snapshot = _made[mark]
    snapshot.restore()
    if mark in _known:
        snapshots._kept.update(_known[mark][0])
        law_here._kept.update(_known[mark][1])
    else:
        for code in (BANNER, CITY):
            place = public_jurisdiction(code)
            version = reference_version_of(place.id)
            public_directory(place.id, version), law_here.law_here(place.id, version)
        _known[mark] = dict(snapshots._kept), dict(law_here._kept)
    return _copied(world)


def _copied(world: World) -> World:
    return World(world.townships, world.outside, dict(world.people), dict(world.by_unit))


def _create_world(townships: int) -> World:
    """Everything through ``perform``."""
    forget_directories()
    forget_kept_editions()
    open_chain("common", None)
    with TestCase.captureOnCommitCallbacks(execute=True):  # the edition is kept now, also where a test never commits
        _do("jurisdiction.create", "", code=CITY, name="呼伦贝尔市", kind="city")
    _do("jurisdiction.create", "", code=BANNER, name="阿荣旗", kind="banner", parent=CITY)
    named = [township_named(number) for number in range(townships + 1)]
    world = World(tuple(slug for slug, _, _ in named[:-1]), named[-1][0])
    for slug, name, code in named:
        _unit(BANNER, slug, "township", name, code)
    for slug, name in DEPARTMENTS:
        _unit(BANNER, slug, "department", name)
    for slug, name, seat in CONFERENCE:
        _unit(BANNER, slug, "department", name)
        _do("unit.take_seat", BANNER, seat=seat, unit=f"{BANNER}.{slug}", valid_from=FOUNDED)
    for place, slug, name, seat in BODIES:
        _unit(place, slug, "authority_office", name)
        _do("unit.take_seat", BANNER, seat=seat, unit=f"{place}.{slug}", valid_from=FOUNDED)
    _people(world)
    return world


def _people(world: World) -> None:
    for slug in world.townships:
        _person(world, slug, f"{BANNER}.{slug}")
    _person(world, "outsider", f"{BANNER}.{world.outside}")
    for slug, _ in DEPARTMENTS:
        _person(world, slug, f"{BANNER}.{slug}")
    for unit, role in ROLES.items():
        _person(world, role, unit)
    for role in ("lead", "committee", "government", "city"):
        _person(world, f"{role}2", world.people[role].unit)
    _person(world, "forestry2", f"{BANNER}.forestry")
    _person(world, f"{world.townships[0]}2", f"{BANNER}.{world.townships[0]}")
    for kind in ("system_admin", "security_admin", "audit_admin"):
        _person(world, kind, f"{BANNER}.services_bureau", kind)


def _do(action: str, subject: str, **payload: Any) -> Outcome:
    return perform(system_acting(), action, subject, payload, via="import")


def _unit(place: str, slug: str, kind: str, name: str, code: str | None = None) -> None:
    _do("unit.create", place, slug=slug, kind=kind, name=name, code=code, valid_from=FOUNDED)


def _person(world: World, role: str, unit: str, kind: str = "handler") -> None:
    username = role.replace("_", ".")
    _do("user.create", "", username=username, name=role)
    post = _do("post.appoint", unit, username=username, kind=kind, valid_from=FOUNDED)
    acting = public_acting_post(int(post.result["id"]), world.today)
    assert acting is not None
    world.people[role] = acting
    if kind == "handler" and acting.unit_id is not None:
        world.by_unit.setdefault(acting.unit_id, role)
