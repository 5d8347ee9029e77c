"""制发整改通知、附盖章件、文号作废、成文（第八条）: papers of a report, on the confidential chain like everything about it.

A number is drawn together with its paper, under the lock of that chain; the files are made afterwards, outside the door (decision 36).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.base.documents.official.paper import Content
from dutygate.base.organizations.queries import public_names_of
from dutygate.features.papers.actions.issue import drawn_from, head_of
from dutygate.features.papers.actions.made import MadeGiven
from dutygate.features.papers.models import OrderPaper, OrderSeries
from dutygate.features.papers.orders import names_in, order_code, order_kind
from dutygate.features.papers.queries import public_letterhead, public_order, public_standing_order, public_template
from dutygate.features.supervision.actions.report_action import Files, ReportAction, ReportSubject
from dutygate.law.regulation.canonical import digest
from dutygate.law.rules import Finding


class OrderGiven(Given):
    """``content``: what the paper says, as it was drawn up. ``template``: the version that it follows."""

    template: int = Field(ge=0)
    content: Content


@register_action
class IssueOrder(ReportAction):
    """制发整改通知 to the body that was ordered to correct. Result: {number, content_digest}; no id leaves the door."""

    name = "supervision.issue_order"
    Payload: ClassVar[type[BaseModel]] = OrderGiven

    def look_up(self, subject: ReportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """code: of its number, "" without a letterhead; the version in force; the paper that stands; names of the reporter in its words."""
        if subject.side != "examiner":
            return {"code": "", "template_now": 0, "standing": "", "names_reporter": ()}
        standing = public_standing_order(subject.report.id)
        return {
            "code": order_code(public_letterhead(door.acting.unit_id), subject.directory, _addressee(subject), payload.content.dated_on),
            "template_now": public_template(subject.jurisdiction_id, order_kind()).ordinal,
            "standing": standing.number if standing else "",
            "names_reporter": names_in(payload.content, _names_of_reporter(subject, door)),
        }

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """The next number for this addressee, and the paper that has it."""
        unit, body = context.acting.unit_id, _addressee(subject)
        letterhead = public_letterhead(unit)
        assert unit is not None and letterhead is not None
        kind, content = order_kind(), payload.content.model_dump(mode="json")
        template = public_template(subject.jurisdiction_id, kind)
        code = order_code(letterhead, subject.directory, body, payload.content.dated_on)
        series = drawn_from(OrderSeries, code, payload.content.dated_on.year, context)
        number = f"{series.code}〔{series.year}〕{series.last}号"
        head = head_of(letterhead, kind, "", subject.directory.jurisdiction.name)
        mark = digest({"number": number, "head": head, "content": content})
        OrderPaper.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            report=subject.report,
            unit_id=unit,
            body_id=body,
            series=series,
            ordinal=series.last,
            number=number,
            title=payload.content.title,
            dated_on=payload.content.dated_on,
            template=template.ordinal,
            template_digest=template.digest,
            content=content,
            head=head,
            content_digest=mark,
            entry=context.entry_id,
        )
        context.result.update({"number": number, "content_digest": mark})


class _OfStandingOrder(ReportAction):
    """An act on the paper of a report that is not void."""

    def look_up(self, subject: ReportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """void, number. Raises NotFound where none stands."""
        if subject.side != "examiner":
            return {"void": False, "number": ""}
        standing = public_standing_order(subject.report.id)
        if standing is None:
            raise NotFound([Finding("not_found", "8", {"subject": self.name})])
        return {"void": standing.void, "number": standing.number}


@register_action
class AttachOrderScan(_OfStandingOrder):
    """整改通知附盖章件: the sealed paper as it went out, for who examines the report and the body ordered."""

    name = "supervision.attach_order_scan"

    class Payload(Given):
        """``files``: the scan alone, by its digest from POST /reports/files."""

        files: Files = Field(min_length=1, max_length=1)

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """A later scan takes the place of the earlier one; the register holds both."""
        paper = public_standing_order(subject.report.id)
        assert paper is not None
        paper.scan = payload.files[0]
        paper.save()
        context.result.update({"number": paper.number})


@register_action
class VoidOrder(_OfStandingOrder):
    """整改通知文号作废: the number of the paper that stands; it is not drawn again, and another paper may be issued."""

    name = "supervision.void_order"

    class Payload(Given):
        """Why."""

        reason: str = Field("", max_length=300)

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """Marked, with the reason."""
        paper = public_standing_order(subject.report.id)
        assert paper is not None
        paper.void, paper.void_reason = True, payload.reason
        paper.save()
        context.result.update({"number": paper.number})


@register_action
class OrderMade(ReportAction):
    """整改通知成文: the system enters the digests of the files that it set. Subject: the jurisdiction's code."""

    name = "supervision.order_made"
    internal = True
    begins = True
    tells_the_body = False
    Payload: ClassVar[type[BaseModel]] = MadeGiven

    def load(self, ref: str, payload: Any, door: Door) -> ReportSubject:
        """Raises Malformed for a paper that is not there, or that has these files already."""
        subject = super().load(ref, payload, door)
        paper = public_order(int(payload.paper))
        if paper is None or paper.jurisdiction_id != subject.jurisdiction_id:
            raise Malformed([("paper", f"no such item: {payload.paper}")])
        if not any(given and not getattr(paper, name) for name, given in (("docx", payload.docx), ("pdf", payload.pdf))):
            raise Malformed([("paper", "nothing to change")])
        return subject

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """What was missing."""
        paper = public_order(int(payload.paper))
        assert paper is not None
        paper.docx = paper.docx or payload.docx
        if payload.pdf and not paper.pdf:
            paper.pdf, paper.typefaces = payload.pdf, payload.typefaces
        paper.save()


def _addressee(subject: ReportSubject) -> int:
    """The body ordered to correct, or the unit that stands in its place now."""
    return subject.directory.stands_for(subject.report.body_id)


def _names_of_reporter(subject: ReportSubject, door: Door) -> list[str]:
    """Of the person, of her unit on the day of the report and now."""
    report, directory = subject.report, subject.directory
    units = {report.reporter_unit_id, directory.stands_for(report.reporter_unit_id)}
    named = [name for unit in units for name in (directory.name_on(unit, door.today), directory.short_name_on(unit, door.today))]
    then = [
        directory.name_on(report.reporter_unit_id, report.reported_on),
        directory.short_name_on(report.reporter_unit_id, report.reported_on),
    ]
    return [*public_names_of([report.reporter]).values(), *named, *then]
