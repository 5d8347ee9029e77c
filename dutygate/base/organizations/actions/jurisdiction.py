"""建立辖区."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.models import Jurisdiction
from dutygate.base.organizations.terms import JurisdictionKind
from dutygate.base.register.chains import open_chain
from dutygate.law.rules import Finding


@dataclass(frozen=True, slots=True)
class NewJurisdiction:
    """辖区 that is to be: its code and its parent's id."""

    code: str
    parent_id: int | None


@register_action
class CreateJurisdiction(OfficeAction[NewJurisdiction]):
    """建立辖区（第三条）. Subject: "" or the code again. Its chain is opened with it."""

    name = "jurisdiction.create"
    common = True
    bumps_reference = True

    class Payload(Given):
        """``code``: division code of GB/T 2260, two digits a level. ``parent``: the code of the one above."""

        code: str = Field(pattern=r"^\d{2}(\d{2}){0,2}$")
        name: str = Field(min_length=1, max_length=100)
        kind: JurisdictionKind
        parent: str | None = None

    def load(self, ref: str, payload: Any, door: Door) -> NewJurisdiction:
        """Raises Malformed for a parent that nobody knows."""
        if ref not in ("", payload.code):
            raise Malformed([("subject", "leave it empty, or repeat the code")])
        parent = Jurisdiction.objects.filter(code=payload.parent).values_list("id", flat=True).first() if payload.parent else None
        if payload.parent and parent is None:
            raise Malformed([("parent", "no jurisdiction has this code")])
        return NewJurisdiction(payload.code, parent)

    def apply(self, subject: NewJurisdiction, payload: Any, context: Context) -> None:
        """One row. Raises Conflict when the code is taken."""
        if Jurisdiction.objects.filter(code=payload.code).exists():
            raise Conflict([Finding("name_taken", "3", {})])
        row = Jurisdiction.objects.create(
            id=context.new_id(), code=payload.code, name=payload.name, kind=payload.kind, parent_id=subject.parent_id
        )
        open_chain(row.code, row.id)
        context.result |= {"id": str(row.id), "code": row.code}

    def subject_key(self, subject: NewJurisdiction) -> str:
        """The code."""
        return subject.code
