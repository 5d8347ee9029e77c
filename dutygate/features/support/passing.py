"""承继的承诺（第五条）: when a township is merged or split, what it was owed is owed to the one that stands in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db.models import Q

from dutygate.base.catalogue.action import Context
from dutygate.features.cases.succession import Moves
from dutygate.features.lists.hooks import lists_changed
from dutygate.features.lists.queries import duties_visible
from dutygate.features.support.acting import OWING
from dutygate.features.support.models import Commitment
from dutygate.features.support.undertaking import pass_on


def pass_commitments(context: Context, day: date, formers: Sequence[int], moves_of: Callable[[str], Moves], codes: Iterable[str]) -> None:
    """What is open, and all of the present year and later, goes to the main successor; what is settled stays under the old name.

    ``codes``: the duties that passed on. Their commitments then follow the lists, also where another department leads them now.
    """
    open_or_new = Q(year__gte=day.year) | OWING | Q(disputed__gt=0)
    rows = Commitment.objects.filter(open_or_new, township__in=list(formers)).select_related("duty").order_by("id")
    moving: dict[int, list[Commitment]] = {}
    for row in rows:
        move = moves_of(row.duty.code).of(row.township_id)
        if move is not None and row.township_id not in move.heirs:
            moving.setdefault(move.main, []).append(row)
    for heir, passing in moving.items():
        pass_on(context, passing, heir)
    wanted = {*codes, *(row.duty.code for passing in moving.values() for row in passing)}
    lists_changed(context, duties_visible(context.acting).filter(code__in=wanted).order_by("id"))
