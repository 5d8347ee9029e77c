"""5: an application says by which day of the year each safeguard is given; townships read it before they consent, papers say it, the ledger
owes it by that day. Applications from before there were such days stay as they are.
"""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.urls import reverse

from dutygate.base.actions.month_days import MonthDayField, later_of
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed
from dutygate.features.papers.tests.stage import drawn
from tests.journey import SAFEGUARDS, Journey
from tests.leaving import Leaving, Time, time
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows
from tests.world import World

__all__ = ["time"]
pytestmark = pytest.mark.django_db
BY_JUNE = [{**one, "due": "06-30"} if one["kind"] == "funding" else one for one in SAFEGUARDS]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("6月30日", "06-30"), ("06-30", "06-30"), ("6.1", "06-01"), ("每年１２月１日", "12-01"), ("", ""), (" 4 月 30 日 ", "04-30")],
)
def test_a_day_is_taken_as_people_write_it(typed: str, kept: str) -> None:
    assert MonthDayField(required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["2月29日", "13-01", "6月31日", "六月底", "2026-06-30", "0-0"])
def test_what_not_every_year_has_is_no_such_day(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        MonthDayField(required=False).clean(typed)


def test_nobody_gives_earlier_than_it_has_promised_when_offices_are_joined() -> None:
    assert (later_of("06-30", "04-30"), later_of("06-30", "")) == ("06-30", "")


def due_days(year: int) -> set[date]:
    return set(rows("support.Commitment", measure="fen", year=year).values_list("due_on", flat=True))


def test_from_the_application_to_the_ledger(world: World, time: Time) -> None:
    case = Journey(world)
    case.open()
    with pytest.raises(Malformed):
        case.fill(safeguards=[{**SAFEGUARDS[0], "due": "02-30"}])
    case.fill(safeguards=BY_JUNE)
    assert dict(rows("application.Safeguard").filter(is_current=True).values_list("kind", "due"))["funding"] == "06-30"
    case.request()
    letter = str(drawn(world, "forestry", "consultation_letter", case.number)[0]["content"])
    assert "6月30日前给到" in letter
    reply = text(browser_of(world.people["naji"]).get(f"/cases/{case.number}/do/consultation.reply/"))
    assert "最晚给到：6月30日" in reply, "read before it is agreed to"
    case.go_on("reviewing")
    lead = browser_of(world.people["lead"])
    for where in (f"/cases/{case.number}/", f"/cases/{case.number}/do/review.assess/?seat=lead"):
        assert "最晚给到：6月30日" in text(lead.get(where)), where
    case.go_on("done")
    duty = rows("lists.Duty").get()
    assert due_days(world.today.year) == {date(world.today.year, 6, 30)}
    assert "最晚给到：6月30日" in text(lead.get(f"/duties/{duty.code}/"))
    assert next(one for one in rows("lists.DutyRevision").get().support if one["kind"] == "funding")["due"] == "06-30"
    assert all("due" not in one for one in rows("lists.DutyRevision").get().support if one["kind"] != "funding")
    later = Leaving(world, duty=duty.code, kind="adjustment")
    later.open()
    assert (
        dict(rows("application.Safeguard").filter(case__number=later.number, is_current=True).values_list("kind", "due"))["funding"]
        == "06-30"
    )
    later.fill(safeguards=[{**BY_JUNE[0], "due": "09-30"}])
    later.go_on("done")
    assert due_days(world.today.year) == {date(world.today.year, 9, 30)}
    assert replay().holds


@pytest.mark.page
def test_it_is_typed_on_the_form_and_kept_as_it_stands(world: World) -> None:
    case = Journey(world)
    case.open()
    case.fill()
    clerk = browser_of(world.people["forestry"])
    where = reverse("case_write", args=[case.number, "items"])
    page = clerk.get(where)
    assert 'name="sg_all_funding_due"' in text(page)
    wrong = press(clerk, where, page, sg_all_funding_due="六月底")
    assert wrong.status_code == 422 and "例如 6月30日；不写年份" in text(wrong) and 'value="六月底"' in text(wrong)
    assert press(clerk, where, page, sg_all_funding_due="6月30日").status_code == 302
    row = rows("application.Safeguard").get(is_current=True, kind="funding")
    assert (row.due, row.amount_fen) == ("06-30", 2_000_000)
    assert 'value="6月30日"' in text(clerk.get(where))
