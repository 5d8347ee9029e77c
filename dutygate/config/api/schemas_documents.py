"""Shapes of the answers about papers; see ``schemas``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dutygate.config.api.schemas import Shape, UnitOut


class DocumentLine(Shape):
    """公文 with its number, from whom and to whom. ``docx``, ``pdf``, ``scan``: the SM3 digests of its files, "" while there is none."""

    id: str
    kind: str
    kind_label: str
    provision: str
    number: str
    title: str
    unit: UnitOut | None
    to: list[UnitOut | None]
    cc: list[UnitOut | None]
    cases: list[str]
    dated_on: date
    issued_at: datetime
    void: bool
    void_reason: str
    docx: str
    pdf: str
    scan: str


class DocumentPage(Shape):
    """A page of papers, newest first; ``next`` is the cursor of the following page, null on the last."""

    items: list[DocumentLine]
    next: str | None


class DocumentOut(DocumentLine):
    """One paper whole: ``content`` is what its files are set from; ``template`` 0 = the one that comes with the system."""

    content: dict[str, Any]
    content_digest: str
    template: int
    template_digest: str
    entry: str
