"""发邮件: digests leave through any SMTP server, each at most once, and none is lost while the server is away.

A mail is handed over in two steps. Up to the server's "go on" (354) nothing was given to it: whatever fails until then leaves the mail
waiting for its next attempt. Before the text goes out the row says "sending"; only the server's 250 makes it "sent". If no answer comes
any more, nobody knows whether it was accepted: it becomes "unclear" and is not sent again, since a second copy is worse than a digest
that can be read in the system at any time.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime
from typing import Final, Literal

from django.db import transaction
from django.db.models import Q

from dutygate.base.notices.models import OutgoingMail

LEASE: Final = timedelta(minutes=10)
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""How long after a first, second, third attempt the next one comes; every further one after the last of these."""
TIMEOUT: Final = 15.0
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server. ``security``: none, starttls or tls; with either the server's certificate is checked. ``user`` "" = no log-in."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    sender: str
    user: str = ""
    password: str = ""


class _NotNow(Exception):
    """The server cannot be reached or will not take the mail now; nothing was handed over."""


class _Never(Exception):
    """The server will never take this mail."""


class _Unknown(Exception):
    """The text was handed over and no answer came."""


def put_in(user_id: int, day: date, address: str, subject: str, text: str, moment: datetime) -> bool:
    """Have a mail sent, once for each person and day; whether it is a new one."""
    given = {"address": address, "subject": subject, "text": text, "made_at": moment, "next_try_at": moment}
    _row, new = OutgoingMail.objects.get_or_create(user_id=user_id, day=day, defaults=given)
    return new


def send_waiting(server: MailServer, clock: Clock, limit: int = 50) -> dict[str, int]:
    """Try every mail whose time has come, the oldest first; how many became what: sent, waiting, unclear, refused.

    When the server cannot be reached the turn ends: the others wait for the next one, without an attempt counted against them.
    """
    _bury(clock())
    done: dict[str, int] = {}
    for _turn in range(limit):
        mail = _take(clock())
        if mail is None:
            break
        away = _send(mail, server, clock)
        done[mail.state] = done.get(mail.state, 0) + 1
        if away:
            break
    return done


def _bury(moment: datetime) -> None:
    """What a worker was handing over when it died: nobody knows."""
    dead = OutgoingMail.objects.filter(state="sending", leased_until__lt=moment)
    dead.update(state="unclear", leased_until=None, problem="the program ended while it was handed over")


def _take(moment: datetime) -> OutgoingMail | None:
    """The next mail whose time has come, leased to this worker alone."""
    ready = Q(state="waiting", next_try_at__lte=moment) & (Q(leased_until=None) | Q(leased_until__lt=moment))
    for key in list(OutgoingMail.objects.filter(ready).order_by("id").values_list("id", flat=True)[:5]):
        with transaction.atomic():
            if OutgoingMail.objects.filter(ready, pk=key).update(leased_until=moment + LEASE):
                return OutgoingMail.objects.get(pk=key)
    return None


def _send(mail: OutgoingMail, server: MailServer, clock: Clock) -> bool:
    """One attempt, and what became of it. Returns whether the server is away."""
    mail.attempts += 1
    away = False
    try:
        with _connection(server) as line:
            _envelope(line, server.sender, mail.address)
            _mark(mail, "sending", "")
            _text(line, _message(mail, server.sender))
        mail.sent_at = clock()
        _mark(mail, "sent", "")
    except _NotNow as reason:
        mail.next_try_at = clock() + WAITS[min(mail.attempts, len(WAITS)) - 1]
        away = reason.__cause__ is not None
        _mark(mail, "waiting", str(reason))
    except _Never as reason:
        _mark(mail, "refused", str(reason))
    except _Unknown as reason:
        _mark(mail, "unclear", str(reason))
    return away


def _mark(mail: OutgoingMail, state: str, problem: str) -> None:
    mail.state, mail.problem = state, problem[:300]
    if state != "sending":
        mail.leased_until = None
    mail.save(update_fields=["state", "problem", "attempts", "next_try_at", "sent_at", "leased_until"])


@contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A line to the server, greeted, safe and logged in. Raises _NotNow when it does not come about."""
    try:
        context = ssl.create_default_context() if server.security != "none" else None
        if server.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    except (OSError, smtplib.SMTPException) as error:
        raise _NotNow(f"{server.host}:{server.port}: {error}") from error
    try:
        try:
            if server.security == "starttls":
                line.starttls(context=context)
            if server.user:
                line.login(server.user, server.password)
            line.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            raise _NotNow(f"{server.host}:{server.port}: {error}") from error
        yield line
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()
        line.close()


def _envelope(line: smtplib.SMTP, sender: str, address: str) -> None:
    """From whom, to whom, and may the text come; nothing is handed over yet. Each step waits for the answer to the one before."""
    try:
        for step, word in ((line.mail, sender), (line.rcpt, address), (line.docmd, "DATA")):
            code, said = step(word)
            if code >= 500:
                raise _Never(f"{code} {said.decode(errors='replace')}")
            if code >= 400 or code < 200:
                raise _NotNow(f"{code} {said.decode(errors='replace')}")
    except (OSError, smtplib.SMTPException) as error:
        raise _NotNow(str(error)) from error


def _text(line: smtplib.SMTP, message: EmailMessage) -> None:
    """The text and its end. Until its last byte is out the server has no whole mail; from then on only its answer counts."""
    wire = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=WIRE))
    try:
        line.send((wire if wire.endswith(b"\r\n") else wire + b"\r\n") + b".\r\n")
    except (OSError, smtplib.SMTPException) as error:
        raise _NotNow(str(error)) from error
    try:
        code, said = line.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise _Unknown(f"no answer after the text: {error}") from error
    if code >= 500:
        raise _Never(f"{code} {said.decode(errors='replace')}")
    if code != 250:
        raise _NotNow(f"{code} {said.decode(errors='replace')}")


def _message(mail: OutgoingMail, sender: str) -> EmailMessage:
    """As it goes out; the same mail has the same Message-ID at every attempt."""
    message = EmailMessage(policy=WIRE)
    message["From"], message["To"], message["Subject"] = sender, mail.address, mail.subject
    message["Date"] = format_datetime(mail.made_at)
    message["Message-ID"] = f"<digest-{mail.user_id}-{mail.day:%Y%m%d}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="base64")
    return message


__all__ = ["MailServer", "put_in", "send_waiting"]
