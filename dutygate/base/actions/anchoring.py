"""封存、锚定（第八条）: once a day the confidential chain is sealed and its head tied into the jurisdiction's chain, whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.actions.days import local_day
from dutygate.base.actions.sweep import Due, swept
from dutygate.base.catalogue.action import ActingPost, Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.actions.office import OfficeAction
from dutygate.base.organizations.queries import public_jurisdictions
from dutygate.base.register.anchors import last_anchor, last_seal
from dutygate.base.register.chains import code_beside, confidential_key


@dataclass(frozen=True, slots=True)
class ChainSubject:
    """The jurisdiction whose confidential chain it is."""

    jurisdiction: str


class _Daily(OfficeAction[ChainSubject]):
    """Of the system alone. Subject: the jurisdiction's code. Its entry is all that it leaves."""

    internal = True

    def load(self, ref: str, payload: Any, door: Door) -> ChainSubject:
        """The jurisdiction at the door."""
        return ChainSubject(code_beside(door.chain))

    def subject_key(self, subject: ChainSubject) -> str:
        """The jurisdiction's code."""
        return subject.jurisdiction

    def apply(self, subject: ChainSubject, payload: Any, context: Context) -> None:
        """Nothing but the entry."""


@register_action
class Seal(_Daily):
    """封存: an entry of the confidential chain with random bits, to which its hash and the head before it are tied."""

    name = "register.seal"
    confidential = True
    draws = ("salt",)

    class Payload(Given):
        """``salt`` is drawn at the door."""

        day: date
        salt: str = Field("", pattern="^([0-9a-f]{32})?$")

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The confidential chain beside the jurisdiction's."""
        return confidential_key(ref)


@register_action
class Anchor(_Daily):
    """锚定: the commitment to the head of the confidential chain, in the jurisdiction's."""

    name = "register.anchor"

    class Payload(Given):
        """``commitment``: as ``register.anchors`` makes it from the day's seal."""

        day: date
        commitment: str = Field(pattern="^[0-9a-f]{64}$")


def _code(jurisdiction_id: int) -> str:
    return next(place.code for place in public_jurisdictions() if place.id == jurisdiction_id)


@swept
def seals(jurisdiction_id: int, today: date) -> Iterator[Due]:
    """One seal a day."""
    code = _code(jurisdiction_id)
    last = last_seal(code)
    if last is None or local_day(last.recorded_at) < today:
        yield Due("register.seal", code, {"day": today.isoformat()}, counted=False)


@swept
def anchors(jurisdiction_id: int, today: date) -> Iterator[Due]:
    """The newest seal, where it is not anchored yet; looked for after the seal of the day was made."""
    code = _code(jurisdiction_id)
    last = last_seal(code)
    if last is not None and last_anchor(code) != last.commitment:
        yield Due("register.anchor", code, {"day": today.isoformat(), "commitment": last.commitment}, counted=False)
