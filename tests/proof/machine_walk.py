"""One case on a random walk: each attempt is foretold by the law's own model, done through the door, and compared (Articles 3, 4.1-4.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dutygate.base.actions import clock
from dutygate.base.actions.now import open_to
from dutygate.base.actions.perform import Outcome, perform
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotDone, NotFound, Refused
from dutygate.features.cases.models import Case
from dutygate.law.procedure.engine import Permit, Refuse, decide
from dutygate.law.procedure.invariants import Step
from dutygate.law.procedure.model import ON, CaseState, Places, facts_for, paper_relations, relations, tasks_of
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules.facts import Acting, Head, ReviewFacts
from tests.proof.abstract import abstract, differences, directory_of, stored_tasks
from tests.proof.machine_attempt import Attempt, Seen
from tests.proof.machine_meaning import Teller, meaning, outcome_of
from tests.proof.machine_memory import Memory, remember
from tests.proof.machine_promises import broken_promises, waited
from tests.proof.machine_rows import Rows, changed, entries_in, rows_of
from tests.rows import rows
from tests.world import BANNER, World

ENTERED = ("record.correct", "record.confirm")
HANDED = ("case.reassign", "case.stand_in")
KINDS = {Refused: "refused", NotAllowed: "denied", Conflict: "conflict", NotFound: "not found", Malformed: "malformed"}
FORETOLD = {"role": ("denied", "not found"), "state": ("conflict", "not found"), "rule": ("refused",)}


class Walk:
    """One case and everybody around it. ``state`` is the stored case as the law's model has it."""

    def __init__(self, world: World, places: Places, seen: Seen, initiator: str) -> None:
        self.world, self.places, self.seen = world, places, seen
        self.edition: Edition = package_editions()["arun_2024_15"]
        self.memory = Memory(world.people[initiator].unit)
        self.nothing = CaseState(Head("none"), review=ReviewFacts(seats=places.seats, members=places.members))
        self.state = self.nothing
        self.case_id = 0
        self.log: list[str] = []
        self._rows: Rows | None = None
        self._keys = 0

    @property
    def ended(self) -> bool:
        """Whether the case is done or withdrawn."""
        return procedure_of(self.edition).states[self.state.head.state].final

    def attempt(self, a: Attempt) -> str:
        """Do it, compare everything, and say what became of it."""
        self.log.append(str(a))
        acting = self.world.people[a.who]
        before = self.nothing if a.action == "case.open" else self.on_day(a.days_ago)
        act = {} if a.malformed else meaning(a.action, a.payload, self._teller(acting, before))
        mine = Acting(acting.user_key, str(act.get("entered_for") or acting.unit), self._held(acting, a, act, before))
        foretold = None if a.malformed else self._foretell(a, before, mine, act)
        if self.case_id and self._rows is None and (not isinstance(foretold, Permit) or a.how in ("stale", "bare") or a.action in ENTERED):
            self._rows = rows_of(self.case_id)
        seq = entries_in(BANNER)
        basis = self._basis(a, acting, foretold)
        came = self._perform(a, acting, basis)
        kind = "permitted" if isinstance(came, Outcome) else KINDS[type(came)]
        self.seen.attempts[a.action, kind] += 1
        try:
            self._agrees(a, foretold, kind, came, basis)
            if isinstance(came, Outcome) and isinstance(foretold, Permit):
                step = Step(self.edition, self.places, before, before, a.action, acting.unit, acting.user_key, act)
                self._permitted(a, step, mine, foretold, came, seq)
            else:
                self._left_alone(a, kind, seq)
        except AssertionError as wrong:
            told = f"foretold {foretold}, came {kind}: {came}" if kind != "permitted" else f"foretold {foretold}, permitted"
            story = "\n  ".join(self.log[-15:])
            raise AssertionError(f"{wrong}\n{told}\nin {self.memory.number}, {before.head}\n  {story}") from wrong
        return kind

    def on_day(self, days_ago: int) -> CaseState:
        """The stored case as it is for an act of that day."""
        if not days_ago or not self.case_id:
            return self.state
        return abstract(self.memory.number, self.world, self.world.today - timedelta(days=days_ago))

    def time_passed(self) -> None:
        """Nobody did anything: comments may have run out of time, and nothing else is otherwise."""
        before, self.state = self.state, abstract(self.memory.number, self.world)
        assert not (found := differences(self.state, waited(before, self.state))), found
        self._tasks_agree()

    def people_for(self, action: str) -> list[str]:
        """The people whose unit holds a role for this action now, or who may enter a paper for one that does."""
        procedure = procedure_of(self.edition)
        if action in ENTERED:
            units = {word.unit for word in self.memory.words.values()}
            return sorted(role for role, p in self.world.people.items() if p.unit in units and p.kind == "handler")
        wanted = procedure.roles_of(action)
        everybody = sorted((role, p) for role, p in self.world.people.items() if p.kind == "handler")
        if "task_holder" in wanted:
            units = {task.unit for task in tasks_of(self.edition, self.state, self.places)}
            return [role for role, p in everybody if p.unit in units]
        return [role for role, p in everybody if wanted & relations(self.state, p.unit, self.places)]

    def may_be_set(self, who: str, payload: Mapping[str, Any]) -> bool:
        """Whether a document for several cases can say this: its own body, number and date, entered by itself."""
        office = self.places.bodies.get(str(payload.get("body")))
        whole = bool(payload.get("document_number") and payload.get("dated_on")) and not payload.get("entered_for")
        return whole and office == self.world.people[who].unit

    def _promised(self) -> bool:
        """Whether the duty that this case brought about came with support for a township that now carries it."""
        entries = rows("lists.ListEntry", duty__case=self.case_id).select_related("revision", "township")
        return any(one["needed"] and one["township"] in ("", entry.township.key) for entry in entries for one in entry.revision.support)

    def _teller(self, acting: ActingPost, before: CaseState) -> Teller:
        people = self.world.people.items()
        names = frozenset(role.replace("_", ".") for role, p in people if p.unit == acting.unit and p.kind == "handler")
        directory = directory_of(self.world)
        units = {unit.key: unit.id for unit in directory.units.values()}
        return Teller(self.edition, before, self.memory, acting.user_key, acting.unit, names, units, directory.calendar(), self.world.today)

    def _held(self, acting: ActingPost, a: Attempt, act: Mapping[str, Any], before: CaseState) -> frozenset[str]:
        """The roles towards the case of the unit whose act it is; an administrator's post has none."""
        if acting.kind != "handler":
            return frozenset()
        if a.action in ENTERED:
            word = self.memory.word_of(a.action, a.payload)
            return frozenset({"entered_it"}) if word is not None and word.unit == acting.unit else frozenset()
        if act.get("entered_for"):
            return paper_relations(before, acting.unit, a.action, act, self.places)
        held = relations(before, acting.unit, self.places)
        owes = a.action in HANDED and any(t.unit == acting.unit for t in tasks_of(self.edition, before, self.places))
        return held | {"task_holder"} if owes else held

    def _foretell(self, a: Attempt, before: CaseState, mine: Acting, act: Mapping[str, Any]) -> Permit | Refuse:
        """What the law says to the model of this case."""
        facts = facts_for(self.edition, before, mine, act)
        if not before.notice.issued:
            facts.notice = before.notice
        return decide(self.edition, a.action, before.head.state, mine, facts, ON)

    def _basis(self, a: Attempt, acting: ActingPost, foretold: Permit | Refuse | None) -> Mapping[str, int] | None:
        """What the page says the action is based on, None where it is not offered; what the law permits is never shown as blocked."""
        if a.how not in ("page", "stale", "bare"):
            return None
        try:
            shown = {step.action: step for step in open_to(acting, self.memory.number, clock.now()).steps}
        except NotFound:
            return None
        step = shown[a.action]
        if isinstance(foretold, Permit) and not a.payload.get("entered_for"):
            assert step.status in ("open", "depends"), f"{a.action} is shown as {step.status}: {step.findings}"
        return step.expected

    def _perform(self, a: Attempt, acting: ActingPost, basis: Mapping[str, int] | None) -> Outcome | NotDone:
        expected = (basis or {}) if a.how in ("page", "stale") else None
        if expected and a.how == "stale":
            expected = {name: value - 1 for name, value in expected.items()}
        subject = BANNER if a.action == "case.open" else self.memory.number
        at = clock.now() - timedelta(days=a.days_ago) if a.days_ago else None
        self._keys += 1
        key = f"{self.memory.number} {self._keys}" if a.how == "twice" else None
        via = "import" if a.how in ("program", "twice", "set") else "page"
        if a.how == "set":
            return self._perform_set(a, acting, at)
        first = self._through(acting, a.action, subject, a.payload, expected=expected, at=at, key=key, via=via)
        if key and (isinstance(first, Outcome) or type(first) is Refused):
            count = entries_in(BANNER)
            again = self._through(acting, a.action, subject, a.payload, expected=expected, at=at, key=key, via=via)
            assert str(again) == str(first), "the same request again has another answer"
            assert entries_in(BANNER) == count, "the same request again was entered again"
        return first

    def _perform_set(self, a: Attempt, acting: ActingPost, at: datetime | None) -> Outcome | NotDone:
        """The same decision by one document for several cases, here for one."""
        common = {name: a.payload[name] for name in ("body", "document_number", "dated_on")}
        case = {"case": self.memory.number, **{name: value for name, value in a.payload.items() if name not in common}}
        return self._through(acting, "decision.record_set", BANNER, {**common, "cases": (case,)}, at=at, via="import")

    def _through(self, *args: Any, **more: Any) -> Outcome | NotDone:
        try:
            return perform(*args, **more)
        except NotDone as error:
            return error

    def _agrees(
        self, a: Attempt, foretold: Permit | Refuse | None, kind: str, came: Outcome | NotDone, basis: Mapping[str, int] | None
    ) -> None:
        """The door answers what the law says."""
        if self.world.people[a.who].kind != "handler" or a.who == "outsider":
            assert kind in ("not found", "malformed") or a.action == "case.open", "a stranger learned that the case exists"
        if a.malformed:
            assert kind in ("malformed", "not found")
        elif a.how in ("page", "stale", "bare") and basis is None:
            assert kind != "permitted", "done from a page that did not offer it"
        elif basis and a.how == "stale" and kind not in ("denied", "not found"):
            assert kind == "conflict" or (kind == "malformed" and a.action in ENTERED)
        elif basis and a.how == "bare" and kind not in ("denied", "not found"):
            assert kind == "malformed"
        elif isinstance(foretold, Permit) and kind == "malformed" and a.action in ENTERED:
            assert self._asked_anew(a), "what was recorded can be corrected"
        elif isinstance(foretold, Permit):
            assert kind == "permitted"
            assert isinstance(came, Outcome)
            assert a.how == "set" or a.action == "case.open" or came.state == foretold.to
        elif foretold is not None:
            self._refused_alike(a, foretold, kind, came)

    def _asked_anew(self, a: Attempt) -> bool:
        """Whether the township whose words are meant was asked again and has not answered: no rule reads them, and none stand."""
        number = a.payload.get("correction", 0)
        target = self.memory.corrections[number - 1].target if number else a.payload["target"]
        kind, _, unit = target.partition(":")
        township = self.state.township(unit)
        return kind == "opinion" and township is not None and not township.answer

    def _refused_alike(self, a: Attempt, foretold: Refuse, kind: str, came: Outcome | NotDone) -> None:
        if kind == "malformed" and a.action in ENTERED:  # nothing is recorded there that could be corrected
            return
        if a.action == "notice.acknowledge" and foretold.kind == "role" and kind in ("refused", "conflict"):
            return  # who will be told holds the role before the notice already
        assert kind in FORETOLD[foretold.kind]
        if kind == "refused":
            assert isinstance(came, Refused)
            assert Counter(f.code for f in came.findings) == Counter(f.code for f in foretold.findings)

    def _permitted(self, a: Attempt, step: Step, mine: Acting, permit: Permit, came: Outcome, seq: int) -> None:
        """Tables and law agree on what became of the case; every promise holds; the open tasks are those of the law."""
        if not self.case_id:
            self.case_id = Case.objects.values_list("id", flat=True).get(number=came.result["number"])
            self.memory.opened(str(came.result["number"]), a.payload)
        self._rows = None
        admitted = a.action == "notice.issue" and permit.to == "approved" and "never_in_force" not in came.result
        promised = admitted and self._promised()
        assert entries_in(BANNER) == seq + 1 + (a.how == "set" or admitted) + promised, "other entries than its own"
        on = self.world.today - timedelta(days=a.days_ago)
        after = abstract(self.memory.number, self.world, on)
        wanted = outcome_of(self.edition, step.before, a.action, mine, step.act, permit)
        assert not (found := differences(after, wanted)), found
        assert not (broken := broken_promises(replace(step, after=after))), f"broken: {broken}"
        remember(self.memory, a.action, a.payload, step)
        self.state = abstract(self.memory.number, self.world) if a.days_ago else after
        self.seen.states[after.head.state] += 1
        self._tasks_agree()

    def _tasks_agree(self) -> None:
        stored, wanted = stored_tasks(self.memory.number, self.world), tasks_of(self.edition, self.state, self.places)
        assert stored == Counter(wanted), f"open tasks: stored {sorted(stored)}, by the law {sorted(wanted)}"

    def _left_alone(self, a: Attempt, kind: str, seq: int) -> None:
        """Nothing of the case has changed; only what the law refused was entered, once."""
        assert entries_in(BANNER) == seq + (kind == "refused"), "other entries than the one of a refusal"
        if self.case_id:
            assert self._rows is not None
            assert not (found := changed(self._rows, rows_of(self.case_id))), f"{kind}, and yet it changed {found}"
