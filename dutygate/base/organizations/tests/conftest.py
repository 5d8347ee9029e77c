"""A banner under its city, made through the one door, and a shorthand for acting in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from dutygate.base.actions.perform import Outcome, forget_kept_editions, perform, system_acting
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations import queries
from dutygate.base.register.chains import open_chain
from tests.snapshot import Difference, once

DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def _no_snapshots() -> Iterator[None]:
    queries.forget_directories()
    yield
    queries.forget_directories()


@dataclass
class Office:
    """Does things as the system, or as a person that it appointed."""

    def system(self, action: str, subject: str, **payload: Any) -> Outcome:
        return perform(system_acting(), action, subject, payload)

    def person(self, username: str, unit: str, *kinds: str) -> ActingPost:
        """Enter a person, appoint her, and return her (last) acting post."""
        user = self.system("user.create", "", username=username, name=username.upper())
        for kind in kinds:
            post = self.system("post.appoint", unit, username=username, kind=kind, valid_from=DAY)
        acting = queries.public_acting_post(int(post.result["id"]), DAY)
        assert acting is not None and str(acting.user_id) == user.result["id"]
        return acting


_founded: dict[tuple[str, ...], tuple[Difference, None]] = {}
_appointed: dict[tuple[str, ...], tuple[Difference, dict[str, ActingPost]]] = {}


@pytest.fixture
def office(db: Any) -> Office:
    """呼伦贝尔市 and 阿荣旗 with 编办, 司法局, 政数局, two townships and the city government's office."""
    made = Office()
    forget_kept_editions()
    once(_founded, lambda: _found(made))
    return made


def _found(made: Office) -> None:
    open_chain("common", None)
    made.system("jurisdiction.create", "", code="1507", name="呼伦贝尔市", kind="city")
    made.system("jurisdiction.create", "", code="150721", name="阿荣旗", kind="banner", parent="1507")
    units = [
        ("150721", "lead_office", "department", "阿荣旗委编办", None),
        ("150721", "justice", "department", "阿荣旗司法局", None),
        ("150721", "services_bureau", "department", "阿荣旗政务服务与数据管理局", None),
        ("150721", "discipline", "oversight", "阿荣旗纪委监委", None),
        ("150721", "naji", "township", "那吉镇", "150721100"),
        ("150721", "liuhe", "township", "六合镇", "150721101"),
        ("1507", "government_office", "authority_office", "呼伦贝尔市人民政府办公室", None),
    ]
    for place, slug, kind, name, code in units:
        made.system("unit.create", place, slug=slug, kind=kind, name=name, code=code, valid_from=date(2024, 1, 1))


@pytest.fixture
def administrators(office: Office) -> Callable[[str], ActingPost]:
    """The banner's three administrators, one person each, by their kind."""
    kinds = ("system_admin", "security_admin", "audit_admin")
    made = once(_appointed, lambda: {kind: office.person(kind.replace("_", "."), "150721.services_bureau", kind) for kind in kinds})
    return made.__getitem__
