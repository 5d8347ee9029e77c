"""重演: what the actions of administration wrote is exactly what the register says (all of Article 3's records)."""

from datetime import date, timedelta

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Refused
from dutygate.base.organizations import credentials, queries
from dutygate.base.organizations.models import ApiToken, Post, Seat, User


@pytest.fixture
def scratch(db, django_db_blocker, monkeypatch):
    """Let this test open the scratch database of a replay, which a test case does not know beforehand."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


@pytest.fixture
def year_of_work(office, administrators, scratch):
    """One of each action, refused ones too."""
    system, security = administrators("system_admin"), administrators("security_admin")
    office.system("unit.take_seat", "150721", seat="lead", unit="150721.lead_office", valid_from=date(2024, 6, 5))
    perform(system, "unit.take_seat", "150721", {"seat": "lead", "unit": "150721.justice", "valid_from": "2025-01-01", "document": "x"})
    office.system("unit.take_seat", "150721", seat="city_government", unit="1507.government_office")
    perform(system, "unit.rename", "150721.liuhe", {"name": "六盒", "valid_from": "2036-03-01", "document": "误"})
    perform(system, "unit.rename", "150721.liuhe", {"name": "六合街道", "valid_from": "2026-03-01", "code": "150721001", "document": "x"})
    perform(system, "user.create", "", {"username": "wang", "name": "王雪梅"})
    perform(security, "post.appoint", "150721.naji", {"username": "wang", "kind": "handler", "valid_from": "2026-01-01"})
    perform(system, "calendar.load_year", "150721", {"year": 2026})
    perform(system, "calendar.set_day", "150721", {"day": "2026-08-03", "working": False, "source": "通知"})
    with pytest.raises(Refused):
        perform(security, "post.appoint", "150721.naji", {"username": "system.admin", "kind": "audit_admin"})
    user = User.objects.get(username="wang")
    credentials.set_initial_password(user.id, "Naji-2026!")
    wang = queries.public_acting_posts_of(user.id, local_day(clock.now()))[0]
    end = local_day(clock.now()) + timedelta(days=30)
    for _ in range(2):
        outcome = perform(wang, "token.issue", "", {"label": "对接", "expires_on": end})
        credentials.set_token_secret(int(outcome.result["id"]), credentials.new_secret())
    perform(wang, "token.revoke", outcome.result["id"], {"reason": "不用了"})
    perform(security, "post.end", "150721.naji", {"username": "wang", "kind": "handler"})


def test_a_replay_makes_the_same_rows(year_of_work):
    report = replay()
    assert report.holds, (report.problems, report.differences)
    assert report.rows > 30


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Post, {"kind": "audit_admin"}),
        (Seat, {"seat": "legal"}),
        (User, {"name": "别人"}),
        (ApiToken, {"revoked_at": None}),
        (ApiToken, {"label": "别的"}),
    ],
)
def test_a_row_changed_behind_the_door_is_named(year_of_work, model, change):
    row = model.objects.exclude(**change).first()
    model.objects.filter(pk=row.pk).update(**change)
    report = replay()
    assert (model._meta.db_table, row.pk) in {(d.table, d.row) for d in report.differences}


def test_credentials_are_none_of_the_registers_business(year_of_work):
    User.objects.update(password="!", last_login=clock.now())
    ApiToken.objects.update(secret_hash=None, last_used_at=clock.now())
    assert replay().holds
