"""发文（第四条）: papers get their numbers and are entered, with all that they say. Their files are made afterwards, outside the door.

Numbers are drawn here, under the lock of the chain, together with the papers that have them: two papers never have the same one, and a
number that was drawn always has its paper, whatever breaks down afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self, TypeVar

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.official.paper import Content
from dutygate.features.cases.facts import relations_of, subject_of
from dutygate.features.cases.queries import case_visible
from dutygate.features.conference.queries import meeting_visible
from dutygate.features.papers.actions.office import PaperAction, PapersSubject, kind_named
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.models import Letterhead, NumberSeries, OrderSeries, Paper, PaperCase, PaperUnit
from dutygate.features.papers.queries import public_letterhead, public_template
from dutygate.law.regulation.canonical import digest

AT_ONCE: Final = 200


class PaperToIssue(Given):
    """One paper: what it says, and the units (keys) to which it goes."""

    content: Content
    to: tuple[str, ...] = Field((), max_length=200)
    cc: tuple[str, ...] = Field((), max_length=200)


class IssueGiven(Given):
    """Papers of one kind about the same cases (numbers), each with a number of its own. ``template``: the version they follow.

    ``meeting``: of minutes, the number of the meeting, which is finished.
    """

    kind: str = Field(min_length=1, max_length=30)
    cases: tuple[str, ...] = Field((), max_length=200)
    meeting: str = Field("", max_length=40)
    template: int = Field(ge=0)
    signatory: str = Field("", max_length=30)
    papers: tuple[PaperToIssue, ...] = Field(min_length=1, max_length=AT_ONCE)

    @model_validator(mode="after")
    def each_case_once(self) -> Self:
        """No case twice."""
        if len(set(self.cases)) != len(self.cases):
            raise ValueError("a case is named twice")
        return self


@register_action
class Issue(PaperAction):
    """发文. Subject: the jurisdiction's code. Result: {papers: [{paper, number}]}."""

    name = "document.issue"
    Payload: ClassVar[type[BaseModel]] = IssueGiven

    def load(self, ref: str, payload: Any, door: Door) -> PapersSubject:
        """The cases, each one that the acting post may see. Raises NotFound, Malformed when there are too few or too many of them."""
        subject: PapersSubject = super().load(ref, payload, door)
        kind = kind_named(payload.kind)
        if kind.about == "report":  # supervision.issue_order, on the confidential chain
            raise Malformed([("kind", "not for this action: " + payload.kind)])
        if bool(payload.cases) != kind.of_case or (len(payload.cases) > 1 and not kind.many):
            raise Malformed([("cases", "not for this action: " + payload.kind)])
        if bool(payload.meeting) != (kind.about == "meeting"):
            raise Malformed([("meeting", "not for this action: " + payload.kind)])
        if payload.meeting and meeting_visible(door.acting, payload.meeting, subject.directory).status != "closed":
            raise Malformed([("meeting", "its minutes are not finished: " + payload.meeting)])
        cases = [case_visible(door.acting, number, subject.directory) for number in payload.cases]
        if any(case.jurisdiction_id != door.jurisdiction_id for case in cases):
            raise NotFound()
        subject.read |= {"kind": kind, "cases": cases, "letterhead": public_letterhead(door.acting.unit_id)}
        return subject

    def basis(self, subject: PapersSubject) -> Mapping[str, int]:
        """The case as it was when the paper was drawn up; of several cases together nothing, they are chosen on the page itself."""
        kind, cases = subject.read["kind"], subject.read["cases"]
        return {"case": cases[0].version} if len(cases) == 1 and not kind.many else {}

    def held(self, subject: PapersSubject, payload: Any, door: Door) -> frozenset[str]:
        """The role that issues this kind, if the unit has it towards every case (without a case: by its seat)."""
        kind: Kind = subject.read["kind"]
        if not kind.of_case:
            return frozenset({kind.by}) & (super().held(subject, payload, door) | self._by_itself(door))
        for case in subject.read["cases"]:
            if not relations_of(subject_of(case, door), door.acting, frozenset({kind.by})):
                return frozenset()
        return frozenset({kind.by})

    def _by_itself(self, door: Door) -> frozenset[str]:
        """township: the kind of unit is a role, in its own jurisdiction (Article 7: it answers what nobody applied for)."""
        own = door.acting.jurisdiction_id == door.jurisdiction_id
        return frozenset({"township"} if own and door.acting.unit_kind == "township" else ())

    def resolved(self, subject: PapersSubject, payload: Any, door: Door) -> dict[str, Any]:
        """code: of the numbers, "" without a letterhead; the version in force; whether it goes upward, and to how many at most."""
        kind, letterhead = subject.read["kind"], subject.read["letterhead"]
        return {
            "code": _code(letterhead, kind),
            "template_now": public_template(subject.jurisdiction_id, kind).ordinal,
            "upward": kind.upward,
            "most_recipients": max(len(paper.to) for paper in payload.papers),
        }

    def apply(self, subject: PapersSubject, payload: Any, context: Context) -> None:
        """A number for each, in the order given."""
        kind, letterhead = subject.read["kind"], subject.read["letterhead"]
        template = public_template(subject.jurisdiction_id, kind)
        made = []
        for given in payload.papers:
            series = drawn_from(NumberSeries, _code(letterhead, kind), given.content.dated_on.year, context)
            head = head_of(letterhead, kind, payload.signatory, subject.directory.jurisdiction.name)
            content = given.content.model_dump(mode="json")
            number = f"{series.code}〔{series.year}〕{series.last}号"
            paper = Paper.objects.create(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                kind=kind.name,
                unit_id=letterhead.unit_id,
                series=series,
                ordinal=series.last,
                number=number,
                title=given.content.title,
                dated_on=given.content.dated_on,
                template=template.ordinal,
                template_digest=template.digest,
                content=content,
                head=head,
                content_digest=digest({"number": number, "head": head, "content": content}),
                entry=context.entry_id,
                issued_at=context.recorded_at,
                meeting=payload.meeting,
            )
            self._belongs(subject, paper, given, context)
            made.append({"paper": str(paper.id), "number": number, "content_digest": paper.content_digest})
        context.result.update({"papers": made})

    def _belongs(self, subject: PapersSubject, paper: Paper, given: PaperToIssue, context: Context) -> None:
        """To its cases, and to the units that may read it; these are told."""
        own = {"jurisdiction_id": context.jurisdiction_id, "paper": paper}
        for case in subject.read["cases"]:
            PaperCase.objects.create(id=context.new_id(), case=case, **own)
        known = {key: self._unit(subject, key) for key in (*given.to, *given.cc)}
        roles = [(paper.unit_id, "issuer"), *((known[key], "to") for key in given.to), *((known[key], "cc") for key in given.cc)]
        for unit, role in dict.fromkeys(roles):
            PaperUnit.objects.create(id=context.new_id(), unit_id=unit, role=role, **own)
        context.tell(
            "paper_issued", [unit for unit, role in roles if role != "issuer"], paper=str(paper.id), number=paper.number, title=paper.title
        )

    def _unit(self, subject: PapersSubject, key: str) -> int:
        return subject.unit(key, "to")


def _code(letterhead: Letterhead | None, kind: Kind) -> str:
    if letterhead is None:
        return ""
    return kind.code or (letterhead.code_letter if kind.form == "letter" else letterhead.code_document)


def mark_of(letterhead: Letterhead, kind: Kind, place: str) -> str:
    """What stands in red at its head: the unit's own words, or those of a kind that has its own, behind the name of the place."""
    if kind.mark:
        return f"{place}{kind.mark}"
    return letterhead.mark_letter if kind.form == "letter" else letterhead.mark_document


Series = TypeVar("Series", NumberSeries, OrderSeries)


def drawn_from(series: type[Series], code: str, year: int, context: Context) -> Series:
    """The acting unit's series of that code and year with its next number taken; the chain's head is locked meanwhile."""
    unit = context.acting.unit_id
    assert unit is not None
    found = series._default_manager.filter(unit=unit, code=code, year=year).first()
    if found is None:
        found = series(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, unit_id=unit, code=code, year=year, last=0)
    found.last += 1
    found.save()
    return found


def head_of(letterhead: Letterhead, kind: Kind, signatory: str, place: str) -> dict[str, Any]:
    """What the letterhead says now; it may change later, and this paper does not."""
    return {
        "form": kind.form,
        "mark": mark_of(letterhead, kind, place),
        "colour": letterhead.colour,
        "mongolian": letterhead.mongolian,
        "mongolian_image": letterhead.mongolian_image,
        "printed_by": letterhead.printed_by,
        "signatory": signatory if kind.upward else "",
    }
