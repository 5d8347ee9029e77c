"""What the rules look at: one case, as plain values (Articles 1-4.3, 5, 7).

The same shapes are filled from the tables by ``features/*/facts.py`` and by the exhaustive walk of ``law check``; a rule
cannot tell which. Everything is immutable and hashable, so that a whole case is one state of the walk.

Units are plain strings: the unit's key in the tables, an invented letter in the walk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

SAFEGUARD_KINDS: Final = ("funding", "technical", "training")
CONSENT: Final = ("agree", "agree_with_conditions")


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: a person (``user``) in one post of a ``unit``, and how that unit stands to the subject.

    ``relations`` are the roles of ``procedure.yaml`` (initiator, lead, township_asked ...) that hold at this moment.
    """

    user: str
    unit: str
    relations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Head:
    """办件: what is always known of a case.

    The second half is said of exits and adjustments alone (4.4, 4.5); an admission leaves it as it is. ``has_standing``: the unit that
    opens leads or co-leads the duty (a department), or holds it (a township). ``burden``: content or scope grows. ``mandated``: opened
    because a law or a unit changed. ``reason``: its code in the edition. ``from_track``: the track of the duty as it stands.
    ``duty_lead``: the department that leads it.
    """

    state: str
    kind: str = "admission"
    track: str = "regular"
    outcome: str = ""
    initiator: str = ""
    declared_class: str = "public_service"
    handles_emergency: bool = False
    mode: str = ""
    has_end: bool = False
    returned: bool = False
    edition_in_force: bool = True
    duty_in_force: bool = True
    has_standing: bool = True
    burden: bool = False
    mandated: bool = False
    reason: str = ""
    from_track: str = ""
    by_township: bool = False
    duty_lead: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """书面申请 as it stands now (4.1; 1 for necessity, mode and basis; 5 for the safeguards)."""

    filled: frozenset[str] = frozenset()
    necessity_stated: bool = False
    basis_kinds: frozenset[str] = frozenset()
    basis_not_in_force: frozenset[str] = frozenset()
    addressed: frozenset[str] = frozenset()
    none_needed_without_reason: frozenset[str] = frozenset()
    changed_since_round: bool = False


@dataclass(frozen=True, slots=True)
class Township:
    """乡镇意见: how one township stands in one case (4.1).

    ``answer``: "" (silent), "agree", "agree_with_conditions", "disagree".
    ``condition``: "" (none), "open", "answered", "settled": the worst of its conditions.
    ``lapsed``: what it answered to has been changed since. ``contested``: a paper entry it objected to.
    ``paper``: "" (its own entry), "unchecked" or "checked" (entered for it; original seen by the lead).

    In an exit or adjustment it is whoever is asked, and a department may be (``department``). ``joins``: it does not carry the duty yet.
    ``out_of_time``: its time to reply has passed, or its silence was recorded as no reply; of an admission this is never said.
    """

    unit: str
    in_scope: bool = True
    asked: bool = False
    answer: str = ""
    condition: str = ""
    lapsed: bool = False
    contested: bool = False
    paper: str = ""
    out_of_time: bool = False
    joins: bool = False
    department: bool = False

    @property
    def answered(self) -> bool:
        """It has said something in writing that it does not contest."""
        return bool(self.answer) and not self.contested

    @property
    def consents(self) -> bool:
        """It agreed in writing to the text as it stands, and nothing of what it asked for is open."""
        if not self.answered or self.lapsed or self.answer not in CONSENT:
            return False
        return self.answer == "agree" or self.condition == "settled"


@dataclass(frozen=True, slots=True)
class Assessment:
    """审核: what one seat found (4.2). ``lapsed``: focus points whose items were changed afterwards."""

    seat: str
    unit: str
    points: frozenset[str] = frozenset()
    lapsed: frozenset[str] = frozenset()
    excluded_power: str = ""
    emergency: str = ""
    necessity: str = ""
    recommends: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """相关部门: ``status`` is "open", "answered" or "no_reply" (asked, and out of time: 未反馈)."""

    unit: str
    status: str = "open"


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """审核 (4.2). ``seats``: (seat, unit that sits in it in this case), recusals already applied.

    ``meeting_held``, ``round_held``: a meeting, a written round of the conference whose minutes are finished has dealt with the text as it
    stands; looked up only where the edition asks for one.
    ``paused``: its clock stands still. ``pauses`` and ``extensions`` count those of this review, which begins with its acceptance and
    ends when it is concluded or returned (3).
    """

    seats: tuple[tuple[str, str], ...] = ()
    assessments: tuple[Assessment, ...] = ()
    asked: tuple[Asked, ...] = ()
    conclusion: str = ""
    meeting_held: bool = False
    round_held: bool = False
    members: frozenset[str] = frozenset()
    earlier_terms: int = 0
    paused: bool = False
    pauses: int = 0
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """批准 (4.3): the outcomes recorded since the case was last sent up, as (body, outcome)."""

    needed: tuple[str, ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()

    def outcome_of(self, body: str) -> str:
        """The outcome of one body, or "" while it has recorded none."""
        return next((outcome for name, outcome in self.outcomes if name == body), "")


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """书面告知 (4.2, 4.4): who must be told, and who has not yet acknowledged. ``on_paper``: whose receipt another unit entered;
    ``contested``: who has objected to it after the case was done, the original not shown yet.
    """

    required: frozenset[str] = frozenset()
    issued: bool = False
    pending: frozenset[str] = frozenset()
    on_paper: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """线索 as it stands (7, 8). ``answered``: the body concerned has answered what was put to it last; ``time_over``: its time to do so has
    passed. ``finding``: "", "handed_down", "unfounded" or "emergency". ``corrected``: a correction was confirmed.
    """

    answered: bool = False
    time_over: bool = False
    finding: str = ""
    corrected: bool = False


class _NotLoaded:
    """Stands where a group of facts was not asked for; any use of it is a rule that forgot to declare its needs."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"facts group not loaded (declare it in needs=...): .{name}")

    def __iter__(self) -> Any:
        raise AttributeError("facts group not loaded (declare it in needs=...)")

    def __bool__(self) -> bool:
        raise AttributeError("facts group not loaded (declare it in needs=...)")


NOT_LOADED: Final[Any] = _NotLoaded()


@dataclass(slots=True)
class Facts:
    """All that a decision may look at. Groups that no guard of the action needs stay ``NOT_LOADED``.

    ``act`` is the action's payload as plain values, with what the face resolved (``touches``, ``already`` ...).
    ``own`` is the acting township's standing, ``target`` the one that the payload names.
    """

    edition: Edition
    acting: Acting
    on: date
    head: Head
    act: Mapping[str, Any] = field(default_factory=dict)
    application: ApplicationFacts = NOT_LOADED
    townships: tuple[Township, ...] = NOT_LOADED
    own: Township | None = NOT_LOADED
    target: Township | None = NOT_LOADED
    review: ReviewFacts = NOT_LOADED
    decision: DecisionFacts = NOT_LOADED
    notice: NoticeFacts = NOT_LOADED
    report: ReportFacts = NOT_LOADED

    def scope(self) -> tuple[Township, ...]:
        """The townships that are in scope now, in the order given."""
        return tuple(t for t in self.townships if t.in_scope)


GROUPS: Final = ("application", "townships", "own", "target", "review", "decision", "notice", "report")
