"""读: papers by the one rule of who may read them: who issued them, to whom they went, the lead of the jurisdiction, the city of its
banners. What you may not see does not exist, in lists and behind every download.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.documents.official.template import Line
from dutygate.features.cases.queries import CONTENT_POSTS, seats_now
from dutygate.features.cases.sections import directory_now
from dutygate.features.papers.kinds import Kind, kinds
from dutygate.features.papers.models import Letterhead, NumberSeries, OrderPaper, Paper, PaperCase, PaperTemplate, PaperUnit
from dutygate.features.supervision.queries import Here, report_row, reports_visible
from dutygate.features.supervision.standing import side_of
from dutygate.law.regulation.canonical import digest
from dutygate.law.rules import Finding

SHIPPED: Final = 0
FILES: Final = {"docx": "docx", "pdf": "pdf", "scan": "scan"}


def papers_visible(viewer: ActingPost) -> QuerySet[Paper]:
    """The papers that a post may read, newest first."""
    if viewer.kind == "system":
        return Paper.objects.order_by("-id")
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return Paper.objects.none()
    scope = Q(Exists(PaperUnit.objects.filter(paper=OuterRef("pk"), unit=viewer.unit_id))) | Q(jurisdiction__parent=viewer.jurisdiction_id)
    if keeps_papers(viewer):
        scope |= Q(jurisdiction=viewer.jurisdiction_id)
    return Paper.objects.filter(scope).order_by("-id")


def keeps_papers(viewer: ActingPost) -> bool:
    """Whether the viewer's unit is the lead, who keeps letterheads, templates and numbers."""
    return viewer.kind in CONTENT_POSTS and viewer.unit_id is not None and "lead" in seats_now(viewer, directory_now(viewer))


def paper_visible(viewer: ActingPost, number: int) -> Paper:
    """One paper by its id, or NotFound."""
    found = papers_visible(viewer).filter(pk=number).first() if number < 1 << 63 else None
    if found is None:
        raise NotFound([Finding("not_found", "4.4", {"subject": str(number)})])
    return found


def papers_of_case(viewer: ActingPost, case_id: int) -> list[Paper]:
    """The papers about a case that the viewer may read, oldest first."""
    return list(papers_visible(viewer).filter(Exists(PaperCase.objects.filter(paper=OuterRef("pk"), case=case_id))).order_by("id"))


def page_of_papers(viewer: ActingPost, limit: int, before: int | None = None, *, case: str = "", kind: str = "") -> list[Paper]:
    """The papers that the viewer may read, newest first; ``before`` is the id of the last one seen, ``case`` a case's number."""
    rows = papers_visible(viewer)
    if case:
        rows = rows.filter(Exists(PaperCase.objects.filter(paper=OuterRef("pk"), case__number=case)))
    if kind:
        rows = rows.filter(kind=kind)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows[:limit])


def papers_of_entry(viewer: ActingPost, entry: int) -> list[Paper]:
    """The papers that one entry issued together, within what the viewer may read."""
    return list(papers_visible(viewer).filter(entry=entry).order_by("id"))


def units_of_papers(viewer: ActingPost, papers: Collection[Paper]) -> dict[int, list[tuple[int, str]]]:
    """Paper id -> (unit id, role): one query."""
    found: dict[int, list[tuple[int, str]]] = {paper.id: [] for paper in papers}
    for paper, unit, role in PaperUnit.objects.filter(paper__in=list(found)).order_by("id").values_list("paper_id", "unit_id", "role"):
        found[paper].append((unit, role))
    return found


def cases_of_papers(viewer: ActingPost, papers: Collection[Paper]) -> dict[int, list[str]]:
    """Paper id -> the numbers of the cases it is about, as it names them itself: one query."""
    found: dict[int, list[str]] = {paper.id: [] for paper in papers}
    for paper, number in PaperCase.objects.filter(paper__in=list(found)).order_by("id").values_list("paper_id", "case__number"):
        found[paper].append(number)
    return found


def letterheads_of(viewer: ActingPost) -> list[Letterhead]:
    """Every letterhead of the viewer's jurisdiction for the lead; her own unit's for everybody else of the offices."""
    if viewer.kind not in CONTENT_POSTS:
        return []
    rows = Letterhead.objects.filter(jurisdiction=viewer.jurisdiction_id).order_by("unit__key")
    return list(rows if keeps_papers(viewer) else rows.filter(unit=viewer.unit_id))


def public_letterhead(unit_id: int | None) -> Letterhead | None:
    """版头 of a unit; it is printed on every paper that the unit sends out."""
    return Letterhead.objects.filter(unit=unit_id).first()


@dataclass(frozen=True, slots=True)
class InForce:
    """The template of a kind in force: ``ordinal`` 0 = the one that comes with the system; ``digest`` covers its lines."""

    ordinal: int
    lines: tuple[Line, ...]
    digest: str


def public_template(jurisdiction_id: int, kind: Kind) -> InForce:
    """The template from which papers of this kind are drawn up now."""
    row = PaperTemplate.objects.filter(jurisdiction=jurisdiction_id, kind=kind.name).order_by("-ordinal").first()
    lines = kind.lines if row is None else tuple(Line.model_validate(line) for line in row.lines)
    return InForce(SHIPPED if row is None else row.ordinal, lines, digest([line.model_dump() for line in lines]))


def templates_of(viewer: ActingPost) -> dict[str, list[PaperTemplate]]:
    """Kind -> its own versions, newest first, of the viewer's jurisdiction."""
    found: dict[str, list[PaperTemplate]] = {name: [] for name in kinds()}
    if viewer.kind in CONTENT_POSTS:
        for row in PaperTemplate.objects.filter(jurisdiction=viewer.jurisdiction_id).order_by("-ordinal"):
            found.setdefault(row.kind, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One number of a series: the paper that has it, or why there is none."""

    ordinal: int
    paper: Paper | None
    explained: str
    printed: str = ""
    """As it stands on paper; the numbers before the first one together."""


def series_of(viewer: ActingPost) -> list[NumberSeries]:
    """The series of numbers: all of the jurisdiction for the lead, those of the own unit for everybody else."""
    if viewer.kind not in CONTENT_POSTS:
        return []
    rows = NumberSeries.objects.filter(jurisdiction=viewer.jurisdiction_id).order_by("-year", "code")
    return list(rows if keeps_papers(viewer) else rows.filter(unit=viewer.unit_id))


def numbers_of(viewer: ActingPost, series: NumberSeries) -> list[NumberLine]:
    """Every number from the first to the last, each with its paper; what has none and no reason would be a gap."""
    if series not in series_of(viewer):
        return []
    held = {paper.ordinal: paper for paper in Paper.objects.filter(series=series)}
    lines = [NumberLine(n, held.get(n), held[n].void_reason if n in held else "") for n in range(series.begins_at, series.last + 1)]
    earlier = [NumberLine(series.begins_at - 1, None, series.begins_reason)] if series.begins_at > 1 else []
    head = f"{series.code}〔{series.year}〕"
    numbered = [replace(line, printed=f"{head}{line.ordinal}号") for line in lines]
    return [replace(line, printed=f"{head}{'1—' if line.ordinal > 1 else ''}{line.ordinal}号") for line in earlier] + numbered


def public_gaps(jurisdiction_id: int) -> list[str]:
    """Numbers that were drawn and belong to no paper: there are none, or something went around the one door."""
    found = []
    for series in NumberSeries.objects.filter(jurisdiction=jurisdiction_id):
        held = set(Paper.objects.filter(series=series).values_list("ordinal", flat=True))
        found += [f"{series.code}〔{series.year}〕{n}号" for n in range(series.begins_at, series.last + 1) if n not in held]
    return found


def public_waiting(limit: int, without: Iterable[int] = ()) -> list[int]:
    """The ids of papers whose files are not made yet, the oldest first: for the job that makes them."""
    rows = Paper.objects.filter(docx="", void=False).exclude(pk__in=list(without))
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def public_issued_as(digests: Iterable[str]) -> list[tuple[Paper, str]]:
    """(paper, which of its files) for a file with one of these digests: whoever holds a paper may ask whether it was issued here."""
    wanted = [one for one in digests if one]
    rows = Paper.objects.filter(Q(docx__in=wanted) | Q(pdf__in=wanted) | Q(scan__in=wanted)).order_by("id")
    return [(row, next(name for name in FILES if getattr(row, name) in wanted)) for row in rows]


def orders_visible(viewer: ActingPost, place: Here) -> QuerySet[OrderPaper]:
    """整改通知, newest first: for who examines the report, and for the body ordered; whoever reported has no part in them."""
    own = Q(reporter=viewer.user_id, reporter_unit__in=place.post.stands_for)
    reports = reports_visible(viewer, place.post).exclude(own)
    return OrderPaper.objects.filter(report__in=reports).select_related("report").order_by("-id")


def orders_page(viewer: ActingPost, place: Here, page: int, size: int) -> list[OrderPaper]:
    """One page of them, and one more row if there is a next page."""
    return list(orders_visible(viewer, place)[page * size : (page + 1) * size + 1])


def orders_of_report(viewer: ActingPost, place: Here, public_id: str) -> list[OrderPaper]:
    """The papers of one report, oldest first; [] for who reported. Raises NotFound for a report that the viewer may not see."""
    row = report_row(viewer, place.post, public_id)
    if side_of(place.post, row) not in ("examiner", "body"):
        return []
    return list(OrderPaper.objects.filter(report=row).order_by("id"))


def order_visible(viewer: ActingPost, place: Here, public_id: str, nth: int) -> OrderPaper:
    """The paper that stands at that place (from 1) among those of a report. Raises NotFound."""
    rows = orders_of_report(viewer, place, public_id)
    if not 1 <= nth <= len(rows):
        raise NotFound([Finding("not_found", "8", {"subject": str(nth)})])
    return rows[nth - 1]


def public_standing_order(report_id: int) -> OrderPaper | None:
    """The paper of a report that is not void, for the door."""
    return OrderPaper.objects.filter(report=report_id, void=False).order_by("id").first()


def public_order(number: int) -> OrderPaper | None:
    """One paper by its row, for the job that sets it."""
    return OrderPaper.objects.filter(pk=number).select_related("jurisdiction").first()


def public_orders_waiting(limit: int) -> list[int]:
    """The ids of those whose files are not made yet, the oldest first."""
    return list(OrderPaper.objects.filter(docx="", void=False).order_by("id").values_list("id", flat=True)[:limit])


def public_orders_issued_as(digests: Iterable[str]) -> list[tuple[OrderPaper, str]]:
    """(paper, which of its files) for a file with one of these digests: whoever has the very bytes knows what they say."""
    wanted = [one for one in digests if one]
    rows = OrderPaper.objects.filter(Q(docx__in=wanted) | Q(pdf__in=wanted) | Q(scan__in=wanted)).order_by("id")
    return [(row, next(name for name in FILES if getattr(row, name) in wanted)) for row in rows]
