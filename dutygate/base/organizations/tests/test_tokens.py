"""接口令牌: bound to a post, with an end, its secret nowhere but with its owner (Article 3)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import NotAllowed, NotFound, Refused
from dutygate.base.organizations import credentials, queries
from dutygate.base.organizations.models import ApiToken
from dutygate.base.register.models import Entry


@pytest.fixture
def clerk(office):
    return office.person("clerk", "150721.naji", "handler")


@pytest.fixture
def soon():
    return (clock.now() + timedelta(days=30)).date()


def issue(acting, until, subject=""):
    outcome = perform(acting, "token.issue", subject, {"label": "乡镇数据对接", "expires_on": until})
    secret = credentials.new_secret()
    assert credentials.set_token_secret(int(outcome.result["id"]), secret)
    return int(outcome.result["id"]), secret


def at_noon(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def test_who_holds_the_secret_acts_in_that_post(clerk, soon):
    _, secret = issue(clerk, soon)
    with CaptureQueriesContext(connection) as one:
        assert queries.public_post_by_token(secret, at_noon(soon)) == clerk
    assert len(one) == 1
    assert queries.public_post_by_token(secret + "x", at_noon(soon)) is None
    assert queries.public_post_by_token("", at_noon(soon)) is None


def test_the_secret_is_written_nowhere(clerk, soon):
    _, secret = issue(clerk, soon)
    entry = Entry.objects.filter(action="token.issue").get()
    kept = ApiToken.objects.get().secret_hash
    assert secret not in entry.sealed and kept not in entry.sealed and secret != kept


def test_a_token_ends_after_its_last_day(clerk, soon):
    _, secret = issue(clerk, soon)
    midnight = datetime(soon.year, soon.month, soon.day, 16, tzinfo=UTC)  # 24:00 in Arun
    assert queries.public_post_by_token(secret, midnight - timedelta(seconds=1)) == clerk
    assert queries.public_post_by_token(secret, midnight) is None


def test_a_token_ends_with_its_post(office, administrators, clerk, soon):
    _, secret = issue(clerk, soon)
    perform(administrators("security_admin"), "post.end", "150721.naji", {"username": "clerk", "kind": "handler"})
    assert queries.public_post_by_token(secret, at_noon(soon)) is None


def test_a_revoked_token_is_none(clerk, soon):
    token, secret = issue(clerk, soon)
    perform(clerk, "token.revoke", str(token), {"reason": "遗失"})
    assert queries.public_post_by_token(secret, at_noon(soon)) is None
    with pytest.raises(Refused):
        perform(clerk, "token.revoke", str(token), {})


def test_a_token_without_its_secret_lets_nobody_in(clerk, soon):
    outcome = perform(clerk, "token.issue", "", {"label": "x", "expires_on": soon})
    assert ApiToken.objects.get().secret_hash is None
    assert credentials.set_token_secret(int(outcome.result["id"]), "one")
    assert not credentials.set_token_secret(int(outcome.result["id"]), "two")


@pytest.mark.parametrize("days", [-1, 367, 4000])
def test_a_token_has_an_end_and_not_a_far_one(clerk, days):
    with pytest.raises(Refused) as raised:
        perform(clerk, "token.issue", "", {"label": "x", "expires_on": local_day(clock.now()) + timedelta(days=days)})
    assert [f.code for f in raised.value.findings] == ["token_end_out_of_range"]


def test_three_people_at_one_token(office, administrators, clerk, soon):
    """Owner, colleague, outsider: only the owner and the security administrator may revoke; for others it does not exist."""
    token, _ = issue(clerk, soon)
    colleague = office.person("colleague", "150721.naji", "handler")
    outsider = office.person("outsider", "150721.liuhe", "handler")
    for acting in (colleague, outsider, administrators("system_admin")):
        with pytest.raises(NotFound):
            perform(acting, "token.revoke", str(token), {})
        with pytest.raises(NotFound):
            perform(acting, "token.issue", str(clerk.post_id), {"label": "x", "expires_on": soon})
        assert queries.own_tokens(acting) == ()
    with pytest.raises((NotFound, NotAllowed)):
        perform(clerk, "token.revoke", "nonsense", {})
    assert [t.id for t in queries.own_tokens(clerk)] == [token]
    perform(administrators("security_admin"), "token.revoke", str(token), {"reason": "离岗"})


@pytest.mark.django_db(transaction=True)
def test_use_is_noted_at_most_once_a_minute_and_never_inside_a_transaction(office, soon):
    clerk = office.person("clerk", "150721.naji", "handler")
    _, secret = issue(clerk, soon)
    noon = at_noon(soon)
    with transaction.atomic():
        queries.public_post_by_token(secret, noon)
    assert ApiToken.objects.get().last_used_at is None
    queries.public_post_by_token(secret, noon)
    assert ApiToken.objects.get().last_used_at == noon
    with CaptureQueriesContext(connection) as reads:
        queries.public_post_by_token(secret, noon + timedelta(seconds=59))
    assert len(reads) == 1
    queries.public_post_by_token(secret, noon + timedelta(seconds=61))
    assert ApiToken.objects.get().last_used_at == noon + timedelta(seconds=61)
