"""Articles 4.4, 5: what is late or disputed of what was promised stands in the form for an exit by itself, with its facts."""

from __future__ import annotations

from tests.leaving import Time, admitted
from tests.pages.signed_in import browser_of, form_of, text
from tests.rows import rows
from tests.world import World


def test_the_form_offers_what_is_late(world: World, time: Time) -> None:
    code = admitted(world)
    naji, address = browser_of(world.people["naji"]), f"/duties/{code}/exit/"
    assert "台账上有逾期" not in text(naji.get(address))
    time.pass_by(320)
    page = browser_of(world.people["naji"]).get(address)
    assert "台账上有逾期" in text(page)
    fields = form_of(page)
    assert fields["reason"] == ["safeguards_not_kept"]
    assert "应于 2026-12-31 以前兑现 20,000.00 元，还差 20,000.00 元" in fields["reason_words"][0]
    assert "六合镇" not in fields["reason_words"][0] and rows("support.Commitment").exists()
