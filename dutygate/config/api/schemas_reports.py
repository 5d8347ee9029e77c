"""What the reads of reports answer (Articles 7, 8). Fields that a side may not know are null for it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from dutygate.config.api.schemas import Shape, UnitOut

Side = Literal["examiner", "reporter", "body"]


class ReportLine(Shape):
    """线索 in a list. ``side``: as what you see it. ``action``: the step it waits for, where that concerns you; ``waits``: your move."""

    id: str
    side: Side
    state: str
    state_label: str
    final: bool
    since: date
    title: str | None
    body: UnitOut | None
    action: str | None
    action_label: str | None
    waits: bool
    due_on: date | None
    light: str | None


class ReportPage(Shape):
    """A page of reports; ``next`` is the cursor of the next one."""

    items: list[ReportLine]
    next: str | None


class AddedOut(Shape):
    """补充."""

    on: date
    text: str


class ReportOut(ReportLine):
    """One report, as your side may see it."""

    text: str | None
    forms: list[str] | None
    source: str | None
    paper_on: date | None
    reported_on: date | None
    added: list[AddedOut] | None
    reporter: str | None
    reporter_unit: UnitOut | None
    put_facts: str | None
    asked_on: date | None
    answer_by: date | None
    answer: str | None
    answered_on: date | None
    finding: str | None
    finding_forms: list[str] | None
    finding_text: str | None
    matter: str | None
    found_on: date | None
    order_text: str | None
    ordered_on: date | None
    correct_by: date | None
    correction_text: str | None
    correction_number: str | None
    corrected_on: date | None
    check_text: str | None
    correction_confirmed: bool | None
    referred_to: str | None
    referral_number: str | None
    referral_dated_on: date | None
    outcome: str | None
    ended_on: date | None
    files: list[int] = Field(description="Their numbers, for GET /reports/{id}/files/{number}.")
    actions: list[str] = Field(description="What you can do with it now.")
    expected: dict[str, int] | None = Field(description="To be sent back with the next action.")


class OrderOut(Shape):
    """整改通知: ``place`` among the papers of its report; ``content`` is what its files are set from."""

    place: int
    number: str
    title: str
    dated_on: date
    content: dict[str, Any]
    content_digest: str
    docx: str = Field(description="Digest of the Word document; empty until it is made.")
    pdf: str = Field(description="Digest of the PDF; empty until it is made.")
    scan: str = Field(description="Digest of the sealed paper; empty until it is brought.")
    void: bool
    void_reason: str


class OrderList(Shape):
    """The orders of a report, oldest first."""

    items: list[OrderOut]


class BroughtOut(Shape):
    """附件 that was brought: its digest, to be named in an action."""

    digest: str
