"""附盖章件、文号作废（第四条）: by the unit that issued the paper."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.references import require_files
from dutygate.features.papers.actions.made import Id
from dutygate.features.papers.actions.office import PaperAction, PapersSubject
from dutygate.features.papers.models import Paper, PaperUnit
from dutygate.features.papers.queries import paper_visible

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ScanGiven(Given):
    """``scan``: the sealed paper, stored before, by digest."""

    paper: Id
    scan: Digest


class VoidGiven(Given):
    """Why the number is not used."""

    paper: Id
    reason: str = Field("", max_length=300)


class _OfPaper(PaperAction):
    """An act on one paper by whoever issued it. Subject: the jurisdiction's code."""

    def load(self, ref: str, payload: Any, door: Door) -> PapersSubject:
        """The paper, if the acting post may see it. Raises NotFound."""
        subject: PapersSubject = super().load(ref, payload, door)
        subject.read["paper"] = paper_visible(door.acting, int(payload.paper))
        return subject

    def held(self, subject: PapersSubject, payload: Any, door: Door) -> frozenset[str]:
        """entered_it: the unit that issued it."""
        return frozenset({"entered_it"} if subject.read["paper"].unit_id == door.acting.unit_id else ())

    def resolved(self, subject: PapersSubject, payload: Any, door: Door) -> dict[str, Any]:
        """void, number."""
        paper: Paper = subject.read["paper"]
        return {"void": paper.void, "number": paper.number}


@register_action
class AttachScan(_OfPaper):
    """附盖章件."""

    name = "document.attach_scan"
    Payload: ClassVar[type[BaseModel]] = ScanGiven

    def resolved(self, subject: PapersSubject, payload: Any, door: Door) -> dict[str, Any]:
        """The file must be one that the person may read."""
        require_files(door.acting, [payload.scan])
        return super().resolved(subject, payload, door)

    def apply(self, subject: PapersSubject, payload: Any, context: Context) -> None:
        """A later scan takes the place of the earlier one; the register holds both."""
        paper: Paper = subject.read["paper"]
        paper.scan = payload.scan
        paper.save()
        context.result.update({"paper": payload.paper, "number": paper.number})


@register_action
class Void(_OfPaper):
    """文号作废. The number stays with its paper; nobody gets it again."""

    name = "document.void"
    Payload: ClassVar[type[BaseModel]] = VoidGiven

    def apply(self, subject: PapersSubject, payload: Any, context: Context) -> None:
        """Marked, with the reason; whoever got it is told."""
        paper: Paper = subject.read["paper"]
        paper.void, paper.void_reason = True, payload.reason
        paper.save()
        told = PaperUnit.objects.filter(paper=paper).exclude(role="issuer").values_list("unit_id", flat=True)
        context.tell("paper_void", told, paper=payload.paper, number=paper.number, reason=payload.reason)
        context.result.update({"paper": payload.paper, "number": paper.number})
