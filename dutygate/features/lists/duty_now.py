"""事项 as a case of exit or adjustment finds it (Articles 4.4, 4.5): who hands it over, who carries it, since when and until when."""

from __future__ import annotations

from datetime import date
from typing import Final

from dutygate.base.register.prepared import Prepared
from dutygate.features.cases.duties import DutyNow, tells_duty
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, ListEntry

TAKEN_BACK = "taken_back"
"""上级收回: it stands on a township's list as what the township no longer does."""
_SHOWN: Final = ("title", "track", "mode", "acts_in_name_of", "lead_unit_id", "co_leads")
_ROW: Final = ("id", "code", "list_name", "case__declared_class", "case__necessity", *_SHOWN)
_ENTRY: Final = ("township_id", "valid_to", "list_name", "section", "revision__revision", *(f"revision__{column}" for column in _SHOWN))
_BY_CODE: Final = Prepared(
    lambda jurisdiction, duty: Duty.objects.filter(jurisdiction=jurisdiction, code=duty).values_list(*_ROW), jurisdiction=int, duty=str
)
_BY_ID: Final = Prepared(
    lambda jurisdiction, duty: Duty.objects.filter(jurisdiction=jurisdiction, id=duty).values_list(*_ROW), jurisdiction=int, duty=int
)
_ENTRIES: Final = Prepared(
    lambda duty, on: (
        ListEntry.objects.filter(duty=duty, recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on)
        .exclude(section=TAKEN_BACK)
        .order_by("township__key")
        .values_list(*_ENTRY)
    ),
    duty=int,
    on=date,
)


@tells_duty
def duty_standing(jurisdiction_id: int, duty: str | int, on: date) -> DutyNow | None:
    """A duty as it holds on a day, as known now: what its newest revision in force says, else what was last recorded. Two queries."""
    row = (_BY_CODE if isinstance(duty, str) else _BY_ID).first(jurisdiction=jurisdiction_id, duty=duty)
    if row is None:
        return None
    row_id, code, list_name, declared_class, necessity, *shown = row
    entries = _ENTRIES.rows(duty=row_id, on=on)
    section = ""
    if entries:
        _township, _end, list_name, section, _revision, *shown = max(entries, key=lambda entry: entry[4])
    title, track, mode, name, lead, partners = shown
    end = max((entry[1] for entry in entries), default=OPEN_END)
    return DutyNow(
        id=row_id,
        code=code,
        title=title,
        track=track,
        mode=mode,
        acts_in_name_of=name,
        lead=lead,
        partners=tuple(partners),
        holders=tuple(entry[0] for entry in entries),
        list_name=list_name,
        section=section,
        ends_on=None if end == OPEN_END else date.fromordinal(end.toordinal() - 1),
        declared_class=declared_class or "",
        necessity=necessity or "",
    )
