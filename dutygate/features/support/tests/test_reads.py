"""Articles 5, 6: who reads what of the ledger, over the API too; and a ledger of many lines costs no more statements than one of few."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dutygate.features.support.models import Commitment, CommitmentChange, Delivery
from dutygate.features.support.queries import commitments_visible
from dutygate.features.support.tests.conftest import Ledger
from tests.leaving import Time, admitted
from tests.pages.signed_in import browser_of
from tests.rows import rows
from tests.trips.calling import Caller, token_for
from tests.world import World

SEES = {"forestry": 6, "naji": 2, "lead": 6, "city": 6, "outsider": 0, "agriculture": 0, "legal": 0, "committee": 6, "system_admin": 0}


def test_everybody_reads_the_own_part_and_nothing_else(ledger: Ledger) -> None:
    assert {who: commitments_visible(ledger.world.people[who]).count() for who in SEES} == SEES


def test_the_api_reads_by_the_same_scope(world: World) -> None:
    ledger = Ledger(world, admitted(world), Time())  # tokens end by the real clock
    (given,) = ledger.deliver((ledger.ref("naji"), 700_000))
    ledger.answer("naji", {"delivery": given, "received_fen": 500_000})
    naji, liuhe = (Caller(token_for(ledger.world, name)) for name in ("naji", "liuhe"))
    page = naji.get("/commitments?kind=funding").data
    assert [line["township"]["key"] for line in page["items"]] == ["150721.naji"]
    assert page["sums"]["fen"] == {
        **{"commitments": 1, "promised": 2_000_000, "delivered": 700_000, "confirmed": 500_000},
        **{"disputed": 0, "to_come": 1_300_000, "unanswered": 200_000},
    }
    one = naji.get(f"/commitments/{ledger.ref('naji')}").data
    assert (one["deliveries"][0]["unanswered"], one["answers"][0]["answer"], one["sheet"]) == (200_000, "confirmed", ledger.sheet("naji"))
    assert liuhe.get(f"/commitments/{ledger.ref('naji')}").status == 404
    said = {"lines": [{"delivery": given}]}
    assert naji.act("support.confirm", one["sheet"], said, expected={"sheet": 1}).status == 409
    assert naji.act("support.confirm", one["sheet"], said, expected=one["expected"]).status == 200


def counted(client: Client, paths: Iterable[str]) -> dict[str, int]:
    """Statements for each page."""
    found = {}
    for path in paths:
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        found[path] = len(caught)
    return found


@pytest.mark.page
@pytest.mark.parametrize("more", [5, pytest.param(60, marks=pytest.mark.long)])
def test_many_lines_cost_no_more_statements_than_few(ledger: Ledger, more: int) -> None:
    ledger.deliver(*((ledger.ref(slug), 100) for slug in ledger.world.townships))
    people = ledger.world.people
    pledge, one = f"/support/{ledger.pledge}/", f"/support/{ledger.ref('naji').replace('.', '/')}/"
    sheet = "/support/sheets/150721.naji/2026/"
    by = [f"/support/?by={name}" for name in ("department", "township", "duty", "year")]
    paths = {"lead": [*by, pledge, one, f"/duties/{ledger.duty}/"], "naji": ["/support/", one, sheet]}
    few = {who: counted(browser_of(people[who]), found) for who, found in paths.items()}
    _many(ledger, more)
    assert {who: counted(browser_of(people[who]), found) for who, found in paths.items()} == few


def _many(ledger: Ledger, times: int) -> None:
    """As many more lines of 那吉镇's commitment, each with its delivery, as they would be after years of it."""
    first = rows("support.Commitment", township=ledger.world.unit_id("naji"), measure="fen").get()
    given = Delivery.objects.get(commitment=first)
    last = Commitment.objects.order_by("-ordinal")[0].ordinal
    for number in range(1, times + 1):
        for model, row, named in (
            (Commitment, first, {"ordinal": last + number}),
            (Delivery, given, {"commitment_id": first.id + 10_000 + number}),
            (CommitmentChange, CommitmentChange.objects.filter(commitment=first)[0], {"commitment_id": first.id + 10_000 + number}),
        ):
            fields = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            model._default_manager.create(**{**fields, **named, "id": row.id + 10_000 + number})
