"""人员与任职 (Article 3; the three administrators by GB/T 22239-2019): appointed, ended, never one person for two of the three."""

from datetime import date

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.base.organizations import queries
from dutygate.base.organizations.models import Post, User
from dutygate.base.register.models import Entry

DAY = date(2026, 1, 5)


def codes(raised):
    return [finding.code for finding in raised.value.findings]


def test_a_person_has_no_password_and_no_post_at_first(office):
    office.system("user.create", "", username="wang", name="王雪梅")
    user = User.objects.get(username="wang")
    assert not user.has_usable_password() and user.must_change_password
    assert queries.public_acting_posts_of(user.id, DAY) == ()
    with pytest.raises(Conflict):
        office.system("user.create", "wang", username="wang", name="另一个")


@pytest.mark.parametrize("username", ["W", "Wang", "王", "a b", "1a", "a" * 65])
def test_user_names_are_plain(office, username):
    with pytest.raises(Malformed):
        office.system("user.create", "", username=username, name="某")


@pytest.mark.parametrize("first", ["system_admin", "security_admin", "audit_admin"])
@pytest.mark.parametrize("second", ["system_admin", "security_admin", "audit_admin"])
def test_the_three_administrators_are_never_one_person(office, first, second):
    office.person("admin", "150721.services_bureau", first)
    with pytest.raises(Refused) as raised:
        office.system("post.appoint", "150721.services_bureau", username="admin", kind=second, valid_from=DAY)
    assert codes(raised) == (["administrators_apart"] if first != second else ["post_held_already"])
    refused = Entry.objects.filter(outcome="refused").get()
    assert refused.action == "post.appoint"


def test_not_even_in_another_jurisdiction(office):
    office.person("admin", "150721.services_bureau", "system_admin")
    with pytest.raises(Refused) as raised:
        office.system("post.appoint", "1507.government_office", username="admin", kind="audit_admin", valid_from=DAY)
    assert codes(raised) == ["administrators_apart"]


def test_one_after_the_other_is_no_conflict(office):
    office.person("admin", "150721.services_bureau", "system_admin")
    office.system("post.appoint", "150721.justice", username="admin", kind="handler", valid_from=DAY)
    security = office.person("security", "150721.services_bureau", "security_admin")
    perform(security, "post.end", "150721.services_bureau", {"username": "admin", "kind": "system_admin", "ends_on": "2026-05-01"})
    office.system("post.appoint", "150721.services_bureau", username="admin", kind="audit_admin", valid_from=date(2026, 5, 1))
    user = User.objects.get(username="admin")
    assert [p.kind for p in queries.public_acting_posts_of(user.id, date(2026, 4, 30))] == ["system_admin", "handler"]
    assert [p.kind for p in queries.public_acting_posts_of(user.id, date(2026, 5, 1))] == ["handler", "audit_admin"]


def test_one_person_may_hold_several_other_posts(office):
    office.person("wang", "150721.naji", "handler", "signatory")
    office.system("post.appoint", "150721.liuhe", username="wang", kind="handler", valid_from=DAY)
    user = User.objects.get(username="wang")
    assert len(queries.public_acting_posts_of(user.id, DAY)) == 3


def test_only_the_security_administrator_appoints(office, administrators):
    office.system("user.create", "", username="wang", name="王雪梅")
    payload = {"username": "wang", "kind": "handler"}
    clerk = office.person("clerk", "150721.naji", "handler")
    for acting in (clerk, administrators("system_admin"), administrators("audit_admin")):
        with pytest.raises(NotAllowed):
            perform(acting, "post.appoint", "150721.naji", payload)
    perform(administrators("security_admin"), "post.appoint", "150721.naji", payload)
    with pytest.raises(NotAllowed):
        perform(administrators("security_admin"), "user.create", "", {"username": "other", "name": "另一人"})


def test_a_post_that_is_not_held_cannot_be_ended(office, administrators):
    office.person("wang", "150721.naji", "handler")
    security = administrators("security_admin")
    with pytest.raises(Refused) as raised:
        perform(security, "post.end", "150721.naji", {"username": "wang", "kind": "signatory"})
    assert codes(raised) == ["post_not_held"]
    with pytest.raises(Malformed):
        perform(security, "post.end", "150721.naji", {"username": "nobody", "kind": "handler"})
    with pytest.raises(NotFound):
        perform(security, "post.end", "150721.nowhere", {"username": "wang", "kind": "handler"})


def test_a_post_that_has_not_begun_is_taken_back(office, administrators):
    office.system("user.create", "", username="wang", name="王雪梅")
    office.system("post.appoint", "150721.naji", username="wang", kind="handler", valid_from=date(2036, 1, 1))
    perform(administrators("security_admin"), "post.end", "150721.naji", {"username": "wang", "kind": "handler"})
    post = Post.objects.get(user__username="wang")
    assert post.valid_from == post.valid_to == date(2036, 1, 1)


def test_who_has_been_dismissed_stands_before_a_closed_door(office, administrators):
    clerk = office.person("clerk", "150721.naji", "handler")
    perform(administrators("security_admin"), "post.end", "150721.naji", {"username": "clerk", "kind": "handler"})
    with pytest.raises(NotAllowed) as raised:
        perform(clerk, "token.issue", "", {"label": "x", "expires_on": "2026-12-01"})
    assert codes(raised) == ["post_ended"]


def test_a_post_needs_a_unit_that_exists_then(office):
    office.system("user.create", "", username="wang", name="王雪梅")
    with pytest.raises(Refused) as raised:
        office.system("post.appoint", "150721.naji", username="wang", kind="handler", valid_from=date(2020, 1, 1))
    assert codes(raised) == ["unit_not_existing"]
