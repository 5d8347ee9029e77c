"""读: imports under way and done, corrections, published versions. Published lists are everybody's; imports are the keepers' own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed, NotFound
from dutygate.base.organizations.directory import Directory
from dutygate.features.cases.sections import directory_now
from dutygate.features.lists.day_rows import rows_of_day
from dutygate.features.lists.models import Duty, ImportDraft, ImportLine, ListCorrection, ListEntry, ListImport, Publication, PublishedList
from dutygate.features.lists.queries import READING_POSTS, _holds, duties_visible
from dutygate.law.rules import Finding

KEEPERS: Final = frozenset({"lead", "services"})
"""The seats that keep the lists (Articles 3, 4.5)."""


def seats_keeping(viewer: ActingPost, on: date) -> frozenset[str]:
    """Which of the two seats that keep lists the viewer's unit holds in its own jurisdiction."""
    if viewer.unit_id is None or viewer.kind not in READING_POSTS:
        return frozenset()
    return KEEPERS & directory_now(viewer).seats_of(viewer.unit_id, on)


def require_keeper(viewer: ActingPost, on: date) -> frozenset[str]:
    """The seats. Raises NotAllowed for everybody who keeps no list."""
    seats = seats_keeping(viewer, on)
    if not seats:
        raise NotAllowed([Finding("not_your_role", "3", {"action": "list.import", "by": ["lead", "services"]})])
    return seats


def drafts_visible(viewer: ActingPost) -> QuerySet[ImportDraft]:
    """The files that the viewer's own unit has brought, newest first."""
    if viewer.unit_id is None or viewer.kind not in READING_POSTS:
        return ImportDraft.objects.none()
    return ImportDraft.objects.filter(unit_id=viewer.unit_id, jurisdiction_id=viewer.jurisdiction_id).order_by("-id")


def draft_visible(viewer: ActingPost, number: int) -> ImportDraft:
    """One of them, or NotFound."""
    found = drafts_visible(viewer).filter(pk=number).first()
    if found is None:
        raise NotFound([Finding("not_found", "4.5", {"subject": str(number)})])
    return found


def lines_of_draft(
    viewer: ActingPost, draft: ImportDraft, *, state: str = "", noted: bool = False, start: int = 0, limit: int | None = None
) -> list[ImportLine]:
    """The rows of a preview, in the order of the file; of one state, or only those with something worth a look."""
    rows = ImportLine.objects.filter(draft__in=drafts_visible(viewer).filter(pk=draft.pk)).order_by("number")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(noted=True) if noted else rows
    return list(rows[start : None if limit is None else start + limit])


def imports_visible(viewer: ActingPost, limit: int) -> list[ListImport]:
    """What was taken into the lists of the viewer's jurisdiction, newest first."""
    if viewer.kind not in READING_POSTS:
        return []
    return list(ListImport.objects.filter(jurisdiction=viewer.jurisdiction_id).order_by("-id")[:limit])


def corrections_of(viewer: ActingPost, duty: Duty) -> list[ListCorrection]:
    """The corrections of a duty, newest first; nothing of a duty that the viewer may not read."""
    return list(ListCorrection.objects.filter(duty__in=duties_visible(viewer).filter(pk=duty.pk)).order_by("-id"))


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published list without its rows."""

    township_id: int
    digest: str
    name: str
    code: str
    key: str


def publications_visible(viewer: ActingPost, jurisdictions: Iterable[int]) -> QuerySet[Publication]:
    """The published versions of these jurisdictions, newest first. What was published, everybody of the offices may read."""
    if viewer.kind not in READING_POSTS:
        return Publication.objects.none()
    return Publication.objects.filter(jurisdiction__in=list(jurisdictions)).order_by("-id")


def publication_visible(viewer: ActingPost, jurisdictions: Iterable[int], number: int) -> Publication:
    """One of them by its id, or NotFound."""
    found = publications_visible(viewer, jurisdictions).filter(pk=number).first()
    if found is None:
        raise NotFound([Finding("not_found", "4.5", {"subject": str(number)})])
    return found


def lists_of_publication(viewer: ActingPost, publication: Publication) -> list[PublishedLine]:
    """The lists of a version, in the order of their codes."""
    if viewer.kind not in READING_POSTS:
        return []
    rows = PublishedList.objects.filter(publication=publication)
    keyed = rows.values_list("township_id", "digest", "content__name", "content__code", "content__township")
    return sorted((PublishedLine(*row) for row in keyed), key=lambda line: (line.code or "~", line.key))


def published_content(viewer: ActingPost, jurisdictions: Iterable[int], digest: str) -> dict[str, Any]:
    """A published list by its digest, whole. Raises NotFound."""
    versions = publications_visible(viewer, jurisdictions)
    found = PublishedList.objects.filter(publication__in=versions, digest=digest).order_by("id").values_list("content", flat=True).first()
    if found is None:
        raise NotFound([Finding("not_found", "4.5", {"subject": digest[:64]})])
    content: dict[str, Any] = found
    return content


def rows_to_file(viewer: ActingPost, directory: Directory, list_name: str, on: date) -> dict[int, list[dict[str, Any]]]:
    """Township (unit id) -> its rows on a day, of a jurisdiction that the viewer reads; of no other."""
    own = directory.jurisdiction
    if viewer.kind not in READING_POSTS or viewer.jurisdiction_id not in (own.id, own.parent_id):
        return {}
    return rows_of_day(directory, list_name, on, directory.townships(on))


def public_sections_on(jurisdiction: int, code: str, on: date, township: int | None) -> frozenset[str]:
    """The sections in which a duty stands on a day, as known now: on a township's list (unit id), or on any (None)."""
    rows = ListEntry.objects.filter(_holds(on, None), jurisdiction=jurisdiction, duty__code=code)
    rows = rows if township is None else rows.filter(township=township)
    return frozenset(rows.order_by().values_list("section", flat=True))
