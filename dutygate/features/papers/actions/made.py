"""文书成文: the system enters the digests of the two files that it set from what was issued."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.papers.actions.office import PaperAction, PapersSubject
from dutygate.features.papers.models import Paper

Id = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,19}$")]
MaybeDigest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


class MadeGiven(Given):
    """``docx`` and ``pdf`` by digest; ``pdf`` is "" where no Chinese typeface was here. ``typefaces``: which stand for which in the PDF."""

    paper: Id
    docx: MaybeDigest = ""
    pdf: MaybeDigest = ""
    typefaces: str = Field("", max_length=300)


@register_action
class Made(PaperAction):
    """文书成文. Subject: the jurisdiction's code. A file that was entered once is never replaced."""

    name = "document.made"
    internal = True
    Payload: ClassVar[type[BaseModel]] = MadeGiven

    def load(self, ref: str, payload: Any, door: Door) -> PapersSubject:
        """Raises Malformed for a paper that is not there, or that has these files already."""
        subject: PapersSubject = super().load(ref, payload, door)
        paper = Paper.objects.filter(pk=int(payload.paper), jurisdiction=subject.jurisdiction_id).first()
        if paper is None:
            raise Malformed([("paper", f"no such item: {payload.paper}")])
        if not any(given and not getattr(paper, name) for name, given in (("docx", payload.docx), ("pdf", payload.pdf))):
            raise Malformed([("paper", "nothing to change")])
        subject.read["paper"] = paper
        return subject

    def apply(self, subject: PapersSubject, payload: Any, context: Context) -> None:
        """What was missing."""
        paper: Paper = subject.read["paper"]
        paper.docx = paper.docx or payload.docx
        if payload.pdf and not paper.pdf:
            paper.pdf, paper.typefaces = payload.pdf, payload.typefaces
        paper.save()
        context.result.update({"paper": payload.paper, "docx": paper.docx, "pdf": paper.pdf})
