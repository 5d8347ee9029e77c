"""立卷（第一条、第四条（一）、第十一条）: a department opens a case; forbidden matters end here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field

from dutygate.base.actions.tasks import sync
from dutygate.base.catalogue.action import Action, Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.queries import public_directory
from dutygate.base.search.index import put
from dutygate.base.search.text import Text
from dutygate.features.cases.case_action import add_parties, board_of, resolve_unit, wanted_tasks
from dutygate.features.cases.facts import CaseSubject, edition_on, holds_on, subject_of
from dutygate.features.cases.models import Case, NumberSequence
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


class OpenSubject:
    """Nothing yet: the jurisdiction in which a case will be opened, and the case once it is."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.directory = public_directory(door.jurisdiction_id, door.reference_version)
        self.case: Case | None = None


@register_action
class OpenCase(Action[OpenSubject]):
    """立卷: what the matter is, on which track, in whose name, and why it must be the township.

    Subject: the jurisdiction's code. Result: {number, case version and revision} of the new case.
    """

    name = "case.open"

    class Payload(Given):
        """职责名称 and the declarations of Article 1."""

        title: str = Field(min_length=2, max_length=200)
        kind: Literal["admission"] = "admission"
        track: Literal["regular", "temporary"]
        declared_class: str = Field(max_length=30)
        handles_emergency: bool = False
        mode: Literal["entrust", "assign", ""] = ""
        acts_in_name_of: str = Field("", max_length=100)
        necessity: str = Field("", max_length=2000)
        ends_on: date | None = None
        co_initiators: tuple[str, ...] = Field((), max_length=20)

    def load(self, ref: str, payload: Any, door: Door) -> OpenSubject:
        """The jurisdiction at the door."""
        return OpenSubject(door)

    def edition(self, subject: OpenSubject, door: Door) -> Edition:
        """The edition in force on the day of entry: an act dated back does not bring back a repealed one (Article 11)."""
        return edition_on(door.today, door)

    def relations(self, subject: OpenSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """旗直相关职能部门 or a township of this jurisdiction; which kind of case each may open, the rules say."""
        acting = door.acting
        own = acting.jurisdiction_id == door.jurisdiction_id and acting.kind in ("handler", "signatory")
        return roles & {"department", "township"} & {acting.unit_kind} if own else frozenset()

    def facts(self, subject: OpenSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """Only what is declared."""
        act: Mapping[str, Any] = payload.model_dump()
        edition = self.edition(subject, door)
        head = Head(state="none", track=payload.track, has_end=payload.ends_on is not None, edition_in_force=holds_on(edition, door.on, door))
        return Facts(edition, acting, door.on, head, act)

    def apply(self, subject: OpenSubject, payload: Any, context: Context) -> None:
        """A case with the next number of the year; the department and its co-applicants are its parties."""
        co_initiators = [resolve_unit(subject.directory, ref, "co_initiators").id for ref in payload.co_initiators]
        number = next_number(context, "case", f"{subject.directory.jurisdiction.code}-{{year}}-{{last:04d}}")
        assert context.acting.unit_id is not None
        case = Case(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            number=number,
            kind=payload.kind,
            track=payload.track,
            state="none",
            title=payload.title,
            initiator_id=context.acting.unit_id,
            declared_class=payload.declared_class,
            handles_emergency=payload.handles_emergency,
            mode=payload.mode,
            acts_in_name_of=payload.acts_in_name_of,
            necessity=payload.necessity,
            ends_on=payload.ends_on,
            edition=context.edition.id,
            edition_digest=context.edition.digest,
            opened_at=context.at,
        )
        case.state = context.to
        case.save(force_insert=True)
        put("case", [Text(case.id, case.title, case.number)])
        add_parties(case, [case.initiator_id], "initiator", context)
        add_parties(case, [u for u in co_initiators if u != case.initiator_id], "co_initiator", context)
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


def next_number(context: Context, kind: str, pattern: str) -> str:
    """The next number of a kind in the year of entry. Numbers are given under the chain's lock and never reused."""
    year = context.door.today.year
    row = NumberSequence.objects.filter(jurisdiction=context.jurisdiction_id, kind=kind, year=year).first()
    if row is None:
        row = NumberSequence(id=context.new_id(), jurisdiction_id=context.jurisdiction_id, kind=kind, year=year, last=1)
        row.save(force_insert=True)
    else:
        row.last += 1
        row.save(update_fields=["last"])
    return pattern.format(year=year, last=row.last)
