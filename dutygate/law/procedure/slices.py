"""The cuts in which ``law check`` walks a case: each has one group of facts in full and the others in few variants.

**Why cuts are enough.** Walked whole, the product of all groups has hundreds of millions of states that differ in nothing any rule
can see together. Rules declare the groups they read (``needs``), and reading another raises ``AttributeError``: so whether an action is
permitted is a conjunction of questions, each about one group beside head and payload, and ``effects`` writes a group from itself, the
head and the payload (exceptions: an edit lapses findings, an edit or a conclusion rewrites the negotiated opinion, parties are read from
townships and seats; the cuts ``consultation``, ``review`` and ``application`` contain these). Take any run of the whole case that breaks
a promise about one group. Replace what it does to the other groups by their good variants, which every cut contains: each step that the
run was permitted stays permitted, the group goes through the same values, and the promise breaks in the cut that has that group in full.
Promises about two groups (consent x outcome, findings x edits, scope x receipts) have a cut that has both. What a pause and an extension
write is read by their own rules alone, so one cut has them.

**What is folded** (``Slice.fold``), and why nothing is lost: a township out of scope keeps only that it was asked, since no rule reads
more of it, and if it joins again it starts afresh; a withdrawn case keeps only that nobody had decided, a refused one of
which every party was told only who was against, since nothing of it can be corrected any more; two townships with the same
roles may be exchanged, since every menu treats them alike; a finding of which any point has lapsed is only that, since its seat must
find anew before anything rests on it; the cuts that do not study findings forget them when a case goes back before the review, since
their lapse is walked in ``review``. Departments that are neither seat nor asked stand for one another; receipts are given in every order
in ``decision``, elsewhere in one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from dutygate.law.procedure import payloads as p
from dutygate.law.procedure.model import CaseState, Places
from dutygate.law.rules.facts import Assessment, Head, ReviewFacts, Township

ALL_BODIES: Final = ("banner_committee", "banner_government", "city_government")
ANSWERS: Final = ("agree", "agree_with_conditions", "disagree")
OUTCOMES: Final = ("for", "against", "return")
DEPARTMENT: Final = frozenset({"department"})
LAPSED: Final = frozenset({"content"})
TOWNSHIP: Final = frozenset({"township"})

# D applies, E is another department, L J S hold the seats (编办, 司法局, 政数局), M is a further member of the conference,
# A B C are townships, X one that nobody asks, P G W the offices of committee, government and city, and three administrators.
PLACES: Final = Places(
    kinds={
        **{unit: DEPARTMENT for unit in ("D", "E", "L", "J", "S", "M")},
        **{unit: TOWNSHIP for unit in ("A", "B", "C", "X")},
        **{unit: frozenset({body}) for unit, body in zip("PGW", ALL_BODIES, strict=True)},
        **{unit: frozenset({unit}) for unit in ("system_admin", "security_admin", "audit_admin")},
    },
    seats=(("lead", "L"), ("legal", "J"), ("services", "S")),
    members=frozenset({"L", "J", "S", "M"}),
    bodies=dict(zip(ALL_BODIES, "PGW", strict=True)),
)


@dataclass(frozen=True, slots=True)
class Slice:
    """One cut. ``initiators`` and ``tracks``: whose cases are followed (others are opened and judged, not followed)."""

    name: str
    menu: p.Menu
    initiators: tuple[str, ...]
    tracks: tuple[str, ...]
    swap: bool = False
    forget_findings: bool = False
    receipts_in_any_order: bool = False
    paper_receipts: bool = False
    one_gap: bool = False
    duty_may_end: bool = False

    def start(self) -> list[CaseState]:
        """No case yet; under the edition in force, and under a repealed one."""
        review = ReviewFacts(seats=PLACES.seats, members=PLACES.members)
        return [CaseState(Head("none"), review=review), CaseState(Head("none", edition_in_force=False), review=review)]

    def follows(self, before: CaseState, action: str, unit: str, after: CaseState) -> bool:
        """Whether the walk goes on from this step (it was judged in any case)."""
        if before.head.state == "none":
            return after.head.initiator in self.initiators and after.head.track in self.tracks
        if action == "notice.acknowledge" and not self.receipts_in_any_order:
            first = min(before.notice.pending, default=unit)
            return unit == first or (self.paper_receipts and before.notice.pending - after.notice.pending == {first})
        if self.one_gap and action == "application.edit":
            return gaps(after) <= max(1, gaps(before) - 1)
        return True

    def fold(self, state: CaseState) -> CaseState:
        """The state that stands for this one (see the head of this module)."""
        if state.head.state == "withdrawn":
            return CaseState(state.head, review=ReviewFacts(state.review.seats, members=state.review.members), decision=state.decision)
        if state.head.state == "refused" and state.notice.issued:
            state = _told(state)
        if any(not t.in_scope and t.answer for t in state.townships):
            state = state.having(townships=tuple(_out(t) for t in state.townships))
        if self.forget_findings and state.review.assessments and state.head.state in ("agreed", "consulting", "applied"):
            state = state.having(review=replace(state.review, assessments=()))
        if any(a.lapsed and a.lapsed != LAPSED for a in state.review.assessments):
            found = tuple(_lapsed(a) if a.lapsed else a for a in state.review.assessments)
            state = state.having(review=replace(state.review, assessments=found))
        return _ordered(state) if self.swap else state


def gaps(state: CaseState) -> int:
    """How many things an application lacks; a gap is judged one at a time, since every rule judges its own alone."""
    app = state.application
    lacking = [item for item in p.JUDGED if item not in app.filled]
    others = (app.necessity_stated, app.basis_kinds == {"law"}, not app.basis_not_in_force, len(app.addressed) == 3)
    marks = (not app.none_needed_without_reason, state.head.mode != "", state.head.has_end == (state.head.track == "temporary"))
    return len(lacking) + [*others, *marks].count(False)


def _told(state: CaseState) -> CaseState:
    against = tuple(line for line in state.decision.outcomes if line[1] == "against")[:1]
    townships = tuple(Township(t.unit, in_scope=t.in_scope, asked=t.asked) for t in state.townships)
    return state.having(townships=townships, decision=replace(state.decision, outcomes=against))


def _out(township: Township) -> Township:
    return township if township.in_scope else Township(township.unit, in_scope=False, asked=township.asked, department=township.department)


def _lapsed(a: Assessment) -> Assessment:
    return Assessment(a.seat, a.unit, a.points, LAPSED)


def _rank(t: Township) -> tuple[object, ...]:
    return (t.in_scope, t.asked, t.answer, t.condition, t.lapsed, t.contested, t.paper, t.out_of_time, t.joins)


def _ordered(state: CaseState) -> CaseState:
    """A and B exchanged if B ranks before A."""
    a, b = state.township("A"), state.township("B")
    if a is None or b is None or _rank(a) <= _rank(b):
        return state
    other = {"A": "B", "B": "A"}
    townships = tuple(sorted((replace(t, unit=other.get(t.unit, t.unit)) for t in state.townships), key=lambda t: t.unit))
    notice = state.notice
    if notice.issued:
        renamed: Callable[[frozenset[str]], frozenset[str]] = lambda units: frozenset(other.get(u, u) for u in units)  # noqa: E731
        notice = replace(notice, required=renamed(notice.required), pending=renamed(notice.pending))
    return state.having(townships=townships, notice=notice)


def _consultation(units: tuple[str, ...], joining: tuple[str, ...], paper: tuple[str, ...] = ANSWERS) -> Slice:
    """Every way in which townships answer, change, lapse, join, leave, contest and are corrected."""
    everyone = (*units, *joining)
    menu = [
        *p.opening(("temporary",)),
        *p.writing(units, everyone),
        *p.revising([(unit,) for unit in everyone] + ([everyone, ()] if len(everyone) > 1 else [()])),
        ("application.edit", {"emptied": ("workflow",), "touches": everyone}),
        *(("application.edit", {"add_townships": (unit,), "items": ("division",)}) for unit in joining),
        *p.replying(units, ANSWERS, paper),
        *p.conditions(units, paper=bool(paper)),
        *p.rounds(everyone),
        *p.paper_trail(units),
        *p.corrections(units, ()),
        *p.accepting(),
        *p.assessing(("none",), dissent=False),
        *p.concluding(),
        *p.deciding(("for", "return"), units),
        *p.notifying(()),
        *p.throughout(),
    ]
    name = "consultation of " + " and ".join(units) + (f", {joining[0]} joins" if joining else "")
    return Slice(name, menu, ("D",), ("temporary",), swap=len(units) > 1, forget_findings=True)


def _review(initiator: str, track: str, *, findings: tuple[str, ...], dissent: bool = False, classes: bool = False) -> Slice:
    """Findings of every seat, recusal, departments, lapses, returns from every level, dissent, refusal; a change of declared class."""
    one = ("A",)
    menu = [
        *p.opening((track,)),
        *p.writing(one, one),
        *p.revising([one]),
        *([("application.edit", {"declared_class": c}) for c in ("inspection", "public_service")] if classes else []),
        *p.replying(one, ("agree",)),
        *(p.corrections(one, ()) if dissent else []),
        *p.rounds(one),
        *p.accepting(),
        *p.substituting(("lead" if initiator == "L" else "legal",), initiator),
        *p.hearing(("E",), initiator),
        *p.assessing(findings, dissent),
        *p.concluding(),
        *p.deciding(("for", "return"), one),
        *p.notifying(one),
        *p.throughout(),
    ]
    return Slice(f"review of {initiator}", menu, (initiator,), (track,))


def _time(quick: bool) -> Slice:
    """More time and standstills, in every order, through returns and conclusions; a seat of the applicant's own if not quick."""
    one = ("A",)
    menu = [
        *p.opening(("temporary",)),
        *p.writing(one, one),
        *p.replying(one, ("agree",)),
        *p.rounds(one),
        *p.mediating(one),
        *p.accepting(),
        *p.timing(),
        *([] if quick else p.substituting(("lead",), "L")),
        *p.assessing(("none",), dissent=False),
        *p.concluding(),
        *p.deciding(("for", "return"), one),
        *p.notifying(()),
        *p.throughout(),
    ]
    return Slice("time of a review", menu, ("D",) if quick else ("D", "L"), ("temporary",), forget_findings=True)


def _decision(quick: bool) -> Slice:
    """Every combination of outcomes with consent, paper, contest and correction; refusal; every order of receipts, also from paper."""
    units = ("A",) if quick else ("A", "B")
    menu = [
        *p.opening(("regular", "temporary")),
        *p.writing(units, units),
        *p.revising([units]),
        *p.replying(("A",), ("agree",), ("agree",)),
        *p.rounds(units),
        *p.paper_trail(("A",)),
        *p.corrections(("A",), ALL_BODIES),
        *p.accepting(),
        *p.substituting(("lead",), "L"),
        *p.assessing(("none",), dissent=False),
        *p.concluding(),
        *p.deciding(OUTCOMES, units),
        *p.notifying(("A", "D")),
        *p.throughout(),
    ]
    initiators = ("D",) if quick else ("D", "L")
    both: tuple[str, ...] = ("regular", "temporary")
    return Slice("decision", menu, initiators, both, forget_findings=True, receipts_in_any_order=not quick, paper_receipts=True)


def _application(quick: bool) -> Slice:
    """Every gap of an application, one at a time, on both tracks and across a change of track."""
    one = ("A",)
    edit = "application.edit"
    gaps: p.Menu = [(edit, {"emptied": (item,), "touches": one}) for item in (p.JUDGED[:1] if quick else p.JUDGED)]
    gaps += [(edit, {"emptied": ("negotiated_opinion",)}), (edit, {"filled": ("negotiated_opinion",)})]
    gaps += [
        (edit, {field: value, "items": (item,), "touches": one})
        for field, value, item in (
            ("necessity_stated", False, "content"),
            ("basis_kinds", frozenset[str](), "legal_basis"),
            ("basis_kinds", frozenset({"policy"}), "legal_basis"),
            ("basis_not_in_force", frozenset({"old"}), "legal_basis"),
            ("addressed", frozenset({"funding"}), "safeguards"),
            ("none_needed_without_reason", frozenset({"training"}), "safeguards"),
            ("mode", "", "content"),
            ("has_end", False, "time_limit"),
        )
    ]
    gaps += [(edit, {"track": t, "has_end": t == "temporary", "touches": one}) for t in ("regular", "temporary")]
    menu = [
        *p.opening(("regular", "temporary")),
        *p.writing(one, one),
        *gaps,
        *p.replying(one, ("agree",)),
        *p.rounds(one),
        *p.accepting(),
        *p.assessing(("none",), dissent=False),
        *p.concluding(),
        *p.deciding(("for", "return"), one),
        *p.notifying(()),
        *p.throughout(),
    ]
    tracks = ("regular",) if quick else ("regular", "temporary")
    return Slice("application", menu, ("D",), tracks, forget_findings=True, one_gap=True)


def slices(quick: bool = False) -> list[Slice]:
    """All cuts of the whole walk, or the small ones of ``--quick`` (one township, no dissent, one order of receipts); cheap ones first."""
    if quick:
        consultations = [_consultation(("A",), ("C",), paper=())]
        reviews = [_review("L", "regular", findings=("none",)), _review("J", "temporary", findings=("none", "power"))]
    else:
        consultations = [_consultation(("A",), ("C",)), _consultation(("A", "B"), ())]
        reviews = [
            _review("D", "temporary", findings=("none", "power", "emergency"), dissent=True),
            _review("L", "regular", findings=("none", "power"), classes=True),
            _review("J", "temporary", findings=("none", "power")),
        ]
    return [_application(quick), _time(quick), *reviews, _decision(quick), *consultations]
