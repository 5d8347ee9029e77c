"""查找事项: each revision of a duty is found by its title, by code and document number, and by what it says townships do.

A revision is never changed, so neither is its text here; a list of any day is searched by the revisions to which its entries point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dutygate.base.search.index import put, search_source
from dutygate.base.search.text import Text
from dutygate.features.lists.models import DutyRevision

COLUMNS: Final = ("upper_department", "upper_duties", "township_duties", "taken_over_by", "working_method")
"""Of the national lists. What is added for one township (``additions``) is not searched: it does not hold in the others."""


def be_found(revisions: Iterable[DutyRevision]) -> None:
    """By their text, from now on. Their duties are at hand."""
    put("duty", (text_of(revision) for revision in revisions))


@search_source("duty")
def every_revision() -> Iterator[Text]:
    """All revisions of all duties."""
    rows = DutyRevision.objects.select_related("duty").order_by("id").iterator(chunk_size=500)
    return (text_of(revision) for revision in rows)


def text_of(revision: DutyRevision) -> Text:
    """As the index takes it."""
    said = (revision.items.get("content"), *(revision.columns.get(name) for name in COLUMNS))
    marks = f"{revision.duty.code} {revision.document_number} {revision.category}"
    return Text(revision.id, revision.title, marks, "\n".join(str(one) for one in said if one))
