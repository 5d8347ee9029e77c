"""The machine: random people do random actions on a case, and after each everything is compared (Articles 1, 3, 4.1-4.4, 7, 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, ClassVar

from hypothesis import event, target
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from dutygate.law.procedure.model import Places, tasks_of
from dutygate.law.procedure.table import procedure_of
from tests.proof.machine_attempt import Attempt, Seen
from tests.proof.machine_desk import Desk
from tests.proof.machine_menu import OPENING
from tests.proof.machine_menu_review import ELSEWHERE, menu
from tests.proof.machine_progress import well_done
from tests.proof.machine_walk import ENTERED, Walk
from tests.world import World

APPLICANTS = ("forestry", "forestry", "forestry2", "lead", "lead2", "legal")
HOW = ("program",) * 7 + ("page", "page", "stale", "bare", "twice")
DAYS_AGO = (0,) * 11 + (3, 40)
DAYS = (1, 8, 100)
TRACKS = ("regular", "temporary")
AFTER_THE_END = 4
"""How often people still try something in a case that has ended, before another one is opened."""
KINDS = ("task",) * 10 + ("right person",) * 6 + ("anybody",) * 3 + ("nobody",)


class Clock:
    """The world's time, which passes only when nobody acts."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.passed


class Machine(RuleBasedStateMachine):
    """One example is one case. What all examples share is set on a subclass by the test."""

    world: ClassVar[World]
    places: ClassVar[Places]
    seen: ClassVar[Seen]
    clock: ClassVar[Clock]
    after_each: ClassVar[Callable[[Walk], None]]

    @initialize(applicant=st.sampled_from(APPLICANTS), track=st.sampled_from(TRACKS), whole=st.integers(0, 2))
    def somebody_opens_a_case(self, applicant: str, track: str, whole: int) -> None:
        """立卷, with or without all that it will need."""
        self.reached: set[str] = set()
        self.tried: Counter[str] = Counter()
        self.chance, self.ended = Random(whole), 0
        self._open(applicant, track, whole)

    def _open(self, applicant: str, track: str, whole: int) -> None:
        self.walk = Walk(self.world, self.places, self.seen, applicant)
        self.desk = Desk(self.walk)
        said = {**OPENING, "track": track}
        if track == "temporary" and whole:
            said["ends_on"] = self.world.today + timedelta(days=90)
        if not whole:
            said |= {"necessity": "", "mode": ""}
        self.attempt(Attempt(applicant, "case.open", said))
        if whole == 2:
            text = {**self.desk.whole_text(), "townships": self.desk.townships}
            self.attempt(Attempt(applicant, "application.edit", text))

    @rule(kind=st.sampled_from(KINDS), seed=st.integers(0, 2**64 - 1))
    def somebody_acts(self, kind: str, seed: int) -> None:
        """Half of the time an open task is done well; else somebody who may tries anything, or anybody does; seldom nobody does."""
        self.chance = Random(f"{self.chance.random()} {kind} {seed}")  # one other step makes all later ones others, too
        pick = self.chance.choice
        self.ended += self.walk.ended
        if self.ended > AFTER_THE_END:
            self.ended = 0
            type(self).after_each(self.walk)
            self._open(pick(APPLICANTS), pick(TRACKS), pick((0, 1, 2)))
            return
        if kind == "nobody":
            self.clock.passed += timedelta(days=pick(DAYS))
            self.walk.time_passed()
            return
        attempt = self._task(pick) if kind == "task" else self._anything(pick, right=kind == "right person")
        if attempt is not None:
            self.attempt(attempt)

    def attempt(self, attempt: Attempt) -> None:
        """Do it, and count it for the report."""
        came = self.walk.attempt(attempt)
        event(f"{attempt.action} {came}")
        self.reached.add(self.walk.state.head.state)

    def _task(self, pick: Callable[[Sequence[Any]], Any]) -> Attempt | None:
        tasks = sorted(tasks_of(self.walk.edition, self.walk.state, self.places))
        waiting = [n for n, correction in enumerate(self.walk.memory.corrections, start=1) if not correction.confirmed]
        if waiting and (not tasks or pick((True, False))):
            return self._confirmation(pick(waiting))
        return well_done(pick(tasks), self.desk, pick) if tasks else None

    def _confirmation(self, number: int) -> Attempt | None:
        """A second person of the unit that entered it confirms a correction, whatever has happened since."""
        correction = self.walk.memory.corrections[number - 1]
        word = self.walk.memory.words.get((correction.target, correction.field))
        who = self.desk.another(word.unit, {correction.user}) if word is not None else None
        return None if who is None else Attempt(who, "record.confirm", {"correction": number})

    def _anything(self, pick: Callable[[Sequence[Any]], Any], *, right: bool) -> Attempt:
        """Somebody whose role and time it is tries anything, or anybody anything at any time."""
        procedure, state = procedure_of(self.walk.edition), self.walk.state.head.state
        names = [
            name
            for name, rows in procedure.rows.items()
            if name not in ELSEWHERE and (not right or any(state in row.sources for row in rows))
        ]
        if right:  # what was tried least in this example comes first
            names = [name for name in names if name not in ENTERED or self.walk.memory.may_be_tried(name)] or [
                name for name in procedure.rows if name not in ELSEWHERE
            ]
            names = sorted(names, key=lambda name: self.tried[name])[: max(3, len(names) // 2)]
        action = pick(names)
        self.tried[action] += 1
        people = sorted(self.world.people)
        who = pick(self.walk.people_for(action) or people if right else people)
        lines = menu(action, self.desk, who)
        formed = [line for line in lines if not line.malformed]
        line = pick(lines if pick(range(8)) == 0 or not formed else formed)
        how = "program" if action == "case.open" or line.payload.get("entered_for") else pick(HOW)
        if action == "decision.record" and self.walk.may_be_set(who, line.payload) and pick((True, False)):
            how = "set"
        return Attempt(who, action, line.payload, line.malformed, how, pick(DAYS_AGO))

    def teardown(self) -> None:
        """The end of an example: the chain holds up to here."""
        if hasattr(self, "walk"):
            target(float(len(self.reached)), label="states reached")
            for state in self.reached:
                event(f"reached {state}")
            type(self).after_each(self.walk)
