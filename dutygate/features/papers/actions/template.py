"""启用模板（第四条）: a kind's words as the lead changed them in Word; each upload is a version of its own."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.content import SUFFIX, media_type_of
from dutygate.base.documents.official.template import Line, flaws, read_template
from dutygate.base.documents.references import require_files
from dutygate.base.documents.storage import kept_bytes
from dutygate.features.papers.actions.office import PaperAction, PapersSubject, kind_named
from dutygate.features.papers.models import PaperTemplate

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class TemplateGiven(Given):
    """``kind`` of paper, ``file``: a Word document that was stored before, by digest; "" goes back to the shipped one."""

    kind: str = Field(min_length=1, max_length=30)
    file: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    note: str = Field("", max_length=200)


@register_action
class AdoptTemplate(PaperAction):
    """启用模板. Subject: the jurisdiction's code. Result: {kind, template}."""

    name = "document.adopt_template"
    Payload: ClassVar[type[BaseModel]] = TemplateGiven

    def load(self, ref: str, payload: Any, door: Door) -> PapersSubject:
        """The file's lines; those of the system's own where no file is named. Raises Malformed for what is no Word document."""
        subject: PapersSubject = super().load(ref, payload, door)
        kind = kind_named(payload.kind)
        subject.read["kind"] = kind
        subject.read["lines"] = kind.lines if not payload.file else self._lines(payload.file, door)
        return subject

    def _lines(self, digest: str, door: Door) -> tuple[Line, ...]:
        require_files(door.acting, [digest], "file")
        data = kept_bytes(digest)
        if data is None or SUFFIX.get(media_type_of(data)) != ".docx":
            raise Malformed([("file", f"no such file: {digest}")])
        return read_template(data)

    def resolved(self, subject: PapersSubject, payload: Any, door: Door) -> dict[str, Any]:
        """unknown, broken, missing: what keeps it from being used."""
        found = flaws(subject.read["lines"], subject.read["kind"].known)
        return {"unknown": list(found.unknown), "broken": list(found.broken), "missing": list(found.missing)}

    def apply(self, subject: PapersSubject, payload: Any, context: Context) -> None:
        """The next version."""
        rows = PaperTemplate.objects.filter(jurisdiction=context.jurisdiction_id, kind=payload.kind)
        last = rows.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
        PaperTemplate.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            kind=payload.kind,
            ordinal=last + 1,
            file=payload.file,
            lines=[line.model_dump() for line in subject.read["lines"]],
            note=payload.note,
            adopted_at=context.recorded_at,
        )
        context.result.update({"kind": payload.kind, "template": last + 1})
