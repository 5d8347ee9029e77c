"""查先例: conclusions of finished meetings are found by the words of what was settled and by their cases (Article 3)."""

from __future__ import annotations

from collections.abc import Iterator

from dutygate.base.search.index import search_source
from dutygate.base.search.text import Text
from dutygate.features.conference.models import AgendaItem


@search_source("ruling")
def every_ruling() -> Iterator[Text]:
    """All conclusions of finished meetings."""
    rows = AgendaItem.objects.filter(meeting__status="closed", removed=False).select_related("case", "meeting").order_by("id")
    return (text_of(item) for item in rows.iterator(chunk_size=500))


def text_of(item: AgendaItem) -> Text:
    """As the index takes it."""
    marks = f"{item.case.number} {item.meeting.number} {item.meeting.minutes_number}"
    return Text(item.id, item.case.title, marks, item.text)
