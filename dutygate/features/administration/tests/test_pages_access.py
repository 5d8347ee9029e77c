"""谁看什么 (Article 3; GB/T 22239-2019): each post sees its parts of administration, and what is elsewhere does not exist."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions.perform import perform, system_acting
from tests.pages.signed_in import browser_of, text

LoginRecord = apps.get_model("organizations.LoginRecord")
User = apps.get_model("organizations.User")

PAGES = {
    "/administration/": {"system_admin", "security_admin", "lead", "city"},
    "/administration/units/150721.naji/": {"system_admin", "security_admin", "lead", "city"},
    "/administration/units/new/": {"system_admin"},
    "/administration/units/150721.naji/rename/": {"system_admin"},
    "/administration/seats/": {"system_admin", "security_admin", "lead", "city"},
    "/administration/seats/take/": {"system_admin"},
    "/administration/people/": {"system_admin", "security_admin"},
    "/administration/people/new/": {"system_admin"},
    "/administration/person/naji/": {"system_admin", "security_admin"},
    "/administration/people/appoint/?unit=150721.naji&person=forestry": {"security_admin"},
    "/administration/people/end/?unit=150721.naji&person=naji&post=handler": {"security_admin"},
    "/administration/calendar/": {"system_admin", "security_admin", "lead", "city"},
    "/administration/calendar/load/": {"system_admin", "lead"},
    "/administration/calendar/day/": {"system_admin", "lead"},
    "/administration/logins/": {"security_admin"},
}
ROLES = ("system_admin", "security_admin", "audit_admin", "lead", "city", "naji", "forestry", "committee")


@pytest.mark.parametrize("role", ROLES)
def test_each_post_sees_its_parts_and_is_told_whose_the_others_are(browser, role):
    client = browser(role)
    for path, roles in PAGES.items():
        page = client.get(path)
        assert page.status_code == (200 if role in roles else 403), path
        if role not in roles:
            said = text(page)
            assert "您现在的职务办不了这一步" in said and 'href="/law/3/"' in said, path


@pytest.mark.parametrize("role", ROLES)
def test_the_navigation_shows_it_to_those_alone(browser, role):
    page = text(browser(role).get("/account/"))
    assert ('href="/administration/"' in page) == (role in PAGES["/administration/"])
    assert ('href="/audit/"' in page) == (role in {"audit_admin", "lead"})


@pytest.mark.parametrize("role", ROLES)
def test_everybody_has_an_account(browser, role):
    page = browser(role).get("/account/")
    assert page.status_code == 200 and "现在的岗位" in text(page)


def test_tabs_are_those_that_are_open(browser):
    tabs = {role: text(browser(role).get("/administration/")) for role in ("system_admin", "security_admin", "lead")}
    assert "/administration/people/" in tabs["system_admin"] and "/administration/logins/" not in tabs["system_admin"]
    assert "/administration/logins/" in tabs["security_admin"]
    assert "/administration/people/" not in tabs["lead"] and "/administration/calendar/" in tabs["lead"]


def test_a_unit_or_person_elsewhere_does_not_exist(browser, elsewhere):
    for role in ("system_admin", "security_admin"):
        client = browser(role)
        assert client.get(f"/administration/units/{elsewhere.unit}/").status_code == 404
        assert client.get("/administration/person/nierji/").status_code == 404
        assert client.get("/administration/?place=150722").status_code == 404
        assert "nierji" not in text(client.get("/administration/people/"))
    client = browser("security_admin")
    for where in (f"unit={elsewhere.unit}&person=naji", "unit=150721.naji&person=nierji"):
        assert client.get(f"/administration/people/appoint/?{where}").status_code == 404
        assert client.post(f"/administration/people/appoint/?{where}", {"kind": "handler"}).status_code == 404


def test_the_city_sees_its_banners_and_a_banner_only_itself(browser, elsewhere):
    city = browser("city")
    assert "尼尔基镇" in text(city.get("/administration/?place=150722"))
    assert city.get(f"/administration/units/{elsewhere.unit}/").status_code == 200
    assert browser("lead").get(f"/administration/units/{elsewhere.unit}/").status_code == 404
    assert browser("lead").get("/administration/?place=1507").status_code == 404


def test_a_banner_enters_the_citys_office_until_the_city_has_an_administrator(browser):
    client = browser("system_admin")
    assert client.get("/administration/units/1507.government_office/").status_code == 200
    perform(system_acting(), "user.create", "", {"username": "shi.xitong", "name": "市系统"}, via="import")
    perform(system_acting(), "post.appoint", "1507.government_office", {"username": "shi.xitong", "kind": "system_admin"}, via="import")
    assert client.get("/administration/units/1507.government_office/").status_code == 404


def test_the_lead_reads_office_contacts_without_user_names(browser, world):
    page = text(browser("lead").get("/administration/units/150721.services_bureau/"))
    assert "services" in page  # the name of its clerk
    assert "系统管理员" not in page and "system_admin" not in page and "/administration/person/" not in page
    assert "system.admin" in text(browser("security_admin").get("/administration/units/150721.services_bureau/"))


def test_who_is_not_signed_in_is_sent_to_the_log_in(world, client):
    for path in (*PAGES, "/account/"):
        assert client.get(path).headers["Location"].startswith("/login/"), path


@pytest.mark.parametrize("more", [6, pytest.param(30, marks=pytest.mark.long)])
def test_queries_do_not_grow_with_units_people_and_log_ins(browser, world, more):

    paths = {
        "security_admin": ("/administration/", "/administration/people/", "/administration/logins/", "/administration/seats/"),
        "system_admin": ("/administration/units/150721.naji/", "/administration/person/naji/", "/administration/calendar/"),
        "naji": ("/account/", "/account/logins/"),
    }

    def count() -> dict[str, int]:
        found = {}
        for role, pages in paths.items():
            client = browser(role)
            client.get(pages[0])  # directories are at hand
            for path in pages:
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    assert client.get(path).status_code == 200
                found[path] = len(queries)
        return found

    few = count()
    for n in range(more):
        perform(system_acting(), "unit.create", "150721", {"slug": f"u{n}", "kind": "department", "name": f"第{n}局"}, via="import")
        perform(system_acting(), "user.create", "", {"username": f"p{n:02d}", "name": f"某{n}"}, via="import")
        perform(system_acting(), "post.appoint", "150721.naji", {"username": f"p{n:02d}", "kind": "handler"}, via="import")
    naji = User.objects.get(username="naji")
    for n in range(more + 10):
        LoginRecord.objects.create(at=f"2026-01-01T00:{n:02d}:00Z", event="in", username="naji", user=naji)
    many = count()
    assert many == few
    assert max(few.values()) <= 19, few
    assert browser_of(world.people["naji"]).get("/account/logins/").status_code == 200
