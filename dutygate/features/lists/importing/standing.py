"""现状: the list as it is known now, in the shape in which a file is compared with it: two queries, however long the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max

from dutygate.base.organizations.directory import Directory
from dutygate.features.lists.importing.matching import Cell, Content, Known, KnownDuty
from dutygate.features.lists.importing.plan import ImportPlan
from dutygate.features.lists.models import OPEN_MOMENT, ListEntry


def standing(jurisdiction_id: int, plan: ImportPlan, sections: Iterable[str], first_day: date, directory: Directory) -> Known:
    """The duties of these sections that stand on the list on or after a day, with their cells from then on."""
    keys = {unit.id: unit.key for unit in directory.units.values()}
    there = ListEntry.objects.filter(jurisdiction=jurisdiction_id, list_name=plan.list_name, section__in=list(sections))
    there = there.filter(recorded_to=OPEN_MOMENT).order_by("duty", "township", "valid_from")
    rows = there.filter(valid_to__gt=first_day).values_list(
        *("duty", "duty__code", "duty__origin", "township", "section", "ordinal", "valid_from", "valid_to", "revision"),
        *("revision__title", "revision__category", "revision__lead_unit", "revision__co_leads", "revision__columns"),
    )
    contents: dict[int, Content] = {}
    duties: dict[int, tuple[str, str, str, dict[str, list[Cell]]]] = {}
    for duty, code, origin, township, section, ordinal, start, end, revision, *said in rows.iterator(chunk_size=5000):
        content = contents.get(revision)
        if content is None:
            content = contents[revision] = _content(said, keys)
        _code, _origin, _section, cells = duties.setdefault(duty, (code, origin, section, {}))
        cells.setdefault(keys.get(township, str(township)), []).append(Cell(section, ordinal, content, start, end))
    last = {
        (keys.get(township, str(township)), section): number
        for township, section, number in there.order_by().values_list("township", "section").annotate(last=Max("ordinal"))
    }
    known = [
        KnownDuty(duty, code, origin, section, {township: tuple(found) for township, found in cells.items()})
        for duty, (code, origin, section, cells) in duties.items()
    ]
    return Known(known, last)


def _content(said: list[object], keys: Mapping[int, str]) -> Content:
    title, category, lead, helpers, columns = said
    assert isinstance(helpers, list) and isinstance(columns, dict)
    lead_key = keys.get(lead, "") if isinstance(lead, int) else ""
    return Content(str(title), str(category), lead_key, tuple(helpers), tuple(sorted(columns.items())))
