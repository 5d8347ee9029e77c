"""登记、确认法定依据（第一条）: the lead and the legal seat keep the bases that others only propose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import ActingPost, Action, Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.features.bases.citing import propose, rewrite
from dutygate.features.bases.facts import registered_already
from dutygate.features.bases.given import BasisGiven
from dutygate.features.bases.models import BasisChange, LegalBasis
from dutygate.features.bases.resting import Resting
from dutygate.features.cases.facts import edition_on
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import Acting, Facts, Head


@dataclass(slots=True)
class BasesSubject:
    """The bases of a jurisdiction, the one in question, what takes its place, the change to be taken back, the duties that rest on it."""

    jurisdiction_id: int
    directory: Directory
    basis: LegalBasis | None = None
    successor: LegalBasis | None = None
    change: BasisChange | None = None
    resting: list[Resting] = field(default_factory=list)


class BasisAction(Action[BasesSubject]):
    """Subject: the jurisdiction's code. Result: {basis: id as text}."""

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The chain of the jurisdiction that ``ref`` names."""
        return ref

    def load(self, ref: str, payload: Any, door: Door) -> BasesSubject:
        """The jurisdiction at the door."""
        return BasesSubject(door.jurisdiction_id, public_directory(door.jurisdiction_id, door.reference_version))

    def edition(self, subject: BasesSubject, door: Door) -> Edition:
        """The edition in force on the day of entry."""
        return edition_on(door.today, door)

    def relations(self, subject: BasesSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """牵头单位、法制审核席位, by the seats held on the day of entry: nobody acts in a seat it has left by dating an act back."""
        acting = door.acting
        if acting.unit_id is None or acting.kind not in ("handler", "signatory"):
            return frozenset()
        return roles & subject.directory.seats_of(acting.unit_id, door.today)

    def facts(self, subject: BasesSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """Only what is given."""
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), payload.model_dump())

    def subject_key(self, subject: BasesSubject) -> str:
        """The jurisdiction's code."""
        return subject.directory.jurisdiction.code


def basis_of(subject: BasesSubject, ref: str) -> LegalBasis | None:
    """The basis of this jurisdiction with that id (as text), or None."""
    return LegalBasis.objects.filter(pk=int(ref), jurisdiction_id=subject.jurisdiction_id).first()


def refuse_double(subject: BasesSubject, given: BasisGiven, but: int | None = None, path: str = "") -> None:
    """Raises Malformed where another confirmed basis says the same."""
    if (known := registered_already(subject.jurisdiction_id, given, but)) is not None:
        raise Malformed([(f"{path}title", f"registered already, as {known}")])


@register_action
class RegisterBasis(BasisAction):
    """登记法定依据: entered by the lead or the legal seat, it is confirmed from the start."""

    name = "basis.register"

    class Payload(BasisGiven):
        """One provision with its days."""

    def apply(self, subject: BasesSubject, payload: Any, context: Context) -> None:
        """A confirmed basis. Raises Malformed when the same text and article is confirmed already."""
        refuse_double(subject, payload)
        row = propose(payload, context, subject.jurisdiction_id, context.acting.unit_id, confirmed=True)
        context.result["basis"] = str(row.id)


@register_action
class ConfirmBasis(BasisAction):
    """确认法定依据: what a department proposed is right, or right with these details."""

    name = "basis.confirm"

    class Payload(Given):
        """``basis``: its id. ``given``: the details as they should read; without it, as proposed."""

        basis: str = Field(pattern=r"^[0-9]{1,18}$")
        given: BasisGiven | None = None

    def load(self, ref: str, payload: Any, door: Door) -> BasesSubject:
        """Raises Malformed when there is no such basis here, or it is confirmed already."""
        subject = super().load(ref, payload, door)
        subject.basis = basis_of(subject, payload.basis)
        if subject.basis is None or subject.basis.confirmed:
            raise Malformed([("basis", "no unconfirmed basis of that id")])
        return subject

    def apply(self, subject: BasesSubject, payload: Any, context: Context) -> None:
        """Confirmed, with the details given."""
        basis = subject.basis
        assert basis is not None
        if payload.given is not None:
            rewrite(basis, payload.given, confirmed=True)
        else:
            basis.confirmed = True
            basis.save(update_fields=["confirmed"])
        context.result["basis"] = str(basis.id)
