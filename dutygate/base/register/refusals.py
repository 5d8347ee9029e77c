"""读被拒的办理: how often the law refused something, by the rule that refused it, counted where the entries are (Articles 1-8).

What a refusal found is sealed as JSON in its entry; the database takes it apart, so that no entry is carried into the program to be
counted. An erased entry counts no more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connections
from django.db.models import Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.register.append import aware
from dutygate.base.register.inside import INSIDE
from dutygate.base.register.models import Entry

_FROM: Final = {
    "sqlite": ("register_entry e, json_each(e.sealed, '$.findings') f", "json_extract(f.value, '$.{}')"),
    "postgresql": (
        "register_entry e, LATERAL jsonb_array_elements(NULLIF(e.sealed, '')::jsonb -> 'findings') f(value)",
        "f.value ->> '{}'",
    ),
}
"""How each database opens a list inside a text, and reads a name of one of its members."""


@dataclass(frozen=True, slots=True)
class RefusedTry:
    """One refusal: its number in the chain, when it was recorded, what was tried on what."""

    seq: int
    recorded_at: datetime
    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """Which refusals are meant: of a chain (key), recorded in [since, until), about one of ``subjects`` (a query; None: any subject).

    ``subjects`` is how a caller says what its viewer may read.
    """

    chain: str
    since: datetime
    until: datetime
    subjects: QuerySet[Any, Any] | None = None


def count_refusals(viewer: ActingPost, wanted: Refusals) -> int:
    """How many tries were refused. One query."""
    return _rows(viewer, wanted).count()


def refusals_by_rule(viewer: ActingPost, wanted: Refusals) -> list[tuple[str, str, int]]:
    """(code of the finding, provision, how many tries it refused), the most frequent first. One query.

    A try that two rules refused counts under both.
    """
    code, provision = _field("code"), _field("provision")
    return _ask(viewer, wanted, f"{code}, {provision}, COUNT(DISTINCT e.id)", "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2", ())


def refused_by(
    viewer: ActingPost, wanted: Refusals, code: str, provision: str, limit: int, before: int | None = None
) -> tuple[int, list[RefusedTry]]:
    """How many tries a rule refused, and a page of them, the newest first; ``before`` is the number of the last one seen. Two or three
    queries.
    """
    which = f"AND {_field('code')} = %s AND {_field('provision')} = %s"
    ((total,),) = _ask(viewer, wanted, "COUNT(DISTINCT e.id)", which, (code, provision))
    older = "" if before is None else " AND e.seq < %s"
    tail = f"{which}{older} ORDER BY 1 DESC LIMIT %s"
    ids = _ask(viewer, wanted, "DISTINCT e.id", tail, (code, provision, *(() if before is None else (before,)), limit))
    return total, _lines(Entry.objects.filter(id__in=[row[0] for row in ids]))


def refused_page(viewer: ActingPost, wanted: Refusals, limit: int, before: int | None = None) -> list[RefusedTry]:
    """A page of all of them, the newest first."""
    rows = _rows(viewer, wanted)
    return _lines(rows if before is None else rows.filter(seq__lt=before), limit)


def _rows(viewer: ActingPost, wanted: Refusals) -> QuerySet[Entry]:
    told = ~Q(action__in=INSIDE) | Q(unit_id=viewer.unit_id or 0)
    period = Q(recorded_at__gte=wanted.since, recorded_at__lt=wanted.until)
    rows = Entry.objects.filter(told, period, chain__key=wanted.chain, outcome="refused").exclude(sealed="")
    return rows if wanted.subjects is None else rows.filter(subject__in=wanted.subjects)


def _lines(rows: QuerySet[Entry], limit: int | None = None) -> list[RefusedTry]:
    found = rows.order_by("-seq").values_list("seq", "recorded_at", "action", "subject")[:limit]
    return [RefusedTry(seq, aware(at) or at, action, subject) for seq, at, action, subject in found]


def _vendor() -> str:
    return connections[Entry.objects.db].vendor


def _field(name: str) -> str:
    return _FROM[_vendor()][1].format(name)


def _ask(viewer: ActingPost, wanted: Refusals, what: str, tail: str, values: Collection[Any]) -> list[Any]:
    """The entries meant, opened finding by finding: ``what`` is selected, ``tail`` follows the condition. Both are words of this file."""
    rows = _rows(viewer, wanted).values("id")
    inner, given = rows.query.get_compiler(rows.db).as_sql()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM {_FROM[_vendor()][0]} WHERE e.id IN ({inner}) {tail}", [*given, *values])  # noqa: S608 - words of this file; values apart
        return list(cursor.fetchall())
