"""设置版头（第四条）: what stands in red on a unit's papers, and the codes of its numbers; kept by the lead."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.content import JPEG, PNG, media_type_of
from dutygate.base.documents.references import FileDigest, require_files
from dutygate.base.documents.storage import kept_bytes
from dutygate.features.papers.actions.office import PaperAction, PapersSubject
from dutygate.features.papers.models import Letterhead, NumberSeries

Colour = Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{6}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[^〔〕\s]{2,20}$")]
_FIELDS: Final = ("mark_document", "mark_letter", "code_document", "code_letter", "colour", "mongolian", "mongolian_image", "printed_by")


class LetterheadGiven(Given):
    """``unit`` by key. ``begins_at``: the first number that the series of ``begins_year`` give out, with where earlier ones were used."""

    unit: str = Field(min_length=1, max_length=60)
    mark_document: str = Field(min_length=2, max_length=60)
    mark_letter: str = Field(min_length=2, max_length=60)
    code_document: Code
    code_letter: Code
    colour: Colour = "C8102E"
    mongolian: str = Field("", max_length=200)
    mongolian_image: FileDigest = ""
    printed_by: str = Field(min_length=2, max_length=60)
    begins_year: int = Field(0, ge=0, le=9999)
    begins_at: int = Field(1, ge=1, le=99_999)
    begins_reason: str = Field("", max_length=200)


@register_action
class SetLetterhead(PaperAction):
    """设置版头. Subject: the jurisdiction's code. Result: {unit, version}."""

    name = "document.set_letterhead"
    Payload: ClassVar[type[BaseModel]] = LetterheadGiven

    def load(self, ref: str, payload: Any, door: Door) -> PapersSubject:
        """The unit must exist."""
        subject: PapersSubject = super().load(ref, payload, door)
        subject.read["unit"] = subject.unit(payload.unit, "unit")
        return subject

    def resolved(self, subject: PapersSubject, payload: Any, door: Door) -> dict[str, Any]:
        """drawn: the highest number that a series of that year has given out already. Raises Malformed for what is no picture."""
        require_files(door.acting, [payload.mongolian_image], "mongolian_image")
        if payload.mongolian_image and media_type_of(kept_bytes(payload.mongolian_image) or b"") not in (PNG, JPEG):
            raise Malformed([("mongolian_image", "no such file: " + payload.mongolian_image)])
        year = payload.begins_year or door.today.year
        codes = (payload.code_document, payload.code_letter)
        rows = NumberSeries.objects.filter(unit=subject.read["unit"], code__in=codes, year=year)
        return {"drawn": max((row.last for row in rows if row.last >= row.begins_at), default=0)}

    def apply(self, subject: PapersSubject, payload: Any, context: Context) -> None:
        """In place; the register holds how it was before. Where numbers begin late, the series are opened with the reason."""
        unit = subject.read["unit"]
        given = {name: getattr(payload, name) for name in _FIELDS}
        row = Letterhead.objects.filter(unit=unit).first()
        if row is None:
            row = Letterhead(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, unit_id=unit, version=0)
        for name, value in given.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        if payload.begins_at > 1:
            self._begin(unit, payload, context)
        context.result.update({"unit": payload.unit, "version": row.version})
        context.tell("letterhead_set", [unit], code=payload.code_document)

    def _begin(self, unit: int, payload: Any, context: Context) -> None:
        year = payload.begins_year or context.door.today.year
        given = {"begins_at": payload.begins_at, "last": payload.begins_at - 1, "begins_reason": payload.begins_reason}
        for code in dict.fromkeys((payload.code_document, payload.code_letter)):
            row = NumberSeries.objects.filter(unit=unit, code=code, year=year).first()
            row = row or NumberSeries(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, unit_id=unit, code=code, year=year)
            for name, value in given.items():
                setattr(row, name, value)
            row.save()
