"""规定参数（第三条）: what the text leaves to the conference is set on finished minutes, from a later day on (decision 0024)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.conference.actions.office import ConferenceSubject, MeetingAction
from dutygate.features.conference.models import AdoptedParameter
from dutygate.law.procedure.consistency import signable
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.adopted import fits


class AdoptGiven(Given):
    """``parameters``: name -> values by track, or for "all"; null = no limit. ``guided_by``: a document of a higher body (Article 6)."""

    parameters: dict[str, dict[str, bool | int | str | None]] = Field(min_length=1, max_length=60)
    effective_from: date
    guided_by: str = Field("", max_length=200)


@register_action
class Adopt(MeetingAction):
    """规定参数. Subject: the number of the meeting on whose minutes it rests. Result: {edition, parameters: names}."""

    name = "conference.adopt"
    bumps_reference = True
    Payload: ClassVar[type[BaseModel]] = AdoptGiven

    def resolved(self, subject: ConferenceSubject, payload: Any, door: Door) -> dict[str, Any]:
        """unknown, unfit: names of parameters that the edition in force does not have, or whose values are not of their kind."""
        edition = self.edition(subject, door)
        known, steps = edition.parameters, signable(procedure_of(edition))
        return {
            **super().resolved(subject, payload, door),
            "today": door.today,
            "unknown": sorted(name for name in payload.parameters if name not in known),
            "unfit": sorted(name for name, values in payload.parameters.items() if name in known and not fits(known[name], values, steps)),
        }

    def apply(self, subject: ConferenceSubject, payload: Any, context: Context) -> None:
        """A row for each; from that day on the edition in force reads so. Every unit is told."""
        meeting, edition = subject.here, context.edition
        mark = f"（{meeting.minutes_number}）" if meeting.minutes_number else f"（{meeting.number}）"
        in_english = meeting.minutes_number or meeting.number
        for name, values in sorted(payload.parameters.items()):
            AdoptedParameter.objects.create(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                meeting=meeting,
                edition=edition.id,
                parameter=name,
                values=dict(sorted(values.items())),
                effective_from=payload.effective_from,
                source=f"联席会议规定：{meeting.title}纪要{mark}" + (f"，依据{payload.guided_by}" if payload.guided_by else ""),
                source_en=f"set by the conference: minutes of {in_english}"
                + (f", guided by {payload.guided_by}" if payload.guided_by else ""),
                guided_by=payload.guided_by,
                adopted_at=context.recorded_at,
            )
        units = [unit.id for unit in subject.directory.units.values() if unit.exists_on(context.door.today)]
        context.tell("parameters_adopted", units, title=meeting.title, day=payload.effective_from.isoformat())
        context.result.update({"edition": edition.id, "parameters": sorted(payload.parameters)})
