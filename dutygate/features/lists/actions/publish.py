"""公布清单（第四条（五））: the lists of a day, after the disclosure check, under a number and a digest, readable for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.lists.actions.office import ListAction, ListsSubject
from dutygate.features.lists.day_rows import rows_of_day
from dutygate.features.lists.importing.plan import Key
from dutygate.features.lists.models import Publication, PublishedChange, PublishedEntry, PublishedList
from dutygate.features.lists.publishing import be_found, changes_between, lists_before
from dutygate.law.regulation.canonical import digest


class InternalDuty(Given):
    """A duty that is not made public, and why."""

    duty: str = Field(min_length=1, max_length=40)
    reason: str = Field("", max_length=200)


class PublishGiven(Given):
    """The lists of these townships (keys; none: all of that day) on a day. ``checked_by``: who made the disclosure check.

    ``layout`` 2 says of each duty also what townships do and on which laws it rests; entries made before there was a choice are 1.
    ``index_number``, ``topic``, ``written_on``: 索引号, 主题分类 and 成文日期 of the publication, where the office gives them.
    """

    list_name: Literal["duties", "powers"] = "duties"
    number: str = Field("", max_length=80)
    as_of: date
    published_on: date
    townships: tuple[Key, ...] = Field((), max_length=2000)
    checked: bool = False
    checked_by: str = Field("", max_length=100)
    internal: tuple[InternalDuty, ...] = ()
    other_seat: str = Field("", max_length=200)
    layout: Literal[1, 2] = 1
    index_number: str = Field("", max_length=60)
    topic: str = Field("", max_length=60)
    written_on: date | None = None

    @model_validator(mode="after")
    def each_once(self) -> Self:
        """No township and no duty twice."""
        if len(set(self.townships)) != len(self.townships) or len({one.duty for one in self.internal}) != len(self.internal):
            raise ValueError("a township or a duty is named twice")
        return self


@register_action
class Publish(ListAction):
    """公布清单. Subject: the jurisdiction's code. Result: {publication, digest, rows}."""

    name = "list.publish"
    Payload: ClassVar[type[BaseModel]] = PublishGiven

    def resolved(self, subject: ListsSubject, payload: Any, door: Door) -> dict[str, Any]:
        """Whether the number is taken, what today is, and which internal duties come without a reason."""
        taken = bool(payload.number) and Publication.objects.filter(jurisdiction=subject.jurisdiction_id, number=payload.number).exists()
        return {
            "number_taken": taken,
            "today": door.today.isoformat(),
            "without_reason": [one.duty for one in payload.internal if not one.reason],
        }

    def apply(self, subject: ListsSubject, payload: Any, context: Context) -> None:
        """Each list whole, with its digest, its rows to be found, and what is new in it.

        Raises Malformed when nothing is left to publish, or an internal duty is on none of them.
        """
        ids = [subject.township(key) for key in payload.townships] or list(subject.directory.townships(payload.as_of))
        rows = rows_of_day(subject.directory, payload.list_name, payload.as_of, ids, whole=payload.layout > 1)
        internal = {one.duty: one.reason for one in payload.internal}
        codes = {row["code"] for found in rows.values() for row in found}
        if strangers := sorted(internal.keys() - codes):
            raise Malformed([("internal", f"not on these lists: {', '.join(strangers[:10])}")])
        contents = [self._content(subject, payload, township, rows.get(township, []), internal) for township in ids]
        shown = sum(len(content["rows"]) for content in contents)
        if not shown:
            raise Malformed([("as_of", "nothing to publish on that day")])
        digests = [digest(content) for content in contents]
        publication = Publication(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            number=payload.number,
            list_name=payload.list_name,
            as_of=payload.as_of,
            published_on=payload.published_on,
            index_number=payload.index_number,
            topic=payload.topic,
            written_on=payload.written_on,
            internal=[{"duty": code, "reason": reason} for code, reason in sorted(internal.items())],
            checked_by=payload.checked_by,
            rows=shown,
            digest=digest(digests),
            recorded_at=context.recorded_at,
        )
        before = lists_before(context.jurisdiction_id, payload.list_name, payload.as_of, ids)
        publication.save(force_insert=True)
        lists = [
            PublishedList(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                publication=publication,
                township_id=township,
                content=content,
                digest=one,
            )
            for township, content, one in zip(ids, contents, digests, strict=True)
        ]
        PublishedList.objects.bulk_create(lists)
        self._spread(lists, before, context)
        context.result.update({"publication": str(publication.id), "digest": publication.digest, "rows": shown})
        context.tell("list_published", ids, number=payload.number, list=payload.list_name)

    def _spread(self, lists: list[PublishedList], before: Mapping[int, Mapping[str, Any]], context: Context) -> None:
        """The rows of the lists, and what they say otherwise than those before."""
        entries = [
            PublishedEntry(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                published_list=one,
                place=place,
                row=row,
                **{name: row[name] for name in ("section", "code", "title")},
            )
            for one in lists
            for place, row in enumerate(one.content["rows"])
        ]
        PublishedEntry.objects.bulk_create(entries, batch_size=500)
        be_found(entries)
        PublishedChange.objects.bulk_create(
            (
                PublishedChange(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, published_list=one, place=place, **change)
                for one in lists
                for place, change in enumerate(changes_between(before.get(one.township_id), one.content))
            ),
            batch_size=500,
        )

    def _content(
        self, subject: ListsSubject, payload: Any, township: int, rows: list[dict[str, Any]], internal: dict[str, str]
    ) -> dict[str, Any]:
        unit = subject.directory.unit(township)
        public = [row for row in rows if row["code"] not in internal]
        return {
            "format": payload.layout,
            "jurisdiction": subject.directory.jurisdiction.code,
            "township": unit.key,
            "name": subject.directory.name_on(township, payload.as_of),
            "code": unit.code_on(payload.as_of),
            "list": payload.list_name,
            "number": payload.number,
            "as_of": payload.as_of.isoformat(),
            "internal": len(rows) - len(public),
            "rows": public,
        }
