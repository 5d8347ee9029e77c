"""Shapes of the answers about tasks; see ``schemas``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dutygate.config.api.schemas import Shape


class EntryLike(Shape):
    """An entry like the task: how much (percent), by which words, on whose list, who leads and helps. ``here``: on the list asked for."""

    code: str
    title: str
    percent: int
    level: str
    words: list[str]
    here: bool
    section: str
    section_label: str
    lead: str
    helps: list[str]
    upper_duties: str
    township_duties: str
    taken_over_by: str
    document_number: str
    standing: str
    standing_label: str
    last_day: date | None
    townships: list[str]
    more_townships: int


class DeploymentOut(Shape):
    """统一部署. ``holds``: on the day asked for. ``until`` is included; null while it has no end."""

    id: str
    document_number: str
    issuer: str
    issuer_label: str
    title: str
    dated_on: date
    from_on: date
    until: date | None
    withdrawn: bool
    withdrawn_reason: str
    holds: bool


class DeploymentPage(Shape):
    """A page of them."""

    items: list[DeploymentOut]
    next: str | None


class AboveOut(Shape):
    """上级机关, and the word that says so."""

    id: str
    label: str
    word: str


class FormOut(Shape):
    """A form that Article 7 forbids, with the words that show it. ``excused``: it is none for what is admitted, deployed or from above."""

    form: str
    label: str
    cites: str
    words: list[str]
    reasons: list[str]
    excused: bool
    note: str


class PieceOut(Shape):
    """A piece of the text, with the forms that it shows; joined the pieces are the text."""

    text: str
    forms: list[str]


class CheckOut(Shape):
    """两个答复: where the task stands (``standing``, ``entry``, ``alike`` …), and the forms of Article 7 that its wording shows."""

    title: str
    on: date
    township: str
    sender: str
    standing: str
    standing_label: str
    meaning: str
    cites: str
    entry: EntryLike | None
    alike: list[EntryLike]
    deployment: DeploymentOut | None
    above: AboveOut | None
    emergency: list[str]
    forms: list[FormOut]
    forbidden: bool
    pieces: list[PieceOut]
    keep: dict[str, Any]


class KeptOut(Shape):
    """A kept check: both answers as they were. Units by key, ``entry`` and ``alike`` codes of duties, ``deployment`` an id."""

    id: str
    unit: str
    township: str
    title: str
    text_digest: str
    sender: str
    paper_on: date
    standing: str
    entry: str
    alike: list[str]
    deployment: str
    above: str
    emergency: bool
    forms: list[dict[str, Any]]
    note: str
    kept_at: datetime


class KeptPage(Shape):
    """A page of them."""

    items: list[KeptOut]
    next: str | None
