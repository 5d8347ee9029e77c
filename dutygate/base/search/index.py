"""The index as features use it: they write a row's text beside the row, ask in which rows words stand, and say how all is made again.

Nothing found here is shown by itself: what ``matching`` gives narrows a query of the feature, which is scoped to the viewer already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from django.db import connections, transaction
from django.db.models import Exists, OuterRef, Q

from dutygate.base.register.alias import current_alias
from dutygate.base.search import storage
from dutygate.base.search.models import SearchText
from dutygate.base.search.text import Text, kept, pairs, words

Source = Callable[[], Iterable[Text]]
SOURCES: Final[dict[str, Source]] = {}
"""Kind -> every row of it that can be searched."""
BATCH: Final = 300
MANY: Final = 2000


def search_source(kind: str) -> Callable[[Source], Source]:
    """Register whence all texts of a kind come. Raises ValueError on a second source."""

    def register(source: Source) -> Source:
        if kind in SOURCES:
            raise ValueError(f"search source {kind} is registered twice")
        SOURCES[kind] = source
        return source

    return register


def put(kind: str, texts: Iterable[Text]) -> None:
    """Let rows be found by these texts from now on, new ones and changed ones alike: one statement for 300 rows."""
    rows = [SearchText(id=text.id, kind=kind, text=kept(text)) for text in texts]
    SearchText.objects.bulk_create(rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=["kind", "text"])


def matching(kind: str, question: str, field: str = "pk") -> Q:
    """The rows whose ``field`` (their own id, or that of the row that is searched) is one in which every word stands; all without a word.

    Within the statement that it narrows: for what is never very many.
    """
    asked = words(question)
    return Q(**{f"{field}__in": SearchText.objects.filter(kind=kind, text__holds=asked).values("id")}) if asked else Q()


def standing_in(kind: str, question: str, field: str = "pk") -> Q:
    """The same rows, where few are left to look at (one township's list): each is looked at, and nothing is looked up."""
    asked = words(question)
    if not asked:
        return Q()
    rows = SearchText.objects.filter(id=OuterRef(field), kind=kind)
    for word in asked:
        rows = rows.filter(text__contains=word)
    return Q(Exists(rows))


def few(kind: str, question: str) -> list[int] | None:
    """The ids of the rows in which every word stands; None when there are more than 2,000. One statement, none without a word."""
    asked = words(question)
    rows = SearchText.objects.filter(kind=kind, text__holds=asked) if asked else SearchText.objects.none()
    ids = list(rows.order_by().values_list("id", flat=True)[: MANY + 1])
    return ids if len(ids) <= MANY else None


def narrowed(kind: str, question: str, field: str = "pk") -> Q:
    """The same rows once more, for a page that is cut out of very many: asked beforehand, in one statement if there are pairs to ask for.

    Few rows are given by their ids. Among many a page is soon full if each row is looked at in its turn; to gather all of them first
    would take longer than to read them.
    """
    asked = words(question)
    if not asked:
        return Q()
    ids = few(kind, question) if any(map(pairs, asked)) else None  # one character has no pair: there is nothing to ask beforehand
    return standing_in(kind, question, field) if ids is None else Q(**{f"{field}__in": ids})


def rebuild() -> dict[str, int]:
    """Make the whole index again from the rows, in one transaction; kind -> how many."""
    alias = current_alias()
    made = {}
    with transaction.atomic(using=alias):
        storage.remove(connections[alias])
        SearchText.objects.all().delete()
        storage.make(connections[alias])
        for kind in sorted(SOURCES):
            made[kind] = 0
            for some in _in_batches(SOURCES[kind]()):
                put(kind, some)
                made[kind] += len(some)
    return made


def _in_batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    rest = iter(texts)
    while some := list(islice(rest, BATCH)):
        yield some


def verify() -> list[str]:
    """Where the index does not say what the rows say: one line for each row that is missing, other or too much."""
    kept_now = {(kind, key): text for key, kind, text in SearchText.objects.values_list("id", "kind", "text")}
    problems = []
    for kind in sorted(SOURCES):
        for text in SOURCES[kind]():
            stands = kept_now.pop((kind, text.id), None)
            if stands != kept(text):
                problems.append(f"{kind} {text.id}: {'is not in the index' if stands is None else 'reads otherwise in the index'}")
    return problems + [f"{kind} {key}: is in the index, and there is no such row" for kind, key in sorted(kept_now)]
