"""导入方案: how a file is to be read, as a person or program gives it; it is kept in the entry beside the file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from dutygate.base.catalogue.action import Given
from dutygate.features.lists.importing.columns import FIELDS

Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Level = Literal["central", "region", "city", "banner"]
"""Who decided the list: 中央、自治区、市、旗."""
Purpose = Literal["baseline", "powers", "earlier_edition"]
"""三张清单; 权责清单; matters admitted under the repealed 阿党办发〔2023〕18号."""


class ImportPlan(Given):
    """``columns``: field -> column from 0. ``heading``: number of the row that names the columns, 0 where there is none.

    ``townships`` are keys, for the whole file; empty: a column says which. ``section`` likewise. ``whole``: the file is all of
    these sections of these townships, so that what stands there and not in the file ends on ``valid_from``.
    """

    purpose: Purpose
    sheet: str = Field("", max_length=100)
    heading: int = Field(ge=0, le=200_000)
    columns: dict[str, Annotated[int, Field(ge=0, lt=200)]]
    section: Literal["", "basic", "cooperative", "taken_back"] = ""
    townships: tuple[Key, ...] = Field((), max_length=500)
    level: Level = "banner"
    document_number: str = Field("", max_length=80)
    valid_from: date
    whole: bool = False

    @model_validator(mode="after")
    def can_be_read(self) -> Self:
        """There is a title, a way to tell the township and, of the national lists, the section. No column is two things."""
        if unknown := self.columns.keys() - FIELDS.keys():
            raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
        if "title" not in self.columns:
            raise ValueError("no column for the title")
        if len(set(self.columns.values())) != len(self.columns):
            raise ValueError("one column is given twice")
        if not self.townships and "township" not in self.columns:
            raise ValueError("neither townships nor a column that names them")
        if self.purpose == "baseline" and not self.section and "section" not in self.columns:
            raise ValueError("neither a section nor a column that names it")
        if self.purpose != "baseline" and self.section:
            raise ValueError("only the national lists have these sections")
        if self.purpose == "earlier_edition" and not self.document_number and "document_number" not in self.columns:
            raise ValueError("neither a document number nor a column for it")
        return self

    @property
    def list_name(self) -> str:
        """The list that is written."""
        return "powers" if self.purpose == "powers" else "duties"

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        found: dict[str, Any] = self.model_dump(mode="json")
        return found
