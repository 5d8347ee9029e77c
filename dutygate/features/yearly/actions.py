"""年度回看（第四条（四））: one act for many duties: keep, needs adjustment, needs exit; and the reminder of the system in its month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from dutygate.base.catalogue.action import ActingPost, Action, Context, Door, Given
from dutygate.base.catalogue.errors import Conflict, Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.facts import edition_on
from dutygate.features.lists.queries import READING_POSTS, counts_of_departments
from dutygate.features.lists.queries.held import InForce, duties_in_force
from dutygate.features.yearly.models import DutyLook, LookReminder
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


@dataclass(slots=True)
class YearSubject:
    """The duties of a jurisdiction in a year; ``known`` by code, those of the payload that are in force."""

    code: str
    directory: Directory
    known: dict[str, InForce]


class _OfAYear(Action[YearSubject]):
    """Subject: the jurisdiction's code."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The jurisdiction's chain."""
        return ref

    def edition(self, subject: YearSubject, door: Door) -> Edition:
        """The edition in force on the day of entry."""
        return edition_on(door.today, door)

    def look_up(self, subject: YearSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """What the rules must know beside the payload."""
        return {}

    def facts(self, subject: YearSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload and what was looked up, for whoever may act at all."""
        found = self.look_up(subject, payload, door) if acting.relations else {}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), act={**payload.model_dump(mode="json"), **found})

    def subject_key(self, subject: YearSubject) -> str:
        """The jurisdiction's code."""
        return subject.code


class LookLine(Given):
    """One duty by code, and what was found; ``reason`` where it needs something."""

    duty: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    outcome: Literal["keep", "adjust", "exit"]
    reason: str = Field("", max_length=2000)


class ReviewGiven(Given):
    """The year that is looked at, and the duties."""

    year: int = Field(ge=2024, le=2200)
    lines: tuple[LookLine, ...] = Field(min_length=1, max_length=5000)

    @model_validator(mode="after")
    def names_each_once(self) -> Self:
        """No duty is named twice."""
        if len({line.duty for line in self.lines}) != len(self.lines):
            raise ValueError("a duty is named twice")
        return self


@register_action
class Review(_OfAYear):
    """年度回看. Result: {keep, adjust, exit}: how many. What needs something leads to the prepared form; nothing changes by itself."""

    name = "duty.review"
    Payload: ClassVar[type[BaseModel]] = ReviewGiven

    def load(self, ref: str, payload: Any, door: Door) -> YearSubject:
        """The duties that are named, as they are in force on the day of entry. Raises Malformed for a year to come."""
        if payload.year > door.today.year:
            raise Malformed([("year", "lies in the future")])
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        named = duties_in_force(door.acting, door.jurisdiction_id, door.today, codes=[line.duty for line in payload.lines])
        return YearSubject(ref, directory, {duty.code: duty for duty in named})

    def relations(self, subject: YearSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The lead by its seat; a department of the jurisdiction."""
        acting = door.acting
        if acting.kind not in READING_POSTS or acting.unit_id is None or acting.jurisdiction_id != door.jurisdiction_id:
            return frozenset()
        held = set(subject.directory.seats_of(acting.unit_id, door.today)) & {"lead"}
        return roles & (held | ({"department"} if acting.unit_kind == "department" else set()))

    def look_up(self, subject: YearSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Which duties are not in force, or not the unit's to look at; which need something without a reason."""
        acting = door.acting
        leads = subject.directory.seats(door.today).get("lead") == acting.unit_id
        mine = {code for code, duty in subject.known.items() if leads or duty.lead == acting.unit_id}
        return {
            "not_in_force": [line.duty for line in payload.lines if line.duty not in mine],
            "without_reason": [line.duty for line in payload.lines if line.outcome != "keep" and not line.reason],
        }

    def apply(self, subject: YearSubject, payload: Any, context: Context) -> None:
        """A row for each duty; where the lead finds that something is needed, the department is told."""
        unit = context.acting.unit_id
        assert unit is not None
        rows = [
            DutyLook(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                duty_id=subject.known[line.duty].id,
                year=payload.year,
                unit_id=unit,
                outcome=line.outcome,
                reason=line.reason,
                looked_at=context.at,
            )
            for line in payload.lines
        ]
        DutyLook.objects.bulk_create(rows, batch_size=1000)
        lead = subject.directory.seats(context.door.today).get("lead")
        for line in payload.lines:
            duty = subject.known[line.duty]
            told = {duty.lead, lead} - {None, unit}
            if line.outcome != "keep" and told:
                units = [one for one in told if one is not None]
                context.tell("duty_needs_something", units, about=duty.code, title=duty.title, reason=line.reason[:100])
        context.result |= {name: sum(1 for line in payload.lines if line.outcome == name) for name in ("keep", "adjust", "exit")}


@register_action
class RemindReview(_OfAYear):
    """提醒年度回看, of the system, once a year: lead and departments are told how many duties are theirs to look at."""

    name = "duty.remind_review"
    internal = True

    class Payload(Given):
        """Which year."""

        year: int

    def load(self, ref: str, payload: Any, door: Door) -> YearSubject:
        """Once for each year. Raises Conflict."""
        if LookReminder.objects.filter(jurisdiction=door.jurisdiction_id, year=payload.year).exists():
            raise Conflict(detail=f"{payload.year} was reminded of already")
        return YearSubject(ref, public_directory(door.jurisdiction_id, door.reference_version), {})

    def relations(self, subject: YearSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The system alone."""
        return roles & {door.acting.kind}

    def apply(self, subject: YearSubject, payload: Any, context: Context) -> None:
        """The reminder is on record; townships are told nothing, since nothing is asked of them."""
        LookReminder.objects.create(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, year=payload.year, on=context.door.today)
        counts = counts_of_departments(context.acting, context.jurisdiction_id, context.door.today)
        for unit, count in sorted(counts.items()):
            context.tell("duties_to_look_at", [unit], year=payload.year, count=count)
        lead = subject.directory.seats(context.door.today).get("lead")
        if lead is not None:
            every = len(duties_in_force(context.acting, context.jurisdiction_id, context.door.today))
            context.tell("duties_to_look_at", [lead], year=payload.year, count=every)
        context.result["told"] = len(counts)
