"""读: the legal bases of a jurisdiction, those on which a case rests, and all that rests on one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.search.index import matching
from dutygate.base.search.text import words as words_of
from dutygate.features.bases.facts import (
    as_registered,
    duties_now_on,
    duties_on,
    key_of,
    of_these_texts,
    readings_of,
    rows_of_text,
    touched_rows,
)
from dutygate.features.bases.models import BasisChange, BasisCitation, BasisReading, LegalBasis
from dutygate.features.bases.recognition import article_key, meeting, number_key, same_text, title_key
from dutygate.features.bases.resting import Resting
from dutygate.features.cases.sections import directory_now, readable_cases
from dutygate.law.rules import Finding

KEEPERS = frozenset({"lead", "legal"})
"""The seats that keep the bases (Article 1)."""


def bases_visible(viewer: ActingPost) -> QuerySet[LegalBasis]:
    """The bases of the viewer's jurisdiction, and for a city those of its banners. Administrators see no business content."""
    if viewer.kind not in ("handler", "signatory"):
        return LegalBasis.objects.none()
    return LegalBasis.objects.filter(Q(jurisdiction=viewer.jurisdiction_id) | Q(jurisdiction__parent=viewer.jurisdiction_id))


def bases_of_case(viewer: ActingPost, case: Any) -> list[LegalBasis]:
    """The bases on which a case that the viewer may read rests now, in the order in which they were cited."""
    cited = BasisCitation.objects.filter(case_id=case.id, removed_at=None).select_related("basis", "basis__proposed_by").order_by("id")
    return [citation.basis for citation in cited]


def bases_found(viewer: ActingPost, words: str = "", confirmed: bool | None = None) -> QuerySet[LegalBasis]:
    """The visible bases in which every word stands: in title, article, number or issuer. Newest first."""
    rows = bases_visible(viewer).select_related("proposed_by")
    if confirmed is not None:
        rows = rows.filter(confirmed=confirmed)
    for word in words_of(words):
        match = matching("basis", word)
        if key := number_key(word):
            match |= Q(number_key=key)
        for key in {title_key(word), article_key(word)} - {"", word}:
            match |= matching("basis", key) | Q(article_key=key)
        rows = rows.filter(match)
    return rows.order_by("-id")


def page_of_bases(viewer: ActingPost, words: str, confirmed: bool | None, limit: int, before: int | None = None) -> list[LegalBasis]:
    """One page of them; ``before`` is the id of the last one seen."""
    rows = bases_found(viewer, words, confirmed)
    return list((rows if before is None else rows.filter(id__lt=before))[:limit])


def bases_to_cite(viewer: ActingPost, jurisdiction_id: int, words: str, limit: int) -> list[LegalBasis]:
    """What an application may rest on: those found, or without words those that the viewer's unit has proposed or cited before.
    Confirmed ones first, then by title.
    """
    rows = bases_found(viewer, words).filter(jurisdiction=jurisdiction_id)
    if not words:
        cited = BasisCitation.objects.filter(basis=OuterRef("pk"), case__initiator=viewer.unit_id or 0)
        rows = rows.filter(Q(proposed_by=viewer.unit_id or 0) | Q(Exists(cited)))
    return list(rows.order_by("-confirmed", "key", "article_key", "id")[:limit])


def bases_by_ids(viewer: ActingPost, jurisdiction_id: int, ids: Iterable[int]) -> dict[int, LegalBasis]:
    """Those of these that the viewer may see in a jurisdiction, by id."""
    wanted = set(ids)
    return bases_visible(viewer).filter(jurisdiction=jurisdiction_id).in_bulk(wanted) if wanted else {}


def basis_visible(viewer: ActingPost, basis_id: int) -> LegalBasis:
    """One basis, or NotFound: it does not exist, or not for this viewer."""
    found = bases_visible(viewer).select_related("proposed_by", "jurisdiction").filter(pk=basis_id).first()
    if found is None:
        raise NotFound([Finding("not_found", "1", {"subject": str(basis_id)})])
    return found


def bases_of_text(viewer: ActingPost, basis: LegalBasis) -> list[LegalBasis]:
    """同一部法规的各条: every basis of the text of one that the viewer may read, itself included, in the order of the text."""
    return rows_of_text(basis.jurisdiction_id, key_of(basis))


def bases_of_duty(viewer: ActingPost, duty: Any, bases: Sequence[Mapping[str, Any]]) -> list[LegalBasis]:
    """What the text of a duty that the viewer may read names as its bases, each as the registry knows it. Two queries."""
    return as_registered(duty.jurisdiction_id, bases) if bases else []


def changes_of(viewer: ActingPost, basis: LegalBasis) -> list[BasisChange]:
    """修改、废止 that concern a basis which the viewer may read, the voided ones too; newest first."""
    rows = BasisChange.objects.filter(of_these_texts([key_of(basis)]), jurisdiction=basis.jurisdiction_id)
    found = rows.select_related("successor", "unit").order_by("-on", "-id")
    return [row for row in found if same_text(key_of(row), key_of(basis)) and meeting(basis.article_key, row.article)]


def readings_before(viewer: ActingPost, basis: LegalBasis) -> list[BasisReading]:
    """How the registry described a basis, which the viewer may read, before; newest first."""
    return list(BasisReading.objects.filter(basis=basis).select_related("unit").order_by("-recorded_to", "-id"))


def version_of(viewer: ActingPost, basis: LegalBasis) -> int:
    """What a correction is based on: how often the basis was described otherwise so far."""
    return readings_of(basis)


def duties_resting(viewer: ActingPost, basis: LegalBasis, on: date) -> list[Resting]:
    """依据它的事项: on the lists on a day or later, as everybody who may read the basis may read the lists. Three queries."""
    return duties_now_on(basis, on)


def duties_of_change(viewer: ActingPost, basis: LegalBasis, article: str, on: date) -> list[Resting]:
    """The duties that a change of an article of this text, or of all of it (""), from that day on would touch. Three queries."""
    return duties_on(basis, article, on)


def cases_resting_on(viewer: ActingPost, basis: LegalBasis, limit: int) -> list[Any]:
    """The cases that rest on a basis now, of those that the viewer may read: first those under way, newest first."""
    cited = BasisCitation.objects.filter(basis=basis, removed_at=None).values("case_id")
    rows = readable_cases(viewer).filter(id__in=cited)
    return list(rows.order_by(F("closed_at").desc(nulls_first=True), "-id")[:limit])


def cases_of_change(viewer: ActingPost, basis: LegalBasis, article: str, on: date, limit: int) -> list[Any]:
    """The cases under way that would rest on what is changed, of those that the viewer may read; newest first."""
    touched = [row.id for row in touched_rows(basis, article, on)]
    cited = BasisCitation.objects.filter(basis__in=touched, removed_at=None).values("case_id")
    return list(readable_cases(viewer).filter(id__in=cited, closed_at=None).order_by("-id")[:limit])


def adjustments_of(viewer: ActingPost, codes: Iterable[str]) -> dict[str, Any]:
    """The latest adjustment because of a change of the law of each of these duties (codes), of those that the viewer may read."""
    wanted = list(codes)
    if not wanted:
        return {}
    rows = readable_cases(viewer).filter(kind="adjustment", mandated=True, duty__code__in=wanted).select_related("duty")
    return {row.duty.code: row for row in rows.order_by("id") if row.duty is not None}


def keeps_bases(viewer: ActingPost, on: date) -> bool:
    """Whether the viewer's unit is the lead or the legal seat of its jurisdiction, and so registers and confirms bases."""
    if viewer.unit_id is None or viewer.kind not in ("handler", "signatory"):
        return False
    return bool(KEEPERS & directory_now(viewer).seats_of(viewer.unit_id, on))
