"""提要的选择: who wants to be told regularly, how often and where to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.models import DigestChoice, OutgoingMail

CHOICES: Final = ("none", "daily", "weekly")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One person's choice; ``address`` "" = in the system alone."""

    user_id: int
    choice: str = "none"
    address: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail as its addressee sees it."""

    day: date
    address: str
    state: str
    attempts: int
    sent_at: datetime | None


_CHOSEN: Final = ("user_id", "choice", "address", "language")


def choice_of(viewer: ActingPost) -> Chosen:
    """What the viewer chose; nothing, if she never did."""
    row = DigestChoice.objects.filter(user_id=viewer.user_id or 0).values_list(*_CHOSEN).first()
    return Chosen(*row) if row else Chosen(viewer.user_id or 0)


def choose(viewer: ActingPost, choice: str, address: str, language: str, moment: datetime) -> None:
    """Keep it. Raises ValueError for a choice that is none."""
    if choice not in CHOICES or viewer.user_id is None:
        raise ValueError(choice)
    said = {"choice": choice, "address": address, "language": language, "chosen_at": moment}
    DigestChoice.objects.update_or_create(user_id=viewer.user_id, defaults=said)


def public_mailed_choices() -> list[Chosen]:
    """Everybody who wants mails, in the order of their ids; for the worker."""
    rows = DigestChoice.objects.exclude(choice="none").exclude(address="").order_by("user_id")
    return [Chosen(*row) for row in rows.values_list(*_CHOSEN)]


def mails_to(viewer: ActingPost, limit: int) -> list[MailLine]:
    """The viewer's own mails, the newest first."""
    rows = OutgoingMail.objects.filter(user_id=viewer.user_id or 0).order_by("-day")
    return [MailLine(*row) for row in rows.values_list("day", "address", "state", "attempts", "sent_at")[:limit]]


def public_last_mail(user_id: int) -> date | None:
    """The day of the last digest made for somebody; for the worker."""
    return OutgoingMail.objects.filter(user_id=user_id).order_by("-day").values_list("day", flat=True).first()
