"""8, on both databases: a report and its order of correction leave nothing outside their own tables: no row, no number that was drawn, no
answer that reads otherwise. (Every page as everybody: tests/pages/test_reports_are_secret.py.)
"""

from __future__ import annotations

from collections.abc import Callable

from dutygate.base.actions.sweep import sweep
from dutygate.features.papers.making import make_waiting
from dutygate.features.papers.tests.stage import issue_order, letterhead
from tests.journey import Journey
from tests.pages.signed_in import browser_of
from tests.secrecy import answers, plain_of, sequences, tables
from tests.supervision import Reported, brought, with_oversight
from tests.trips.calling import token_for
from tests.world import World

OTHERS = ("naji2", "yadong", "committee", "legal")
PAGES = ("/", "/reports/", "/papers/", "/papers/orders/", "/papers/numbers/", "/cases/", "/support/")


def test_a_report_and_its_paper_leave_no_trace(world: World, journey: Callable[..., Journey], tmp_path: object, settings: object) -> None:
    place = with_oversight(world)
    settings.MEDIA_ROOT = tmp_path
    letterhead(place, "discipline")
    journey().up_to("consulting")
    assert sweep().failed == []
    secrets = {who: token_for(place, who) for who in ("naji2", "yadong", "audit_admin")}
    browsers = {who: browser_of(place.people[who]) for who in OTHERS}

    def told() -> dict[str, tuple[int, bytes]]:
        pages = {f"{who} {path}": browser.get(path) for who, browser in browsers.items() for path in PAGES}
        return {path: (page.status_code, plain_of(page.content)) for path, page in pages.items()} | answers(place, secrets)

    before, kept, drawn = told(), tables(), sequences()
    assert sum(status == 200 for status, _body in before.values()) > 40
    report = Reported(place, body="forestry", files=[brought(place, "naji")]).up_to("ordered")
    issue_order(place, report)
    report.do("discipline", "attach_order_scan", files=[brought(place, "discipline")])
    make_waiting()
    assert sweep().done == {}
    apart = {name: at for name, at in sequences().items() if not name.startswith("supervision_")}
    assert apart == {name: at for name, at in drawn.items() if not name.startswith("supervision_")}
    assert tables() == kept
    after = told()
    assert sorted(path for path in before if before[path] != after[path]) == []
