"""Digests by mail: what the environment says of the mail server, and that the worker sends through it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.notices.digests import choose
from dutygate.config import environment
from dutygate.config.commands import work
from tests.journey import Journey
from tests.mail_server import Mailbox, free_port, mail_server

FROM = {"DUTYGATE_MAIL_HOST": "127.0.0.1", "DUTYGATE_MAIL_FROM": "dutygate@arun.example"}


def test_the_worker_makes_and_sends_them_where_a_server_is_set(db: None, journey: Callable[..., Journey], settings: Any) -> None:
    friday = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
    mark = clock._clock.set(lambda: friday)
    try:
        case = journey().up_to("consulting")
        choose(case.people["naji"], "daily", "naji@arun.example", "zh-hans", friday)
        settings.MAIL = None
        assert work.mail_once() == {}
        box = Mailbox(free_port())
        settings.MAIL = environment.mail({**FROM, "DUTYGATE_MAIL_PORT": str(box.port), "DUTYGATE_MAIL_SECURITY": "none"})
        with mail_server(box):
            assert work.mail_once() == {"sent": 1} and work.mail_once() == {}
        assert [to for to, _ in box.accepted] == ["naji@arun.example"]
    finally:
        clock._clock.reset(mark)


def test_ports_follow_the_security_and_no_host_is_no_server() -> None:
    assert environment.mail({}) is None
    ports = {how: (environment.mail({**FROM, "DUTYGATE_MAIL_SECURITY": how}) or {})["port"] for how in ("starttls", "tls", "none")}
    assert ports == {"starttls": 587, "tls": 465, "none": 25}


@pytest.mark.parametrize(
    "given", [{"DUTYGATE_MAIL_SECURITY": "maybe"}, {"DUTYGATE_MAIL_PORT": "no"}, {"DUTYGATE_MAIL_FROM": ""}, {"DUTYGATE_MAIL_PORT": "0"}]
)
def test_a_wrong_setting_ends_the_start(given: dict[str, str]) -> None:
    with pytest.raises(SystemExit):
        environment.mail({**FROM, **given})
