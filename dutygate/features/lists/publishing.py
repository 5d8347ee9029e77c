"""公布的内容: what a published list is made of, what it says otherwise than the one before, and the words by which its rows are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from dutygate.base.search.index import put, search_source
from dutygate.base.search.text import Text
from dutygate.features.lists.models import PublishedEntry, PublishedList

Row = dict[str, Any]
_NO_CHANGE: Final = frozenset({"ordinal"})
"""Another place on the list is no other duty."""


def changes_between(before: Mapping[str, Any] | None, content: Mapping[str, Any]) -> list[Row]:
    """{kind, code, title, section, fields, day, document_number} of each row that reads otherwise, in the order of the lists.

    Nothing without a list before: the first one published changes nothing. What only one of two formats has is not compared.
    """
    if before is None:
        return []
    old, new = ({row["code"]: row for row in one["rows"]} for one in (before, content))
    as_of: str = content["as_of"]
    found = [_change("entered", row, [], row["valid_from"]) for code, row in new.items() if code not in old]
    for code, row in new.items():
        if code in old and (fields := _fields(old[code], row)):
            found.append(_change("changed", row, fields, as_of))
    for code, row in old.items():
        if code not in new:
            found.append(_change("left", row, [], row["last_day"] if "" < row["last_day"] < as_of else as_of))
    return found


def _fields(old: Row, new: Row) -> list[str]:
    return [name for name in new if name in old and name not in _NO_CHANGE and old[name] != new[name]]


def _change(kind: str, row: Row, fields: list[str], day: str) -> Row:
    said = {name: row[name] for name in ("code", "title", "section", "document_number")}
    return {"kind": kind, **said, "fields": fields, "day": date.fromisoformat(day)}


def lists_before(jurisdiction: int, list_name: str, as_of: date, townships: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """Township (unit id) -> the content of its list as it stands published until now; none where a later day is published already."""
    rows = PublishedList.objects.filter(publication__jurisdiction=jurisdiction, publication__list_name=list_name)
    rows = rows.filter(township__in=list(townships)).order_by("publication__as_of", "id")
    newest = {township: (key, day) for key, township, day in rows.values_list("id", "township", "publication__as_of")}
    wanted = [key for key, day in newest.values() if day <= as_of]
    return dict(PublishedList.objects.filter(id__in=wanted).values_list("township", "content"))


def text_of(key: int, row: Mapping[str, Any]) -> Text:
    """As the search index takes it: only what is published of it."""
    said = [row["department"], *row["helpers"], *row["columns"].values(), row.get("content", ""), *row.get("bases", ())]
    return Text(key, row["title"], f"{row['code']} {row['document_number']} {row['category']}", "\n".join(one for one in said if one))


def be_found(entries: Iterable[PublishedEntry]) -> None:
    """By their text, from now on."""
    put("published", (text_of(entry.id, entry.row) for entry in entries))


@search_source("published")
def every_entry() -> Iterator[Text]:
    """All rows of all published lists."""
    rows = PublishedEntry.objects.order_by("id").values_list("id", "row").iterator(chunk_size=500)
    return (text_of(key, row) for key, row in rows)
