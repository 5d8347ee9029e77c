"""查找办件: a case is found by its title, its number, and what the application says townships will do (权责内容)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from dutygate.base.actions.perform import system_acting
from dutygate.base.search.index import put, search_source
from dutygate.base.search.text import Text
from dutygate.features.application.models import ItemText
from dutygate.features.cases.queries import cases_visible

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

SEARCHED: Final = frozenset({"name", "content"})
"""The items by which a case is found. What is added for one township alone is not among them: others may not read it."""
AT_ONCE: Final = 500


def be_found(case: Case) -> None:
    """By the text as it stands now: two statements."""
    put("case", [Text(case.id, case.title, case.number, content_of(case))])


def content_of(case: Case) -> str:
    """权责内容 for all townships, as it stands."""
    return _contents([case.id]).get(case.id, "")


@search_source("case")
def every_case() -> Iterator[Text]:
    """All cases with their current text."""
    rows = iter(cases_visible(system_acting()).order_by("id").values_list("id", "title", "number").iterator(chunk_size=AT_ONCE))
    while some := list(islice(rows, AT_ONCE)):
        contents = _contents(row[0] for row in some)
        yield from (Text(case_id, title, number, contents.get(case_id, "")) for case_id, title, number in some)


def _contents(cases: Iterable[int]) -> dict[int, str]:
    rows = ItemText.objects.filter(case__in=list(cases), item="content", addition="", is_current=True)
    return dict(rows.values_list("case_id", "text"))
