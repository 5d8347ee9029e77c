"""读公布的清单: for everybody, without log-in. Nothing is read but what a publication holds (Article 4.5); the rest does not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Max, Min, QuerySet

from dutygate.base.search.index import narrowed, standing_in
from dutygate.features.lists.models import Publication, PublishedChange, PublishedEntry, PublishedList

KIND: Final = "published"


@dataclass(frozen=True, slots=True)
class Standing:
    """One township's list as it stands published: the newest by the day that it shows. ``key``: of the list's row."""

    key: int
    township_id: int
    list_name: str
    publication_id: int
    number: str
    as_of: date
    published_on: date
    digest: str


@dataclass(frozen=True, slots=True)
class Version:
    """What tells one state of the public site from another: how many publications there are to be read, the newest, and since when."""

    count: int = 0
    newest: int = 0
    recorded_at: datetime | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What published rows are narrowed to; "" = not at all. ``lists``: the keys of the lists in which they are."""

    lists: tuple[int, ...] = ()
    section: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A duty that was found: its first row, and on how many of the lists it stands."""

    row: dict[str, Any] = field(default_factory=dict)
    lists: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """A published change of one duty, as it is in the first of the townships (unit ids) that have it alike."""

    change: PublishedChange
    townships: tuple[int, ...]


def public_publications(jurisdiction: int, today: date) -> QuerySet[Publication]:
    """Those whose day of publication has come, newest first."""
    return Publication.objects.filter(jurisdiction=jurisdiction, published_on__lte=today).order_by("-published_on", "-id")


def public_publication(jurisdiction: int, today: date, number: int) -> Publication | None:
    """One of them by its id."""
    return public_publications(jurisdiction, today).filter(pk=number).first()


def public_version(jurisdiction: int, today: date) -> Version:
    """One query: whatever is added makes it another."""
    rows = public_publications(jurisdiction, today).order_by()
    said = rows.aggregate(count=Count("id"), newest=Max("id"), recorded_at=Max("recorded_at"), published_on=Max("published_on"))
    return Version(said["count"], said["newest"] or 0, said["recorded_at"], said["published_on"])


def public_places_published(today: date) -> set[int]:
    """The jurisdictions (ids) of which something is published."""
    return set(Publication.objects.filter(published_on__lte=today).order_by().values_list("jurisdiction", flat=True).distinct())


def public_standing(jurisdiction: int, today: date) -> dict[tuple[int, str], Standing]:
    """(township, list) -> the list that stands: of the latest day, and of two for one day the one published last. One query."""
    rows = PublishedList.objects.filter(publication__jurisdiction=jurisdiction, publication__published_on__lte=today)
    rows = rows.order_by("publication__as_of", "id")
    names = ("list_name", "id", "number", "as_of", "published_on")
    said = rows.values_list("id", "township", *(f"publication__{name}" for name in names), "digest")
    return {(row[1], row[2]): Standing(*row) for row in said}


def public_lists_of(publication: Publication) -> list[Standing]:
    """The lists of a publication that may be read, in its own order."""
    rows = PublishedList.objects.filter(publication=publication).order_by("id").values_list("id", "township", "digest")
    told = (publication.id, publication.number, publication.as_of, publication.published_on)
    return [Standing(key, township, publication.list_name, *told, digest) for key, township, digest in rows]


def public_content(key: int) -> dict[str, Any]:
    """A published list whole, by the key of one that may be read: the very content of which its digest is the SM3."""
    content: dict[str, Any] = PublishedList.objects.values_list("content", flat=True).get(pk=key)
    return content


def public_counts(lists: Collection[int]) -> dict[int, dict[str, int]]:
    """List -> section -> how many rows. One query."""
    found: dict[int, dict[str, int]] = {}
    rows = PublishedEntry.objects.filter(published_list__in=lists).order_by().values_list("published_list", "section")
    for key, section, count in rows.annotate(count=Count("id")):
        found.setdefault(key, {})[section] = count
    return found


def public_rows(sought: Sought, start: int = 0, limit: int | None = None) -> list[dict[str, Any]]:
    """The rows of one list, in its order; ``start`` and ``limit`` cut a page out of it."""
    rows = _within(sought).filter(standing_in(KIND, sought.q)).order_by("published_list", "place")
    return list(rows.values_list("row", flat=True)[start : None if limit is None else start + limit])


def public_every_row(lists: Collection[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(list, row) of these lists, list by list, without keeping them all."""
    rows = PublishedEntry.objects.filter(published_list__in=lists).order_by("published_list", "place")
    return rows.values_list("published_list", "row").iterator(chunk_size=500)


def public_found(sought: Sought, start: int, limit: int) -> list[Found]:
    """Each duty once, by its code. Two or three queries, however many lists there are."""
    rows = _within(sought).filter(narrowed(KIND, sought.q)).order_by().values("code")
    page = rows.annotate(first=Min("id"), count=Count("id")).order_by("code")[start : start + limit]
    counted = {row["first"]: row["count"] for row in page}
    shown = dict(PublishedEntry.objects.filter(id__in=counted).values_list("id", "row"))
    return [Found(shown[first], count) for first, count in counted.items()]


def public_codes(lists: Collection[int], start: int, limit: int) -> list[str]:
    """The codes of all duties on these lists, each once."""
    rows = PublishedEntry.objects.filter(published_list__in=lists).order_by("code").values_list("code", flat=True).distinct()
    return list(rows[start : start + limit])


def public_how_many(lists: Collection[int]) -> int:
    """How many different duties stand on these lists."""
    return PublishedEntry.objects.filter(published_list__in=lists).aggregate(count=Count("code", distinct=True))["count"] or 0


def public_duty(lists: Collection[int], code: str) -> list[tuple[int, dict[str, Any]]]:
    """(list, row) of each of these lists on which a duty stands."""
    rows = PublishedEntry.objects.filter(published_list__in=lists, code=code).order_by("published_list")
    return list(rows.values_list("published_list", "row"))


def public_last_seen(jurisdiction: int, today: date, code: str) -> PublishedEntry | None:
    """The row with which a duty was last published, whether it still stands or not."""
    rows = PublishedEntry.objects.filter(code=code, **_published(jurisdiction, today))
    return rows.select_related("published_list__publication").order_by("-published_list__publication__as_of", "-id").first()


def public_changes(
    jurisdiction: int, today: date, since: date = date.min, code: str = "", *, start: int = 0, limit: int = 100
) -> list[Changed]:
    """What changed in the lists that were published since a day, of all duties or of one, newest first: the same change of one duty in
    several townships stands once. Three queries.
    """
    rows = PublishedChange.objects.filter(**_published(jurisdiction, today), published_list__publication__published_on__gte=since)
    rows = rows.filter(code=code) if code else rows
    of = ("published_list__publication", "kind", "code", "day", "document_number")
    grouped = rows.order_by().values("published_list__publication__published_on", *of).annotate(first=Min("id"))
    page = grouped.order_by("-published_list__publication__published_on", "-published_list__publication", "first")[start : start + limit]
    firsts = [row["first"] for row in page]
    shown = PublishedChange.objects.select_related("published_list__publication").in_bulk(firsts)
    alike = rows.filter(published_list__publication__in={one.published_list.publication_id for one in shown.values()})
    alike = alike.filter(code__in={one.code for one in shown.values()}).order_by("id")
    townships: dict[tuple[Any, ...], list[int]] = {}
    for *key, township in alike.values_list(*of, "published_list__township"):
        townships.setdefault(tuple(key), []).append(township)
    return [Changed(one, tuple(townships[_group(one)])) for one in (shown[first] for first in firsts)]


def _group(one: PublishedChange) -> tuple[Any, ...]:
    return (one.published_list.publication_id, one.kind, one.code, one.day, one.document_number)


def _published(jurisdiction: int, today: date) -> dict[str, Any]:
    return {"published_list__publication__jurisdiction": jurisdiction, "published_list__publication__published_on__lte": today}


def _within(sought: Sought) -> QuerySet[PublishedEntry]:
    rows = PublishedEntry.objects.filter(published_list__in=sought.lists)
    return rows.filter(section=sought.section) if sought.section else rows
