"""读: drafts, published editions, moved cases, questions, interpretations and higher rules (Articles 9-11).

Drafts are for the conference and the city above it; what was published is for everybody; a question is for whoever asked it, for the
lead and for the interpreter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.register.law_here import LawHere, Mark, Overridden, Published
from dutygate.base.register.prepared import Prepared
from dutygate.features.cases.sections import directory_now
from dutygate.features.conference.queries import public_adopted, public_adopters
from dutygate.features.editions.interpreter import interprets
from dutygate.features.editions.models import CaseMove, DraftCheck, EditionDraft, Interpretation, LawQuestion, Overriding, PublishedEdition
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules import Finding

OFFICE_POSTS: Final = ("handler", "signatory")
CONFERENCE: Final = frozenset({"lead", "legal", "services", "member"})


_PUBLISHED: Final = Prepared(
    lambda jurisdiction: (
        PublishedEdition.objects.filter(jurisdiction=jurisdiction)
        .order_by("in_force_from")
        .values_list("edition", "digest", "in_force_from", "begun")
    ),
    jurisdiction=int,
)
_OVERRIDING: Final = Prepared(lambda jurisdiction: Overriding.objects.filter(jurisdiction=jurisdiction).order_by("id"), jurisdiction=int)
_INTERPRETED: Final = Prepared(
    lambda jurisdiction: Interpretation.objects.filter(jurisdiction=jurisdiction, published=True).values_list("edition", "provision"),
    jurisdiction=int,
)


def public_law_of(jurisdiction_id: int) -> LawHere:
    """What a jurisdiction has published, marked and set: four queries, kept by whoever asks."""
    overridden: defaultdict[Mark, list[Overridden]] = defaultdict(list)
    for row in _OVERRIDING.rows(jurisdiction=jurisdiction_id):
        overridden[row.edition, row.provision].append(Overridden(row.source, row.since, row.until))
    return LawHere(
        tuple(Published(*row) for row in _PUBLISHED.rows(jurisdiction=jurisdiction_id)),
        public_adopted(jurisdiction_id),
        {mark: tuple(rows) for mark, rows in overridden.items()},
        Counter(_INTERPRETED.rows(jurisdiction=jurisdiction_id)),
    )


def public_publishers() -> tuple[int, ...]:
    """The jurisdictions that have published something of their own about the law."""
    found = set(PublishedEdition.objects.values_list("jurisdiction_id", flat=True).distinct())
    found |= set(Interpretation.objects.filter(published=True).values_list("jurisdiction_id", flat=True).distinct())
    found |= set(Overriding.objects.values_list("jurisdiction_id", flat=True).distinct())
    found |= public_adopters()
    return tuple(sorted(found))


def public_published(jurisdiction_id: int) -> list[PublishedEdition]:
    """Every edition that a jurisdiction has published, oldest first."""
    return list(PublishedEdition.objects.filter(jurisdiction=jurisdiction_id).select_related("draft").order_by("in_force_from"))


def public_not_begun(jurisdiction_id: int, day: date) -> list[tuple[str, str]]:
    """(code of the jurisdiction, edition) of the editions whose first day has come and was not entered yet."""
    rows = PublishedEdition.objects.filter(jurisdiction=jurisdiction_id, begun=False, in_force_from__lte=day).order_by(
        "in_force_from", "id"
    )
    return list(rows.values_list("jurisdiction__code", "edition"))


def seats_here(viewer: ActingPost, on: date) -> frozenset[str]:
    """The seats that the viewer's unit holds in its own jurisdiction."""
    if viewer.unit_id is None or viewer.kind not in OFFICE_POSTS:
        return frozenset()
    return directory_now(viewer).seats_of(viewer.unit_id, on)


def leads(viewer: ActingPost, on: date) -> bool:
    """Whether the viewer acts for the lead: it drafts, publishes, moves cases, and marks what gives way."""
    return "lead" in seats_here(viewer, on)


def interpreters_of(viewer: ActingPost, edition: Edition) -> tuple[int, ...]:
    """The units of the viewer's jurisdiction that bear the interpreter's name."""
    directory = directory_now(viewer)
    return tuple(unit for unit in directory.units if interprets(directory, unit, edition))


def drafts_visible(viewer: ActingPost, on: date) -> QuerySet[EditionDraft]:
    """草案 of the viewer's jurisdiction, for the conference; for a city's offices those of its banners too (Article 6)."""
    if viewer.kind not in OFFICE_POSTS or viewer.unit_id is None:
        return EditionDraft.objects.none()
    scope = Q(jurisdiction__parent=viewer.jurisdiction_id)
    if CONFERENCE & seats_here(viewer, on):
        scope |= Q(jurisdiction=viewer.jurisdiction_id)
    return EditionDraft.objects.filter(scope).select_related("jurisdiction").order_by("-id")


def draft_visible(viewer: ActingPost, draft_id: int, on: date) -> EditionDraft:
    """One draft, or NotFound: it does not exist, or not for this viewer."""
    found = drafts_visible(viewer, on).filter(pk=draft_id).first()
    if found is None:
        raise NotFound([Finding("not_found", "11", {"subject": str(draft_id)})])
    return found


def check_under_way(viewer: ActingPost, draft: EditionDraft) -> DraftCheck | None:
    """The last check of a draft that the viewer may see, when it waits, runs or broke down."""
    last = DraftCheck.objects.filter(draft_id=draft.id).order_by("-id").first()
    return last if last is not None and last.state != "done" else None


def moves_of(viewer: ActingPost, case: Any) -> list[CaseMove]:
    """转版 of a case that the viewer may read, oldest first."""
    return list(CaseMove.objects.filter(case_id=case.id).select_related("moved_by").order_by("id"))


def questions_visible(viewer: ActingPost, on: date, edition: Edition) -> QuerySet[LawQuestion]:
    """询问: one's own; for the lead and the interpreter all of the jurisdiction; for the city's offices those of its banners."""
    if viewer.kind not in OFFICE_POSTS or viewer.unit_id is None:
        return LawQuestion.objects.none()
    scope = Q(asked_by=viewer.unit_id) | Q(jurisdiction__parent=viewer.jurisdiction_id)
    if leads(viewer, on) or viewer.unit_id in interpreters_of(viewer, edition):
        scope |= Q(jurisdiction=viewer.jurisdiction_id)
    return LawQuestion.objects.filter(scope).select_related("asked_by", "jurisdiction").order_by("-id")


def question_visible(viewer: ActingPost, question_id: int, on: date, edition: Edition) -> LawQuestion:
    """One question, or NotFound."""
    found = questions_visible(viewer, on, edition).filter(pk=question_id).first()
    if found is None:
        raise NotFound([Finding("not_found", "10", {"subject": str(question_id)})])
    return found


def answers_to(viewer: ActingPost, questions: list[LawQuestion]) -> dict[int, list[Interpretation]]:
    """Question id -> the interpretations that answer it; the questions are ones that the viewer may read."""
    found: defaultdict[int, list[Interpretation]] = defaultdict(list)
    rows = Interpretation.objects.filter(question__in=[question.id for question in questions]) if questions else ()
    for row in rows:
        found[row.question_id or 0].append(row)
    return dict(found)


def public_interpretations(jurisdiction_id: int, edition: str = "", provision: str = "") -> list[Interpretation]:
    """公开的解释 of a provision, of a whole edition, or of a provision in every edition; newest first."""
    rows = Interpretation.objects.filter(jurisdiction=jurisdiction_id, published=True)
    rows = rows.filter(edition=edition) if edition else rows
    rows = rows.filter(provision=provision) if provision else rows
    return list(rows.select_related("given_by", "question").order_by("-dated_on", "-id"))


def public_overridings(jurisdiction_id: int, edition: str, provision: str = "") -> list[Overriding]:
    """从其规定 of a provision, or of the whole edition, by the day on which it begins."""
    rows = Overriding.objects.filter(jurisdiction=jurisdiction_id, edition=edition)
    rows = rows.filter(provision=provision) if provision else rows
    return list(rows.select_related("marked_by").order_by("since", "id"))
