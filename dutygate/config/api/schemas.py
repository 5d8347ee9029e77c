"""Shapes of the answers, for the OpenAPI document; a test compares them with what is really answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from dutygate.config.api.site import Found


class Shape(BaseModel):
    """An answer; nothing is in it that is not written here."""

    model_config = ConfigDict(extra="forbid")


class UnitOut(Shape):
    """机构 by key, with its name on the day of reading."""

    key: str
    name: str


class OutcomeOut(Shape):
    """A permitted action: done, entered, and where. ``head`` is the chain's head right after it; ``result`` what it gave."""

    action: str
    subject: str
    entry: str
    head: str
    cites: str
    state: str
    recorded_at: datetime
    result: dict[str, Any]


class TokenOut(Shape):
    """A new token. ``token`` is shown this once."""

    token: str
    id: str
    post: str
    expires_on: date


class CaseLine(Shape):
    """办件 in a list."""

    number: str
    title: str
    kind: str
    track: str
    state: str
    state_label: str
    outcome: str
    initiator: UnitOut | None
    round: int
    opened_at: datetime
    closed_at: datetime | None


class CasePage(Shape):
    """A page of cases, newest first; ``next`` is the cursor of the following page, null on the last."""

    items: list[CaseLine]
    next: str | None


class CaseHead(CaseLine):
    """办件 with its declarations and version tokens."""

    declared_class: str
    handles_emergency: bool
    mode: str
    acts_in_name_of: str
    necessity: str
    ends_on: date | None
    edition: str
    edition_digest: str
    version: int
    revision: int
    submissions: int
    returned: bool
    duty: str
    from_track: str
    reason: str
    reason_words: str
    mandated: bool
    cause: str
    list_name: str
    section: str
    jurisdiction: str


class CaseOut(Shape):
    """Everything of a case that the viewer may see: its head, and a section for each part of the procedure."""

    case: CaseHead
    sections: dict[str, Any]


class StepOut(Shape):
    """One action as it stands for the viewer now.

    open: nothing known yet blocks it · blocked: by ``findings`` · not_now: another state · not_yours: another unit's (``on_paper``:
    it may be entered for it) · depends: on the record that the payload names. ``expected`` is to be sent back with it.
    ``second_signature``: one person prepares it (`signature.prepare`), another of the unit signs it.
    """

    action: str
    label: str
    provision: str
    provision_label: str
    status: Literal["open", "blocked", "not_now", "not_yours", "depends"]
    on_paper: bool
    second_signature: bool
    expected: dict[str, int] | None
    findings: list[Found]


class PreparedOut(Shape):
    """待签发的办理: what one person prepared (``action``, ``payload``, ``based_on``) and what became of it; ``reason`` of a return.

    ``ended_by``: who signed, returned or took it back.
    """

    ordinal: int
    action: str
    payload: dict[str, Any]
    based_on: dict[str, int] | None
    status: Literal["waiting", "signed", "returned", "taken_back"]
    prepared_by: str
    prepared_at: datetime
    ended_by: str
    ended_at: datetime | None
    reason: str


class SignaturesOut(Shape):
    """What a unit has prepared about a case, the newest first."""

    items: list[PreparedOut]


class TaskLine(Shape):
    """待办: whose move it is. Days are working days; ``provisional`` while the year's holidays are not published. While its time stands
    still (``light`` "paused", since ``paused_on``) there is no last day.
    """

    subject: str
    action: str
    label: str
    provision: str
    unit: UnitOut | None
    seat: str
    opened_on: date
    due_on: date | None
    provisional: bool
    light: Literal["green", "yellow", "red", "paused"] | None
    days_left: int | None
    paused_on: date | None = None


class NowOut(Shape):
    """What the viewer may do on a case now, what blocks the rest, and whose move it is.

    ``unseen_townships``: how many townships still owe something that this viewer, a township too, is not told by name.
    """

    number: str
    state: str
    state_label: str
    actions: list[StepOut]
    waiting: list[TaskLine]
    unseen_townships: int


class OwnTask(TaskLine):
    """待办 of the viewer's unit, with the title of the case."""

    title: str


class TaskPage(Shape):
    """A page of tasks, the most urgent first."""

    items: list[OwnTask]
    next: str | None


class OverriddenOut(Shape):
    """从其规定: the higher rule that takes the place of a provision, from the day ``since`` to the day before ``until`` (Article 9)."""

    provision: str
    source: str
    since: date
    until: date | None
    effect: str


class InterpretationOut(Shape):
    """解释 that was published; ``question`` is what was asked, "" where nobody had (Article 10)."""

    provision: str
    question: str
    text: str
    document_number: str
    dated_on: date


class ProvisionOut(Shape):
    """条款: our own summary; ``official`` is the wording that the office loaded, null until it has."""

    id: str
    article: int
    label: str
    summary: str
    official: str | None
    rules: list[str]
    actions: list[str]
    overridden: list[OverriddenOut]
    interpretations: list[InterpretationOut]


class LawOut(Shape):
    """The edition in force, with its provisions and what keeps each."""

    edition: str
    digest: str
    title: str
    document_number: str
    in_force_from: date
    in_force_to: date | None
    provisions: list[ProvisionOut]


class FileOut(Shape):
    """A stored file; its digest is what a payload's ``scan`` takes."""

    digest: str
    name: str
    media_type: str
    size: int
