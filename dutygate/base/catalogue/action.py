"""An action: one formal thing somebody does, and the only way anything changes.

Who may do it, when, on which provision and under which rules stands in the edition's ``procedure.yaml``; a class says what it
needs to know (``Payload``), what it looks at (``load``, ``facts``), and what it changes (``apply``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from dutygate.law.rules.facts import Acting, Facts

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

ORDINALS = 1 << 20


@dataclass(frozen=True, slots=True)
class ActingPost:
    """Who is at the door: a person in one of her posts, or the system.

    ``unit`` is the unit's key, ``jurisdiction`` the code of its jurisdiction (150721; "common" for the system itself).
    ``kind`` is the post's kind (handler, signatory, system_admin, security_admin, audit_admin) or "system".
    ``on_behalf_of`` is the post of the person stood in for, or None.
    """

    user_id: int | None
    post_id: int | None
    unit_id: int | None
    unit: str
    unit_kind: str
    jurisdiction_id: int
    jurisdiction: str
    kind: str
    on_behalf_of: int | None = None

    @property
    def user_key(self) -> str:
        """The person as the rules know her."""
        return str(self.user_id) if self.user_id is not None else "system"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An action that this one brings about in a feature above: an entry of its own, in the same transaction.

    ``expected`` is what it was based on, where it was prepared before; None = it does not matter.
    """

    action: str
    subject: str
    payload: Mapping[str, Any]
    expected: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One line for the outbox: which units are told what about which subject ("": that of the action)."""

    kind: str
    units: tuple[int, ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """What every hook of an action may know about the call: who, whose chain, which day.

    ``reference_version`` tells which snapshot of units, seats and calendar holds; ``on`` is the local day of the act,
    ``today`` that of its entry (paper may be older).
    """

    acting: ActingPost
    chain: str
    jurisdiction_id: int
    reference_version: int
    on: date
    today: date


@dataclass(slots=True)
class Context:
    """What ``apply`` may use beside payload and records: the entry's times and identity. No clock, no randomness.

    ``at`` is when it was done, ``recorded_at`` when it was entered (both aware, UTC).
    ``to`` is the state that ``decide`` chose; ``touched`` the units whose tasks change, or None for "all of the case".
    """

    door: Door
    entry_id: int
    at: datetime
    recorded_at: datetime
    edition: Edition
    to: str
    follow_ups: list[FollowUp] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    touched: set[int] | None = None
    result: dict[str, Any] = field(default_factory=dict)
    _ordinal: int = 0

    @property
    def on(self) -> date:
        """The local day of the act."""
        return self.door.on

    @property
    def acting(self) -> ActingPost:
        """Who acts."""
        return self.door.acting

    @property
    def jurisdiction_id(self) -> int:
        """Whose chain this is."""
        return self.door.jurisdiction_id

    def new_id(self) -> int:
        """The next row id of this entry; the same again in a replay."""
        if self._ordinal >= ORDINALS:
            raise OverflowError("more than 2^20 rows in one action")
        self._ordinal += 1
        return self.entry_id * ORDINALS + self._ordinal - 1

    def tell(self, kind: str, units: Iterable[int], *, about: str = "", **params: Any) -> None:
        """Put a message to these units (ids) into the outbox; ``about`` another subject than the action's, if it speaks of many."""
        wanted = tuple(sorted(set(units)))
        if wanted:
            self.messages.append(Message(kind, wanted, params, about))

    def follow(self, action: str, subject: str, **payload: Any) -> None:
        """Bring about another action, after this one, in the same transaction."""
        self.follow_ups.append(FollowUp(action, subject, payload))


class Given(BaseModel):
    """What a person or program gives an action. Unknown fields are refused; text is stripped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


S = TypeVar("S")


class Action(Generic[S]):
    """One formal act. Subclasses are stateless; one instance serves all calls.

    S is what ``load`` returns: the subject, found through a scoped read (raises NotFound when the acting post may not see it).
    ``bumps_reference``: it changes units, seats, posts, the calendar or the editions that hold, so snapshots of them are made anew.
    ``under_present_edition``: on a case the edition in force decides it, and not the one under which the case was opened.
    ``signs``: what follows from it has been signed by a second person (3).
    ``confidential``: it is entered in the confidential chain beside the jurisdiction's; no number of it and no log line leaves the door.
    ``draws``: fields of the payload for which the door draws 128 random bits (32 hex digits) whatever was given; a replay reads them again.
    """

    name: ClassVar[str]
    payload_version: ClassVar[int] = 1
    internal: ClassVar[bool] = False
    common: ClassVar[bool] = False
    bumps_reference: ClassVar[bool] = False
    under_present_edition: ClassVar[bool] = False
    signs: ClassVar[bool] = False
    confidential: ClassVar[bool] = False
    draws: ClassVar[tuple[str, ...]] = ()
    Payload: ClassVar[type[BaseModel]] = Given

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """Whose chain it is entered in ("common" or a jurisdiction's code), known without reading anything."""
        return "common" if self.common else acting.jurisdiction

    def load(self, ref: str, payload: Any, door: Door) -> S:
        """The subject, read through the feature's scoped queries; the chain's head is locked already."""
        raise NotImplementedError

    def state(self, subject: S) -> str:
        """The subject's state ("none" where there is no case)."""
        return "none"

    def track(self, subject: S) -> str:
        """On which track the subject runs ("" where it is no case): parameters may differ by it."""
        return ""

    def edition(self, subject: S, door: Door) -> Edition:
        """The edition that governs this subject."""
        raise NotImplementedError

    def basis(self, subject: S) -> Mapping[str, int]:
        """What the person had before her: version tokens that a stale page no longer matches. Empty = nothing to expect."""
        return {}

    def relations(self, subject: S, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """Which of these roles the acting unit holds towards the subject."""
        raise NotImplementedError

    def acts_as(self, subject: S, payload: Any, door: Door) -> str:
        """The key of the unit whose act it is: the acting unit, or the one for whom a paper is entered."""
        return door.acting.unit

    def facts(self, subject: S, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The facts groups asked for; all others stay NOT_LOADED."""
        raise NotImplementedError

    def entered_for(self, subject: S, payload: Any, door: Door) -> int | None:
        """The unit for whom a paper act is entered (代录), or None."""
        return None

    def apply(self, subject: S, payload: Any, context: Context) -> None:
        """Change the records. Reads and writes this chain's rows only."""
        raise NotImplementedError

    def attach(self, subject: S, payload: Any, context: Context) -> None:
        """Let the files that the payload names belong to the subject; called by ``perform`` alone."""

    def move(self, subject: S, context: Context) -> None:
        """Bring the subject into ``context.to``; called by ``perform`` alone."""

    def project(self, subject: S, context: Context) -> None:
        """Bring the open tasks of the subject up to date; called by ``perform`` alone."""

    def subject_key(self, subject: S) -> str:
        """How the register names the subject: case number, duty code, unit key."""
        raise NotImplementedError
