"""A form that begins with today means the day of the offices, not that of UTC: before eight in the morning they differ."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dutygate.base.actions.forms import ACT_FORMS, Scene
from dutygate.base.catalogue.action import ActingPost


@pytest.mark.parametrize(("action", "name", "place"), [("consultation.reply_set", "signed_on", ()), ("law.interpret", "dated_on", None)])
def test_before_eight_it_is_already_the_offices_day(action: str, name: str, place: object) -> None:
    early = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)  # half past seven on the 27th in the offices
    viewer = ActingPost(1, 1, 1, "150721.naji", "township", 1, "150721", "handler")
    form = ACT_FORMS[action](Scene(viewer, "150721", early, "zh", place=place))
    assert form.initial[name] == date(2026, 11, 27)
