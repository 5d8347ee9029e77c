"""看板: the figures of the page, for the same readers (Articles 3-8)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field, StringConstraints

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import named
from dutygate.base.catalogue.errors import NotFound
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas_board import BoardOut
from dutygate.config.api.site import Api
from dutygate.config.api.support import sums_out
from dutygate.features.application.ages import BANDS
from dutygate.features.board.queries import Asked, Board, board_of, entitled
from dutygate.features.lists.places import places_of
from dutygate.features.support.queries import Sums
from dutygate.law.rules import Finding

Code = Annotated[str, StringConstraints(max_length=20)]


def add_board(api: Api) -> None:
    """GET /board."""

    @api.get("/board", response=BoardOut, operation_id="get_board", tags=["board"], summary="看板 · The figures of a banner")
    def get_board(
        request: HttpRequest,
        place: Code = "",
        year: Annotated[int, Field(ge=2000, le=2200)] | None = None,
        on: date | None = None,
    ) -> HttpResponse:
        """For the lead, the offices of the banner's committee and government, and the city; for all others it does not exist.

        ``place``: the code of a banner, for a city that has several; ``year`` and ``on`` are this year and today where they are not given.
        """
        viewer, today = viewer_of(request), local_day(clock.now())
        entitled(viewer)
        places = places_of(viewer)
        found = next((one for one in places if place in ("", one.code)), None)
        if found is None:
            raise NotFound([Finding("not_found", "3", {"subject": place})])
        return reply(_board(board_of(viewer, Asked(found.id, year or today.year, on or today, today))))


def _board(board: Board) -> dict[str, Any]:
    asked = board.asked
    directory = asked.directory
    return {
        "place": directory.jurisdiction.code,
        "year": asked.year,
        "on": asked.on,
        "cases": [_counted("state", *key, count) for key, count in sorted(board.where.items())],
        "opened": board.opened,
        "ended": [_counted("outcome", *key, count) for key, count in sorted(board.closed.items())],
        "ages": [{"least": least, "most": most, "count": n} for (least, most), n in zip(BANDS, board.ages, strict=True)],
        "overdue": [
            {"action": action, "unit": named(directory, unit, asked.today), "seat": seat, "count": n}
            for action, unit, seat, n in board.late
        ],
        "refused": board.refused,
        "refusals": [{"code": code, "provision": provision, "count": n} for code, provision, n in board.refusals],
        "load": [
            {"township": named(directory, line.township, asked.on), **line.sections, "ending": line.ending, "money": sums_out(line.money)}
            for line in board.load
        ],
        "support": [
            {
                "department": named(directory, unit, asked.today),
                "sums": {measure: sums_out(sums.get(measure, Sums())) for measure in ("fen", "item")},
            }
            for unit, sums in board.kept.items()
        ],
        "reports": None
        if board.reports is None
        else [{"form": form or None, "outcome": outcome, "count": n} for (form, outcome), n in board.reports.items()],
    }


def _counted(by: str, where: str, track: str, kind: str, count: int) -> dict[str, Any]:
    return {"state": None, "outcome": None, by: where, "track": track, "kind": kind, "count": count}
