"""法规版本: every edition with its file, what differs between two, and the questions about provisions (preamble, Articles 9-11)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for, edition_now, named
from dutygate.base.catalogue.action import ActingPost
from dutygate.config.api import words
from dutygate.config.api.cases import Limit
from dutygate.config.api.paging import USUAL_PAGE, pack, unpack
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_editions import DifferencesOut, EditionOut, EditionsOut, QuestionsOut
from dutygate.config.api.site import Api
from dutygate.features.editions.queries import answers_to, public_interpretations, public_overridings, questions_visible
from dutygate.features.editions.shelf import Shelved, shelf, shelved
from dutygate.features.editions.words import Naming
from dutygate.law.regulation.differences import differences
from dutygate.law.regulation.edition import edition_text

Key = Annotated[str, StringConstraints(max_length=80)]


def add_editions(api: Api) -> None:
    """GET /law/editions, /law/editions/{key}, /law/differences, /law/questions."""

    @api.get("/law/editions", response=EditionsOut, operation_id="list_editions", tags=["law"], summary="法规版本 · Editions")
    def list_editions(request: HttpRequest) -> HttpResponse:
        """Every edition that holds, held or will hold where the post acts."""
        lang = words.language_of(request)
        return reply({"items": [_line(one, lang) for one in shelf(local_day(clock.now()))]})

    @api.get("/law/editions/{key}", response=EditionOut, operation_id="get_edition", tags=["law"], summary="一个版本 · One edition")
    def get_edition(request: HttpRequest, key: Key) -> HttpResponse:
        """One edition by its code; a draft by "draft-" and its id, for the conference."""
        viewer, lang = viewer_of(request), words.language_of(request)
        found = shelved(key, viewer, local_day(clock.now()))
        return reply(
            {
                **_line(found, lang),
                "interpreter": found.edition.interpreter.in_language(lang) if found.edition.interpreter else None,
                "overridden": overridden(viewer, found.edition.id),
                "interpretations": interpreted(viewer, found.edition.id),
                "file": edition_text(found.edition),
            }
        )

    @api.get("/law/differences", response=DifferencesOut, operation_id="compare_editions", tags=["law"], summary="版本差异 · Differences")
    def compare_editions(request: HttpRequest, old: Key, new: Key) -> HttpResponse:
        """What one edition says otherwise than another, as plain values: per provision, parameter, item and row of the procedure."""
        viewer, lang, today = viewer_of(request), words.language_of(request), local_day(clock.now())
        before, after = shelved(old, viewer, today).edition, shelved(new, viewer, today).edition
        items = [
            {
                "part": one.part,
                "key": one.key,
                "label": Naming(before if one.kind == "removed" else after, lang).member(one.part, one.key),
                "kind": one.kind,
                "fields": [{"name": field.name, "old": field.old, "new": field.new} for field in one.fields],
            }
            for one in differences(before, after)
        ]
        return reply({"old": old, "new": new, "items": items})

    @api.get(
        "/law/questions", response=QuestionsOut, operation_id="list_questions", tags=["law"], summary="询问 · Questions about provisions"
    )
    def list_questions(request: HttpRequest, limit: Limit = USUAL_PAGE, cursor: str = "", open: bool = False) -> HttpResponse:
        """The questions that the post may read with their answers. ``open``: only those without an answer."""
        viewer, today = viewer_of(request), local_day(clock.now())
        after = unpack(cursor, int)
        rows = questions_visible(viewer, today, edition_now())
        rows = rows.filter(answered_at=None) if open else rows
        found = list((rows.filter(id__lt=after[0]) if after else rows)[: limit + 1])
        more = found[limit - 1].id if len(found) > limit else None
        return reply({"items": _questions(viewer, found[:limit], today), "next": pack(more) if more else None})


def _line(one: Shelved, lang: str) -> dict[str, Any]:
    edition = one.edition
    return {
        "edition": edition.id,
        "digest": edition.digest,
        "title": edition.title.in_language(lang),
        "document_number": edition.document_number,
        "issued_on": edition.issued_on,
        "in_force_from": edition.in_force_from,
        "last_day": one.last_day,
        "standing": one.standing,
        "repeals": list(edition.repeals),
        "published_here": one.published_here,
    }


def overridden(viewer: ActingPost, edition: str, provision: str = "") -> list[dict[str, Any]]:
    """从其规定 where the post acts."""
    rows = public_overridings(viewer.jurisdiction_id, edition, provision)
    return [
        {"provision": row.provision, "source": row.source, "since": row.since, "until": row.until, "effect": row.effect} for row in rows
    ]


def interpreted(viewer: ActingPost, edition: str, provision: str = "") -> list[dict[str, Any]]:
    """公开的解释 where the post acts."""
    return [
        {
            "provision": row.provision,
            "question": row.question.question if row.question else "",
            "text": row.text,
            "document_number": row.document_number,
            "dated_on": row.dated_on,
        }
        for row in public_interpretations(viewer.jurisdiction_id, edition, provision)
    ]


def _questions(viewer: ActingPost, rows: list[Any], today: date) -> list[dict[str, Any]]:
    answers = answers_to(viewer, rows)
    places = {place: directory_for(place) for place in {row.jurisdiction_id for row in rows}}
    return [
        {
            "id": str(row.id),
            "number": row.number,
            "edition": row.edition,
            "provision": row.provision,
            "question": row.question,
            "asked_by": named(places[row.jurisdiction_id], row.asked_by_id, today),
            "asked_at": row.asked_at,
            "answered_at": row.answered_at,
            "answers": [
                {"text": one.text, "document_number": one.document_number, "dated_on": one.dated_on, "published": one.published}
                for one in answers.get(row.id, [])
            ],
        }
        for row in rows
    ]
