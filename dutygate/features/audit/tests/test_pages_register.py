"""登记簿在页面上 (Article 4; GB/T 22239-2019): read by the audit administrator and the lead, sealed where it is sealed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.actions import clock, security
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.register.queries import heads_of
from dutygate.features.audit.web.log import KINDS
from tests.pages.signed_in import browser_of, text

Entry = apps.get_model("register.Entry")
SecurityEvent = apps.get_model("actions.SecurityEvent")
READERS = ("audit_admin", "lead")
PAGES = ("/audit/", "/audit/entries/1/", "/audit/heads/", "/audit/heads.txt", "/audit/checks/", "/audit/checks/now/")
ROLES = ("audit_admin", "lead", "system_admin", "security_admin", "legal", "city", "naji", "forestry")


def rows(page):
    """The register numbers of the lines shown, in their order."""
    return [int(n) for n in re.findall(r'<a href="/audit/entries/(\d+)/">150721/', text(page))]


def ours(**where):
    return list(Entry.objects.filter(chain__key="150721", **where).order_by("-seq").values_list("seq", flat=True))


@pytest.mark.parametrize("role", ROLES)
def test_it_is_open_to_the_lead_and_the_audit_administrator(browser, role):
    client = browser(role)
    for path in PAGES:
        page = client.get(path)
        assert page.status_code == (200 if role in READERS else 403), path
        if role not in READERS:
            assert "牵头单位" in text(page) and "审计管理员" in text(page), path
    assert client.get("/audit/security/").status_code == (200 if role == "audit_admin" else 403)
    assert client.post("/audit/checks/", {"kind": "chain"}).status_code == (302 if role in READERS else 403)


def test_everybody_else_asks_for_nothing(browser, world):
    browser("naji").post("/audit/checks/", {"kind": "chain"})
    assert not apps.get_model("audit.Check").objects.exists()


def test_the_newest_comes_first_and_pages_go_by_number(browser, trip, world):
    client = browser("audit_admin")
    for day in range(1, 29):
        given = {"day": f"2026-07-{day:02d}", "working": False, "source": "通知"}
        perform(world.people["system_admin"], "calendar.set_day", "150721", given, via="import")
    every = ours()
    first = client.get("/audit/")
    assert rows(first) == every[:50] and f"?before={every[49]}" in text(first)
    second = client.get(f"/audit/?before={every[49]}")
    assert rows(second) == every[50:100] and 'rel="prev"' in text(second)
    assert client.get("/audit/?before=nonsense").status_code == 200


def test_it_is_searched_by_action_unit_subject_outcome_and_day(browser, trip, world):
    client, naji = browser("audit_admin"), world.unit_id("naji")
    trip.reply("naji")
    assert rows(client.get("/audit/?action=consultation.reply")) == ours(action="consultation.reply")
    for ref in ("那吉镇", "150721.naji", "150721100"):
        assert rows(client.get("/audit/", {"unit": ref})) == ours(unit_id=naji)
    assert rows(client.get(f"/audit/?subject={trip.number}&outcome=refused")) == ours(subject=trip.number, outcome="refused")
    assert rows(client.get("/audit/?subject=150721-")) == ours(subject__startswith="150721-")
    today, tomorrow = world.today.isoformat(), (world.today + timedelta(days=1)).isoformat()
    assert rows(client.get(f"/audit/?since={today}&until={today}&action=consultation.reply")) == ours(action="consultation.reply")
    assert rows(client.get(f"/audit/?since={tomorrow}")) == [] and "没有符合条件的登记" in text(client.get(f"/audit/?since={tomorrow}"))


def test_former_names_find_a_unit_and_papers_entered_for_it_count_as_its_own(browser, world, journey):
    trip = journey().up_to("consulting")
    trip.do("forestry", "consultation.reply", answer="agree", **trip.on_paper("forestry", "150721.naji"))
    perform(world.people["system_admin"], "unit.rename", "150721.naji", {"name": "那吉街道", "document": "文件"}, via="import")
    client = browser("audit_admin")
    found = rows(client.get("/audit/?unit=那吉镇&action=consultation.reply"))
    assert found == ours(action="consultation.reply") and len(found) == 1
    assert "代录：那吉街道" in text(client.get("/audit/?action=consultation.reply"))


@pytest.mark.parametrize(
    ("query", "said"),
    [("unit=没有的局", "没有这个机构"), ("since=2026-02-02&until=2026-02-01", "早于开始"), ("since=x", "输入"), ("action=no.such", "")],
)
def test_a_search_that_cannot_be_is_said_at_its_field(browser, query, said):
    page = browser("lead").get(f"/audit/?{query}")
    assert page.status_code == 422 and rows(page) == [] and 'class="error"' in text(page) and said in text(page)


def test_a_refusal_is_in_words_for_who_may_read_the_case_and_sealed_for_others(browser, trip):
    number = ours(outcome="refused")[0]
    lead, audit = browser("lead"), browser("audit_admin")
    for path in ("/audit/?outcome=refused", f"/audit/entries/{number}/"):
        open_page, sealed = text(lead.get(path)), text(audit.get(path))
        assert "还没有书面答复" in open_page and 'href="/law/4.1/"' in open_page
        assert "还没有书面答复" not in sealed and "未办成" in sealed
    assert "林草防火宣传" in text(lead.get(f"/audit/?subject={trip.number}"))
    assert "林草防火宣传" not in text(audit.get(f"/audit/?subject={trip.number}"))


def test_what_was_filled_in_is_shown_to_who_may_read_the_case_alone(browser, trip):
    number = ours(action="application.edit")[0]
    assert "把林草防火宣传送到户" in text(browser("lead").get(f"/audit/entries/{number}/"))
    assert "把林草防火宣传送到户" not in text(browser("audit_admin").get(f"/audit/entries/{number}/"))


def test_an_entry_shows_everything_that_its_hash_covers_and_its_neighbours(browser, trip):
    row = Entry.objects.get(chain__key="150721", seq=30)
    page = text(browser("audit_admin").get("/audit/entries/30/"))
    shown = ("hash", "prev_hash", "sealed_digest", "edition", "software", "action", "subject", "via", "unit_id", "user_id", "post_id")
    for name in shown:
        assert str(getattr(row, name) if getattr(row, name) is not None else "—") in page, name
    assert row.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") in page
    assert 'href="/audit/entries/29/"' in page and 'href="/audit/entries/31/"' in page
    assert row.salt not in page
    last = ours()[0]
    assert f'href="/audit/entries/{last + 1}/"' not in text(browser("audit_admin").get(f"/audit/entries/{last}/"))
    assert 'rel="prev"' not in text(browser("audit_admin").get("/audit/entries/1/"))


def test_the_case_is_linked_where_it_may_be_read(browser, trip):
    number = ours(subject=trip.number)[0]
    link = f'href="/cases/{trip.number}/"'
    assert link in text(browser("lead").get(f"/audit/entries/{number}/"))
    assert link not in text(browser("audit_admin").get(f"/audit/entries/{number}/"))


def test_another_chain_does_not_exist_here(browser):
    for number in (0, 10**6, 2**70):
        assert browser("audit_admin").get(f"/audit/entries/{number}/").status_code == 404


def test_heads_are_printed_as_the_command_prints_them(browser, world):
    lines = [head.printed for head in heads_of(world.people["audit_admin"])]
    page = browser("audit_admin").get("/audit/heads/")
    assert len(lines) == 2 and all(line in text(page) for line in lines) and "data-print" in text(page)
    plain = browser("lead").get("/audit/heads.txt")
    assert text(plain).splitlines() == lines and plain.headers["Content-Type"].startswith("text/plain")
    assert "attachment" in plain.headers["Content-Disposition"]


def test_the_security_log_says_what_happened_by_whom(browser, world):
    naji = world.people["naji"]
    security.note("not_your_role", user_id=naji.user_id, post_id=naji.post_id, action="review.accept", subject="150721-2026-0001")
    security.note("login_failed", address="10.0.0.9")
    client = browser("audit_admin")
    page = text(client.get("/audit/security/"))
    assert "办理不归本岗位的事" in page and "受理 · 150721-2026-0001" in page and "10.0.0.9" in page
    only = text(client.get("/audit/security/?kind=login_failed"))
    assert "10.0.0.9" in only and "150721-2026-0001" not in only
    tomorrow = (world.today + timedelta(days=1)).isoformat()
    assert "没有符合条件的记录" in text(client.get(f"/audit/security/?since={tomorrow}"))
    assert client.get("/audit/security/?kind=no_such").status_code == 422


def test_the_security_log_of_another_banner_is_not_ours(browser, world):
    banner = {"code": "150722", "name": "莫力达瓦旗", "kind": "banner", "parent": "1507"}
    perform(system_acting(), "jurisdiction.create", "", banner, via="import")
    perform(system_acting(), "unit.create", "150722", {"slug": "nierji", "kind": "township", "name": "尼尔基镇"}, via="import")
    perform(system_acting(), "user.create", "", {"username": "nierji", "name": "某"}, via="import")
    post = perform(system_acting(), "post.appoint", "150722.nierji", {"username": "nierji", "kind": "handler"}, via="import")
    security.note("conflict", post_id=int(post.result["id"]), subject="150722-2026-0001")
    security.note("conflict", post_id=world.people["naji"].post_id, subject="150721-2026-0001")
    page = text(browser("audit_admin").get("/audit/security/"))
    assert "150721-2026-0001" in page and "150722-2026-0001" not in page


def test_every_kind_of_the_security_log_has_its_words(world):
    """Whatever the door, the log-in and the pages note."""
    from dutygate.base.catalogue import errors

    noted = {error.code for error in vars(errors).values() if isinstance(error, type) and issubclass(error, errors.NotDone)}
    noted -= {"error", "refused"}  # a refusal is entered, not noted
    noted |= {"login_failed", "login_locked", "account_unlocked", "password_set", "token_refused"}
    noted |= {"unknown_action", "expected_missing", "key_reused"}
    assert noted == set(KINDS)


@pytest.mark.parametrize(("cases", "events"), [(1, 5), pytest.param(3, 30, marks=pytest.mark.long)])
def test_queries_do_not_grow_with_the_register(browser, journey, world, cases, events):
    paths = ("/audit/", "/audit/?outcome=refused", "/audit/entries/20/", "/audit/security/", "/audit/checks/")
    journey().up_to("consulting")
    security.note("conflict", user_id=world.people["naji"].user_id)

    def count():
        found = {}
        for role in READERS:
            client = browser(role)
            client.get("/audit/heads/")
            for path in paths:
                with CaptureQueriesContext(connection) as queries:
                    client.get(path)
                found[role, path] = len(queries)
        return found

    few = count()
    for _ in range(cases):
        journey().up_to("concluded")
    for n in range(events):
        SecurityEvent.objects.create(recorded_at=clock.now(), kind="conflict", user_id=world.people["naji"].user_id, detail={"n": n})
    many = count()
    assert many == few and max(few.values()) <= 14, (few, many)


def test_the_pages_speak_english(browser, trip):
    client = browser("lead")
    client.cookies["django_language"] = "en"
    for path, words in (
        ("/audit/", ("Audit", "Search the register", "Unit and person")),
        ("/audit/entries/30/", ("Hash of this entry", "Everything public that the hash covers")),
        ("/audit/heads/", ("Heads of the register", "Save as a text file")),
        ("/audit/checks/", ("Ask for a check", "Replay now")),
    ):
        page = text(client.get(path))
        assert all(word in page for word in words), path
    assert browser_of(trip.people["naji"]).get("/audit/").status_code == 403
