"""立卷（第一条、第四条（一）、（四）、（五）、第十一条）: a department opens a case, or a township for a duty that it carries; forbidden
matters end here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from dutygate.base.actions.tasks import sync
from dutygate.base.catalogue.action import Action, Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import UnitInfo
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.prepared import Prepared, insert, rewrite
from dutygate.base.search.index import put
from dutygate.base.search.text import Text
from dutygate.features.cases.case_action import add_parties, board_of, resolve_unit, wanted_tasks
from dutygate.features.cases.duties import DutyNow, duty_required
from dutygate.features.cases.facts import CaseSubject, edition_on, holds_on, subject_of
from dutygate.features.cases.hooks import opened
from dutygate.features.cases.models import Case, NumberSequence
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


class OpenSubject:
    """Nothing yet: the jurisdiction in which a case will be opened, the duty that it is about, if any, and the case once it is.

    ``initiator`` is the unit whose case it will be: the acting one, or for a mandated adjustment the one that the payload names.
    """

    def __init__(self, door: Door, duty: DutyNow | None = None, initiator: UnitInfo | None = None) -> None:
        self.door = door
        self.directory = public_directory(door.jurisdiction_id, door.reference_version)
        self.duty = duty
        self.initiator = initiator
        self.case: Case | None = None

    @property
    def initiator_id(self) -> int | None:
        """The unit whose case it will be."""
        return self.initiator.id if self.initiator is not None else self.door.acting.unit_id


class OpenGiven(Given):
    """What a case is about, and the declarations of Article 1; for an exit or an adjustment the duty, and why.

    What an exit or an adjustment does not say is as it stands on the lists (typed once, reused). ``reason`` is coded, ``reason_words`` what
    is said about it. ``list_name`` and ``section``: where a duty that turns regular, or moves, is to stand.
    """

    kind: Literal["admission", "exit", "adjustment"] = "admission"
    title: str | None = Field(None, min_length=2, max_length=200, validate_default=True)
    track: Literal["regular", "temporary"] | None = Field(None, validate_default=True)
    declared_class: str | None = Field(None, max_length=30, validate_default=True)
    handles_emergency: bool = False
    mode: Literal["entrust", "assign", ""] | None = None
    acts_in_name_of: str | None = Field(None, max_length=100)
    necessity: str = Field("", max_length=2000)
    ends_on: date | None = None
    co_initiators: tuple[str, ...] = Field((), max_length=20)
    duty: str = Field("", max_length=40, validate_default=True)
    reason: str = Field("", max_length=30)
    reason_words: str = Field("", max_length=2000)
    list_name: Literal["duties", "powers", ""] = ""
    section: Literal["basic", "cooperative", "admitted", ""] = ""
    mandated: bool = False
    cause: str = Field("", max_length=120)
    initiator: str = Field("", max_length=80)

    @field_validator("title", "track", "declared_class")
    @classmethod
    def _admission_says(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and info.data.get("kind") == "admission":
            raise PydanticCustomError("missing", "Field required")
        return value

    @field_validator("duty")
    @classmethod
    def _about_a_duty(cls, value: str, info: ValidationInfo) -> str:
        kind = info.data.get("kind")
        if not value and kind in ("exit", "adjustment"):
            raise PydanticCustomError("missing", "Field required")
        if value and kind == "admission":
            raise ValueError("an admission is about no duty on the lists")
        return value


@register_action
class OpenCase(Action[OpenSubject]):
    """立卷: what the matter is, on which track, in whose name, and why it must be the township; or which duty leaves or changes, and why.

    Subject: the jurisdiction's code. Result: {number, case version and revision} of the new case.
    """

    name = "case.open"
    Payload = OpenGiven

    def load(self, ref: str, payload: Any, door: Door) -> OpenSubject:
        """The jurisdiction at the door.

        Raises NotFound for a duty that is not on its lists' record; Malformed where a case is opened in another unit's name that need not
        be, or in that of a unit that is no department.
        """
        duty = duty_required(door.jurisdiction_id, payload.duty, door.on) if payload.duty else None
        subject = OpenSubject(door, duty)
        if payload.initiator:
            subject.initiator = self._named(subject, payload)
        return subject

    def _named(self, subject: OpenSubject, payload: Any) -> UnitInfo:
        """The department in whose name an adjustment must be opened."""
        unit = resolve_unit(subject.directory, payload.initiator, "initiator")
        if not payload.mandated or subject.duty is None:
            raise Malformed([("initiator", "only of an adjustment that must be")])
        if unit.kind != "department":
            raise Malformed([("initiator", "no department")])
        return unit

    def edition(self, subject: OpenSubject, door: Door) -> Edition:
        """The edition in force on the day of entry: an act dated back does not bring back a repealed one (Article 11)."""
        return edition_on(door.today, door)

    def relations(self, subject: OpenSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """旗直相关职能部门 or a township of this jurisdiction; or a seat, if it is mandated. Which kind each may open, the rules say."""
        return standing_to_open(subject, payload, roles)

    def facts(self, subject: OpenSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """What is declared, and how the duty stands."""
        act: Mapping[str, Any] = payload.model_dump()
        edition, duty = self.edition(subject, door), subject.duty
        head = Head(
            state="none",
            kind=payload.kind,
            track=_said(payload, "track", duty) or "regular",
            initiator=subject.initiator.key if subject.initiator is not None else door.acting.unit,
            declared_class=_said(payload, "declared_class", duty) or "",
            has_end=payload.ends_on is not None,
            edition_in_force=holds_on(edition, door.on, door),
            **_towards(subject, payload),
        )
        return Facts(edition, acting, door.on, head, act)

    def apply(self, subject: OpenSubject, payload: Any, context: Context) -> None:
        """A case with the next number of the year; who applies, and co-applicants, are its parties. A text begins with the duty's."""
        co_initiators = [resolve_unit(subject.directory, ref, "co_initiators").id for ref in payload.co_initiators]
        number = next_number(context, "case", f"{subject.directory.jurisdiction.code}-{{year}}-{{last:04d}}")
        initiator, duty = subject.initiator_id, subject.duty
        assert initiator is not None
        case = Case(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            number=number,
            kind=payload.kind,
            state="none",
            title=_said(payload, "title", duty),
            initiator_id=initiator,
            handles_emergency=payload.handles_emergency,
            necessity=payload.necessity or ("" if duty is None else duty.necessity),
            edition=context.edition.id,
            edition_digest=context.edition.digest,
            opened_at=context.at,
            **{name: _said(payload, name, duty) or "" for name in ("track", "declared_class", "mode", "acts_in_name_of")},
            **_of_duty(payload, duty),
        )
        case.state = context.to
        insert(case)
        put("case", [Text(case.id, case.title, case.number)])
        add_parties(case, [case.initiator_id], "initiator", context)
        add_parties(case, [u for u in co_initiators if u != case.initiator_id], "co_initiator", context)
        if duty is not None:
            opened(case, duty, context)
        subject.case = case
        context.result.update(number=number, expected={"case": case.version})

    def project(self, subject: OpenSubject, context: Context) -> None:
        """The department's first task."""
        assert subject.case is not None
        opened: CaseSubject = subject_of(subject.case, context.door)
        sync(board_of(opened), wanted_tasks(opened, None), context.on)

    def subject_key(self, subject: OpenSubject) -> str:
        """The jurisdiction before, the case number after."""
        return subject.case.number if subject.case else subject.directory.jurisdiction.code


_SEQUENCE: Final = Prepared(
    lambda jurisdiction, kind, year: NumberSequence.objects.filter(jurisdiction=jurisdiction, kind=kind, year=year),
    jurisdiction=int,
    kind=str,
    year=int,
)


def next_number(context: Context, kind: str, pattern: str) -> str:
    """The next number of a kind in the year of entry. Numbers are given under the chain's lock and never reused."""
    year = context.door.today.year
    row = _SEQUENCE.first(jurisdiction=context.jurisdiction_id, kind=kind, year=year)
    if row is None:
        row = NumberSequence(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, kind=kind, year=year, last=1)
        insert(row)
    else:
        row.last += 1
        rewrite(row, "last")
    return pattern.format(year=year, last=row.last)


def standing_to_open(subject: OpenSubject, payload: Any, roles: frozenset[str]) -> frozenset[str]:
    """By which of these roles the unit whose case it will be may open one: people of the offices of this jurisdiction only."""
    acting, place = subject.door.acting, subject.door.jurisdiction_id
    if acting.kind == "system":
        return roles & {"system"}
    own = acting.jurisdiction_id == place and acting.kind in ("handler", "signatory")
    if not own or acting.unit_id is None:
        return frozenset()
    held = {seat for seat, unit in subject.directory.seats(subject.door.today).items() if unit == acting.unit_id}
    return roles & ({acting.unit_kind} | (held if payload.mandated else set()))


def _towards(subject: OpenSubject, payload: Any) -> dict[str, Any]:
    """How the duty stands, and the unit whose case it will be towards it."""
    duty, initiator = subject.duty, subject.initiator_id
    if duty is None or initiator is None:
        return {}
    unit = subject.directory.unit(initiator)
    township = unit.kind == "township"
    carries, leads = initiator in duty.holders, initiator == duty.lead or unit.key in duty.partners
    return {
        "duty_in_force": duty.in_force,
        "has_standing": carries if township else leads,
        "mandated": payload.mandated,
        "reason": payload.reason,
        "from_track": duty.track,
        "by_township": township,
        "duty_lead": "" if duty.lead is None else subject.directory.unit(duty.lead).key,
    }


def _said(payload: Any, name: str, duty: DutyNow | None) -> Any:
    """What is declared, or how it stands on the lists where nothing is."""
    value = getattr(payload, name)
    return getattr(duty, name) if value is None and duty is not None else value


def _of_duty(payload: Any, duty: DutyNow | None) -> dict[str, Any]:
    """What a case of an exit or an adjustment carries besides."""
    if duty is None:
        return {"ends_on": payload.ends_on}
    turns = payload.track == "regular" and duty.track == "temporary"
    return {
        "ends_on": payload.ends_on if "ends_on" in payload.model_fields_set else None if turns else duty.ends_on,
        "duty_id": duty.id,
        "from_track": duty.track,
        "reason": payload.reason,
        "reason_words": payload.reason_words,
        "mandated": payload.mandated,
        "cause": payload.cause,
        "burden": False,
        "list_name": payload.list_name,
        "section": payload.section,
    }
