"""A duty with what was promised, the people of it, and a clock that can be moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dutygate.base.actions.perform import Outcome, perform
from tests.fixtures import journey, world
from tests.leaving import Time, admitted, scratch, time
from tests.rows import rows
from tests.world import World

__all__ = ["Ledger", "files", "journey", "ledger", "scratch", "time", "world"]


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own for kept files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@dataclass
class Ledger:
    """One duty of the forestry bureau in three townships: 20000 yuan and a contact each, to be given by the end of 2026."""

    world: World
    duty: str
    time: Time
    pledge: str = "150721-B-0001"

    def ref(self, township: str, measure: str = "fen") -> str:
        """The reference of a township's commitment."""
        row = rows("support.Commitment", township=self.world.unit_id(township), measure=measure, pledge__code=self.pledge).first()
        return f"{self.pledge}.{row.ordinal}"

    def row(self, ref: str) -> Any:
        """A commitment as it stands."""
        code, _dot, ordinal = ref.partition(".")
        return rows("support.Commitment", pledge__code=code, ordinal=int(ordinal)).get()

    def do(self, who: str, action: str, subject: str, **payload: Any) -> Outcome:
        """One act."""
        return perform(self.world.people[who], action, subject, payload, via="import")

    def deliver(self, *lines: tuple[str, int | None], who: str = "forestry", **more: Any) -> list[str]:
        """Money on these commitments; the references of the deliveries."""
        said = {"delivered_on": self.world.today, "voucher_number": "拨〔2026〕1号", "given": "指定王工为联系人", **more}
        given = [{"commitment": ref, **({"amount_fen": amount} if amount else {})} for ref, amount in lines]
        return list(self.do(who, "support.deliver", self.pledge, lines=given, **said).result["deliveries"])

    def sheet(self, township: str) -> str:
        """The reference of a township's sheet of this year."""
        return f"150721-Y-{self.world.today.year}.{township}"

    def answer(self, township: str, *lines: dict[str, Any], action: str = "support.confirm", **more: Any) -> Outcome:
        """A word of the township on its sheet."""
        return self.do(township, action, self.sheet(township), lines=list(lines), **more)


@pytest.fixture
def ledger(world: World, time: Time) -> Ledger:
    """The duty, on 2 March 2026."""
    return Ledger(world, admitted(world), time)


Start = Callable[..., Any]
