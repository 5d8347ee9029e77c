"""What the API answers about editions and questions (preamble, Articles 9-11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dutygate.config.api.schemas import InterpretationOut, OverriddenOut, Shape


class EditionLine(Shape):
    """法规版本. ``standing``: past, now, future; ``last_day``: the last day on which it holds, null while open."""

    edition: str
    digest: str
    title: str
    document_number: str
    issued_on: date
    in_force_from: date
    last_day: date | None
    standing: str
    repeals: list[str]
    published_here: bool


class EditionsOut(Shape):
    """Every edition, the newest first."""

    items: list[EditionLine]


class EditionOut(EditionLine):
    """One edition. ``file`` is the whole of it as YAML, which ``edition.draft`` takes back."""

    interpreter: str | None
    overridden: list[OverriddenOut]
    interpretations: list[InterpretationOut]
    file: str


class ChangedField(Shape):
    """One field that reads otherwise, as plain values."""

    name: str
    old: Any = None
    new: Any = None


class DifferenceLine(Shape):
    """One provision, parameter, item or row. ``kind``: added, removed, changed; ``label`` is how people call it."""

    part: str
    key: str
    label: str
    kind: str
    fields: list[ChangedField]


class DifferencesOut(Shape):
    """What ``new`` says otherwise than ``old``."""

    old: str
    new: str
    items: list[DifferenceLine]


class AnswerOut(Shape):
    """An answer to a question."""

    text: str
    document_number: str
    dated_on: date
    published: bool


class QuestionOut(Shape):
    """询问 that the post may read."""

    id: str
    number: int
    edition: str
    provision: str
    question: str
    asked_by: dict[str, str] | None
    asked_at: datetime
    answered_at: datetime | None
    answers: list[AnswerOut]


class QuestionsOut(Shape):
    """A page of questions, newest first."""

    items: list[QuestionOut]
    next: str | None
