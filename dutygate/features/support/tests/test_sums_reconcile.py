"""Article 5: whatever is promised, given, confirmed in part, disputed and settled, every sum is the sum of its lines, to the fen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dutygate.base.actions.perform import system_acting
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import Refused
from dutygate.features.support.queries import DIMENSIONS, Sums, Wanted, public_astray, sums, sums_by
from dutygate.features.support.shown import total
from dutygate.features.support.tests.conftest import Ledger
from tests.rows import rows

PROMISED: Final = 2_000_000
LONG: Final = os.environ.get("DUTYGATE_LONG") == "1"
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("deliver", "confirm", "dispute", "settle")),
        st.integers(0, 2),
        st.integers(1, PROMISED + 1),
        st.integers(0, PROMISED),
    ),
    min_size=4,
    max_size=10,
)


@dataclass
class Given:
    """What the model knows of one delivery."""

    amount: int
    confirmed: int = 0
    disputed: int = 0
    refused: int = 0

    @property
    def waiting(self) -> int:
        return self.amount - self.confirmed - self.disputed - self.refused


@dataclass
class Model:
    """The ledger as plain numbers: per township the deliveries in their order."""

    given: dict[str, list[Given]] = field(default_factory=dict)

    def of(self, township: str) -> list[Given]:
        return self.given.setdefault(township, [])

    def open(self, township: str) -> int:
        return PROMISED - sum(one.amount - one.refused for one in self.of(township))

    def sums(self, townships: tuple[str, ...]) -> Sums:
        every = [one for township in townships for one in self.of(township)]
        return Sums(
            len(townships),
            PROMISED * len(townships),
            0,
            sum(one.amount - one.refused for one in every),
            sum(one.confirmed for one in every),
            sum(one.disputed for one in every),
        )


@contextmanager
def nothing_stays() -> Iterator[None]:
    """What happens in one example is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def step(ledger: Ledger, model: Model, what: str, township: str, amount: int, more: int) -> None:
    """One act in the program and in the model; each refuses when the other does."""
    ref, mine = ledger.ref(township), model.of(township)
    if what == "deliver":
        if 0 < amount <= model.open(township):
            ledger.deliver((ref, amount))
            mine.append(Given(amount))
        else:
            with pytest.raises(Refused):
                ledger.deliver((ref, amount))
        return
    if not mine:
        return
    number = more % len(mine)
    one, name = mine[number], f"{ref}.{number + 1}"
    if what == "settle":
        received = amount % (one.disputed + 2)
        fits = bool(one.disputed) and received <= one.disputed
        said = {"lines": [{"delivery": name, "received_fen": received}], "reason": "按回单"}
        _both(fits, lambda: ledger.do("lead", "support.settle", ledger.pledge, **said))
        if fits:
            one.confirmed, one.refused, one.disputed = one.confirmed + received, one.refused + one.disputed - received, 0
        return
    received = amount % (one.waiting + 2) if what == "confirm" else 0
    disputed = more % (one.waiting + 2 - min(received, one.waiting)) if what == "confirm" else 1 + more % (one.waiting + 1)
    fits = 0 < received + disputed <= one.waiting
    line = {"delivery": name, "disputed_fen": disputed, "reason": "少到", **({"received_fen": received} if what == "confirm" else {})}
    _both(fits, lambda: ledger.answer(township, line, action=f"support.{what}"))
    if fits:
        one.confirmed, one.disputed = one.confirmed + received, one.disputed + disputed


def _both(fits: bool, act: Any) -> None:
    if fits:
        act()
    else:
        with pytest.raises(Refused):
            act()


@settings(max_examples=60 if LONG else 6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=not LONG)
@given(steps=STEPS)
def test_every_sum_reconciles_at_every_step(ledger: Ledger, steps: list[tuple[str, int, int, int]]) -> None:
    townships, system = ledger.world.townships, system_acting()
    with nothing_stays():
        model = Model()
        for what, place, amount, more in steps:
            step(ledger, model, what, townships[place], amount, more)
            expected, today = model.sums(townships), ledger.world.today
            assert sums(system, Wanted(), today)["fen"] == expected
            for by in DIMENSIONS:
                assert total(line["fen"] for line in sums_by(system, by, Wanted(), today).values() if "fen" in line) == expected
            assert public_astray() == []
        for township in townships:
            row = rows("support.Commitment", township=ledger.world.unit_id(township), measure="fen").get()
            mine = model.of(township)
            assert row.promised - row.released - row.delivered == model.open(township)
            assert (row.confirmed, row.disputed) == (sum(o.confirmed for o in mine), sum(o.disputed for o in mine))
        assert verify_tasks(ledger.world.today) == []
