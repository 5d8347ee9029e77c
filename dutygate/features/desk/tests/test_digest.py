"""提要: chosen by a person, mailed at most once and never lost while the mail server is away; nothing confidential."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.urls import reverse

from dutygate.base.actions import clock
from dutygate.base.notices.digests import choose
from dutygate.base.notices.mail import MailServer, send_waiting
from dutygate.features.desk.digest import make_digests
from tests.journey import Journey
from tests.mail_server import Mailbox, free_port, mail_server
from tests.pages.signed_in import browser_of, text
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
FRIDAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # nine in the morning where the offices are
NAJI = "naji@arun.example"


class Time:
    """The moment at which things happen."""

    def __init__(self) -> None:
        self.now = FRIDAY

    def __call__(self) -> datetime:
        return self.now

    def later(self, **more: float) -> None:
        self.now += timedelta(**more)


@pytest.fixture
def time() -> Iterator[Time]:
    turning = Time()
    mark = clock._clock.set(turning)
    yield turning
    clock._clock.reset(mark)


@pytest.fixture
def box() -> Mailbox:
    return Mailbox(free_port())


def server(box: Mailbox) -> MailServer:
    return MailServer("127.0.0.1", box.port, "none", "dutygate@arun.example")


@pytest.fixture
def asked(time: Time, journey: Start) -> Journey:
    """那吉镇 owes an answer, and wants to be told daily."""
    case = journey().up_to("consulting")
    choose(case.people["naji"], "daily", NAJI, "zh-hans", time.now)
    return case


def states() -> list[str]:
    return list(rows("notices.OutgoingMail").order_by("id").values_list("state", flat=True))


def test_nothing_is_lost_and_nothing_sent_twice_while_the_server_is_away(asked: Journey, time: Time, box: Mailbox) -> None:
    assert make_digests(time.now) == 1 and make_digests(time.now) == 0
    assert send_waiting(server(box), time) == {"waiting": 1}  # nobody listens
    assert send_waiting(server(box), time) == {}  # its time has not come again
    box.mood = "busy"
    with mail_server(box):
        time.later(minutes=2)
        assert send_waiting(server(box), time) == {"waiting": 1} and box.accepted == []
        box.mood = ""
        time.later(minutes=6)
        assert send_waiting(server(box), time) == {"sent": 1}
        time.later(hours=3)
        assert send_waiting(server(box), time) == {} and make_digests(time.now) == 0
    assert [to for to, _ in box.accepted] == [NAJI]
    mail = rows("notices.OutgoingMail").get()
    assert (mail.state, mail.attempts, mail.problem) == ("sent", 3, "")


def test_a_server_that_takes_the_text_and_breaks_off_gets_it_once(asked: Journey, time: Time, box: Mailbox) -> None:
    make_digests(time.now)
    box.mood = "deaf"
    with mail_server(box):
        assert send_waiting(server(box), time) == {"unclear": 1}
        box.mood = ""
        time.later(days=1)
        assert send_waiting(server(box), time) == {}
    assert len(box.accepted) == 1 and states() == ["unclear"]
    assert "没有得到回音" in text(browser_of(asked.people["naji"]).get(reverse("digest")))


def test_what_a_worker_had_in_hand_when_it_died_is_not_sent_again_unless_nothing_was_handed_over(
    asked: Journey, time: Time, box: Mailbox
) -> None:
    make_digests(time.now)
    rows("notices.OutgoingMail").update(leased_until=time.now + timedelta(minutes=10))  # taken up, not begun
    with mail_server(box):
        assert send_waiting(server(box), time) == {}
        time.later(minutes=11)
        assert send_waiting(server(box), time) == {"sent": 1}
        rows("notices.OutgoingMail").update(state="sending", leased_until=time.now - timedelta(minutes=1))
        assert send_waiting(server(box), time) == {} and states() == ["unclear"]
    assert len(box.accepted) == 1


def test_an_address_that_is_refused_keeps_no_other_from_its_mail(asked: Journey, time: Time, box: Mailbox) -> None:
    choose(asked.people["liuhe"], "daily", "liuhe@arun.example", "en", time.now)
    box.mood = "strict"
    make_digests(time.now)
    with mail_server(box):
        done = send_waiting(server(box), time)
    assert done == {"refused": 2} and states() == ["refused", "refused"]


def test_a_mail_says_number_title_task_and_day_and_nothing_else_of_the_matter(asked: Journey, time: Time, box: Mailbox) -> None:
    make_digests(time.now)
    with mail_server(box):
        send_waiting(server(box), time)
    (_to, message), *_ = box.accepted
    assert isinstance(message, EmailMessage)
    body = message.get_content()
    assert asked.number in body and "林草防火宣传" in body and "答复" in body
    assert "宣传送到户" not in body and "经费" not in body and "森林防火条例" not in body
    assert message["Subject"].startswith("乡镇职责准入") and message["Message-ID"]


def test_daily_is_each_working_day_weekly_the_first_of_the_week_none_is_never(asked: Journey, time: Time) -> None:
    """2026-11-27 is a Friday; 2026-10-01 to 07 and the weekends are off, 2026-10-10 is a make-up Saturday."""
    made: dict[str, list[str]] = {}
    for choice in ("daily", "weekly", "none"):
        rows("notices.OutgoingMail").delete()
        choose(asked.people["naji"], choice, NAJI, "zh-hans", time.now)
        for day in range(14):
            make_digests(datetime(2026, 9, 28, 1, 0, tzinfo=UTC) + timedelta(days=day))
        made[choice] = [f"{mail.day:%m-%d}" for mail in rows("notices.OutgoingMail").order_by("day")]
    assert made == {"daily": ["09-28", "09-29", "09-30", "10-08", "10-09", "10-10"], "weekly": ["09-28", "10-08"], "none": []}
    assert make_digests(datetime(2026, 11, 29, 22, 30, tzinfo=UTC)) == 0  # half past six on Monday


@pytest.mark.page
def test_somebody_chooses_on_the_page_and_sees_what_waits(asked: Journey, time: Time) -> None:
    client = browser_of(asked.people["naji"])
    page = client.get(reverse("digest"))
    assert asked.number in text(page) and "没有接邮件服务器" in text(page)
    wrong = client.post(reverse("digest"), {"choice": "weekly", "address": "no address"})
    assert wrong.status_code == 422 and 'value="no address"' in text(wrong)
    assert client.post(reverse("digest"), {"choice": "weekly", "address": "a@b.cn"}).status_code == 302
    assert 'value="a@b.cn"' in text(client.get(reverse("digest")))
    assert asked.number not in text(browser_of(asked.people["system_admin"]).get(reverse("digest")))
