"""Issue 2, items 3 and 5: tokens by user name and password, bound to a post, with an end; lock-out; the first password is changed first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.organizations.credentials import set_initial_password
from dutygate.base.organizations.models import ApiToken, LoginRecord
from dutygate.base.organizations.queries import public_user_id
from dutygate.base.register.models import Entry
from dutygate.config.api import tokens
from tests.trips.calling import Answer, Caller
from tests.trips.test_api_problems import is_problem
from tests.world import BANNER, FOUNDED, World

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
PASSWORD = "Arun-2026-road"


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    tokens.failures.clear()
    yield
    tokens.failures.clear()


def ask(password: str = PASSWORD, username: str = "naji", **more: Any) -> Answer:
    return Caller("", client=Client()).send("POST", "/tokens", {"username": username, "password": password, **more})


def with_password(world: World, role: str = "naji", must_change: bool = False) -> None:
    user = world.people[role].user_id
    assert user is not None
    set_initial_password(user, PASSWORD, must_change=must_change)


def test_a_token_stands_for_the_post_until_its_last_day_and_its_secret_is_nowhere(world):
    with_password(world)
    answer = ask(label="对接", days=10)
    assert answer.status == 201, answer.data
    assert answer.data["post"] == "150721.naji/handler"
    assert answer.data["expires_on"] == (world.today + timedelta(days=10)).isoformat()
    assert Caller(answer.data["token"]).get("/tasks").status == 200
    secret = answer.data["token"]
    assert not Entry.objects.filter(sealed__contains=secret).exists()
    row = ApiToken.objects.get(pk=int(answer.data["id"]))
    assert row.label == "对接"
    assert secret not in str(row.__dict__)
    assert LoginRecord.objects.filter(event="in", username="naji").exists()


def test_a_token_ends_when_its_holder_says_so(world):
    with_password(world)
    caller = Caller(ask().data["token"])
    answer = caller.send("DELETE", "/tokens/current")
    assert (answer.status, answer.data) == (204, "")
    is_problem(caller.get("/tasks"), 401, "unauthenticated")
    assert Entry.objects.filter(action="token.revoke", outcome="permitted").count() == 1


def test_a_wrong_password_is_401_and_the_fifth_in_a_row_locks_the_account(world):
    with_password(world)
    answers = [ask("Wrong-pass-1") for _ in range(5)]
    assert [answer.status for answer in answers[:4]] == [401] * 4
    is_problem(answers[0], 401, "login_failed")
    assert answers[0].headers["WWW-Authenticate"]
    is_problem(ask(), 403, "account_locked")
    is_problem(ask(username="nobody.here"), 401, "login_failed")
    with_password(world, "liuhe")
    assert ask(username="liuhe").status == 201, "another account is not locked with it"


def test_the_first_password_must_be_changed_before(world):
    with_password(world, must_change=True)
    is_problem(ask(), 403, "password_change_required")
    assert not ApiToken.objects.exists()


def test_who_holds_several_posts_says_which(world):
    with_password(world)
    perform(
        system_acting(), "post.appoint", f"{BANNER}.liuhe", {"username": "naji", "kind": "handler", "valid_from": FOUNDED}, via="import"
    )
    answer = ask()
    is_problem(answer, 422, "post_unclear")
    assert {"150721.naji/handler", "150721.liuhe/handler"} <= set(answer.data["fields"][0]["message"].split(", "))
    assert ask(post="150721.liuhe").data["post"] == "150721.liuhe/handler"
    assert ask(post="150721.naji/handler").data["post"] == "150721.naji/handler"
    assert ask(post=str(world.people["naji"].post_id)).data["post"] == "150721.naji/handler"
    is_problem(ask(post="150721.yadong"), 422, "post_unclear")


def test_who_holds_no_post_gets_no_token(world):
    perform(system_acting(), "user.create", "", {"username": "newcomer", "name": "新人"}, via="import")
    set_initial_password(int(public_user_id("newcomer") or 0), PASSWORD, must_change=False)
    is_problem(ask(username="newcomer"), 403, "no_post")


def test_a_token_ends_with_its_post(world):
    with_password(world)
    caller = Caller(ask().data["token"])
    perform(world.people["security_admin"], "post.end", f"{BANNER}.naji", {"username": "naji", "kind": "handler"}, via="import")
    is_problem(caller.get("/tasks"), 401, "unauthenticated")


def test_days_and_fields_are_checked(world):
    for wrong in ({"days": 0}, {"days": 367}, {"days": 10**12}, {"username": ""}, {"label": " "}, {"password": "x" * 201}, {"extra": 1}):
        given = {"username": "naji", "password": PASSWORD, **wrong}
        is_problem(Caller("", client=Client()).send("POST", "/tokens", given), 422)


def test_too_many_failures_from_one_address_are_429(world, monkeypatch):
    monkeypatch.setattr(tokens, "FAILURES_A_MINUTE", 3)
    for number in range(3):
        assert ask(username=f"guess{number}").status == 401
    answer = ask(username="guess4")
    is_problem(answer, 429, "too_many_requests")
    assert int(answer.headers["Retry-After"]) > 0


def test_issuing_by_a_token_shows_the_secret_once(world, caller):
    naji = caller("naji")
    post = str(world.people["naji"].post_id)
    given = {"label": "另一程序", "expires_on": (world.today + timedelta(days=5)).isoformat()}
    first = naji.act("token.issue", post, given, key="t1")
    assert first.status == 200, first.data
    assert Caller(first.data["result"]["token"]).get("/tasks").status == 200
    again = naji.act("token.issue", post, given, key="t1")
    assert "token" not in again.data["result"]
    assert again.data["result"]["id"] == first.data["result"]["id"]
