"""事项 as a case of exit or adjustment finds it (Articles 4.4, 4.5): who hands it over, who carries it, since when and until when."""

from __future__ import annotations

from datetime import date

from dutygate.features.cases.duties import DutyNow, tells_duty
from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, ListEntry

TAKEN_BACK = "taken_back"
"""上级收回: it stands on a township's list as what the township no longer does."""
_SHOWN = ("title", "track", "mode", "acts_in_name_of", "lead_unit_id", "co_leads")


@tells_duty
def duty_standing(jurisdiction_id: int, duty: str | int, on: date) -> DutyNow | None:
    """A duty as it holds on a day, as known now: what its newest revision in force says, else what was last recorded. Two queries."""
    named = {"code": duty} if isinstance(duty, str) else {"id": duty}
    row = Duty.objects.select_related("case").filter(jurisdiction=jurisdiction_id, **named).first()
    if row is None:
        return None
    rows = ListEntry.objects.filter(duty=row, recorded_to=OPEN_MOMENT, valid_from__lte=on, valid_to__gt=on).exclude(section=TAKEN_BACK)
    entries = list(rows.select_related("revision").order_by("township__key"))
    newest = max(entries, key=lambda entry: entry.revision.revision, default=None)
    shown = row if newest is None else newest.revision
    end = max((entry.valid_to for entry in entries), default=OPEN_END)
    title, track, mode, name, lead, partners = (getattr(shown, field) for field in _SHOWN)
    return DutyNow(
        id=row.id,
        code=row.code,
        title=title,
        track=track,
        mode=mode,
        acts_in_name_of=name,
        lead=lead,
        partners=tuple(partners),
        holders=tuple(entry.township_id for entry in entries),
        list_name=row.list_name if newest is None else newest.list_name,
        section="" if newest is None else newest.section,
        ends_on=None if end == OPEN_END else date.fromordinal(end.toordinal() - 1),
        declared_class="" if row.case is None else row.case.declared_class,
        necessity="" if row.case is None else row.case.necessity,
    )
