"""One case on its way through Article 4, step by step and by the right people: for tests, benches and random walks."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from dutygate.base.actions import clock
from dutygate.base.actions.perform import Outcome, perform, system_acting
from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.storage import store
from dutygate.base.documents.tests.samples import pdf
from dutygate.base.notices.receipts import told
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.chains import edition_by_digest, reference_version_of
from dutygate.base.register.law_here import edition_in_force
from dutygate.features.cases.models import Case
from dutygate.features.cases.queries import cases_visible
from tests.rows import rows
from tests.shared import keep, recalled
from tests.snapshot import Changes, Difference
from tests.world import BANNER, World, create_world

__all__ = ["BANNER", "ITEMS", "POINTS", "Journey", "World", "create_world"]

ITEMS = {
    "objective": "把林草防火宣传送到户，让每个村都知道防火期和禁令。",
    "content": "乡镇在防火期内张贴公告、入户宣传、登记巡查情况；不实施处罚，不参与火情处置。",
    "legal_basis": "《森林防火条例》第五条、第十条。",
    "division": "旗林草局牵头并负责培训和物资；乡镇负责宣传和登记。",
    "workflow": "旗林草局发放材料，乡镇张贴入户，每月十日前报送登记表。",
    "time_limit": "每年春秋两季防火期内。",
    "mechanism": "旗林草局指定一名联系人，每季度会商一次。",
    "staffing": "每个乡镇一名兼职人员。",
    "safeguards": "每个乡镇每年安排经费两万元，发放宣传材料，每年培训一次。",
}
SAFEGUARDS = (
    {"kind": "funding", "needed": True, "amount_fen": 2_000_000, "note": "每年一月底前拨付"},
    {"kind": "technical", "needed": True, "note": "指定联系人"},
    {"kind": "training", "needed": False, "note": "已有省级网络课程，乡镇同意不另行培训"},
)
BASES = ({"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第五条"},)
POINTS = ("content", "legal_basis", "division", "negotiated_opinion", "safeguards")
SEATS = {"lead": "lead", "legal": "legal", "services": "services"}
OFFICES = {"banner_committee": "committee", "banner_government": "government", "city_government": "city"}
ROAD = ("drafting", "consulting", "agreed", "applied", "reviewing", "concluded", "banner_decision", "city_decision", "approved", "done")


_gone: dict[str, tuple[Difference, str, int, tuple[Outcome, ...]]] = {}
"""Ways that were gone, by what they are and where they began: the heads of the chains tell the whole history before."""


def _heads() -> tuple[tuple[str, str], ...]:
    return tuple(rows("register.Chain").order_by("id").values_list("key", "head_hash"))


@dataclass
class Journey:
    """One case. ``initiator`` is the role of the department that applies; ``townships`` the short keys of those it concerns.

    Each method is one step by the people whose step it is; ``do`` is any action by anybody. One whose ``do`` does something else is not
    ``remembered``.
    """

    remembered: ClassVar[bool] = True

    world: World
    initiator: str = "forestry"
    townships: tuple[str, ...] = ()
    number: str = ""
    papers: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.townships = self.townships or self.world.townships

    @property
    def people(self) -> dict[str, ActingPost]:
        """The people of the world, by role."""
        return self.world.people

    @property
    def case(self) -> Case:
        """The case as it stands in the tables."""
        return cases_visible(system_acting()).get(number=self.number)

    @property
    def state(self) -> str:
        """The state of the case."""
        return self.case.state

    def case_items(self) -> tuple[str, ...]:
        """The ids of the eleven items in the edition of the case."""
        return tuple(edition_by_digest(self.case.edition_digest).items)

    def do(
        self, who: str | ActingPost, action: str, /, *, subject: str = "", expected: Mapping[str, int] | None = None, **payload: Any
    ) -> Outcome:
        """Any action by anybody, on this case if no other subject is named. With ``expected`` as from a page."""
        acting = self.people[who] if isinstance(who, str) else who
        via = "import" if expected is None else "cli"
        outcome = perform(acting, action, subject or self.number, payload, expected=expected, via=via)
        self.outcomes.append(outcome)
        return outcome

    def paper(self) -> dict[str, Any]:
        """Number and date of a document of today."""
        self.papers += 1
        return {"document_number": f"阿测〔{self.world.today.year}〕{self.papers}号", "dated_on": self.world.today}

    def scan(self, who: str) -> str:
        """The digest of a scanned page that this person brought."""
        return str(store(self.people[who], "原件.pdf", io.BytesIO(pdf()), clock.now()).digest)

    def on_paper(self, who: str, unit: str) -> dict[str, Any]:
        """What an act needs that ``who`` enters from a paper of ``unit`` (代录)."""
        self.papers += 1
        number = f"阿纸〔{self.world.today.year}〕{self.papers}号"
        return {"entered_for": unit, "document_number": number, "signed_on": self.world.today, "scan": self.scan(who)}

    # 申请与征求意见（第四条（一））

    def open(self, track: str = "regular", **declared: Any) -> Outcome:
        """立卷. A temporary matter ends in ninety days unless ``ends_on`` says otherwise."""
        given = {
            "title": "林草防火宣传",
            "track": track,
            "declared_class": "public_service",
            "mode": "assign",
            "acts_in_name_of": "以乡镇名义宣传，由旗林草局答复投诉",
            "necessity": "入户宣传须由熟悉各村情况的乡镇承担",
            "ends_on": self.world.today + timedelta(days=90) if track == "temporary" else None,
        }
        outcome = self.do(self.initiator, "case.open", subject=BANNER, **{**given, **declared})
        self.number = str(outcome.result["number"])
        return outcome

    def fill(self, **changed: Any) -> Outcome:
        """编写申请: nine items in full, safeguards, a basis, the scope."""
        given = {"items": ITEMS, "safeguards": SAFEGUARDS, "bases": BASES, "townships": self.townships}
        return self.do(self.initiator, "application.edit", **{**given, **changed})

    def request(self) -> Outcome:
        """书面征求意见."""
        return self.do(self.initiator, "consultation.request", document_number="阿林草函〔2026〕1号")

    def reply(self, *townships: str, answer: str = "agree", **said: Any) -> list[Outcome]:
        """答复, of these townships or of all."""
        return [self.do(slug, "consultation.reply", answer=answer, **said) for slug in townships or self.townships]

    def conclude(self) -> Outcome:
        """形成协商意见."""
        return self.do(self.initiator, "consultation.conclude", negotiated_opinion="各乡镇均同意，经费按年拨付。")

    def submit(self) -> Outcome:
        """提交书面申请."""
        return self.do(self.initiator, "application.submit", signed_on=self.world.today, document_number="阿林草发〔2026〕1号")

    # 审核（第四条（二））

    def accept(self) -> Outcome:
        """受理."""
        return self.do("lead", "review.accept")

    def ask_department(self, *departments: str) -> Outcome:
        """征求部门意见."""
        return self.do("lead", "review.ask_department", departments=departments or ("finance",))

    def comment(self, *departments: str) -> list[Outcome]:
        """反馈部门意见."""
        return [self.do(slug, "review.comment", text="无不同意见。") for slug in departments or ("finance",)]

    def assess(self, *seats: str, recommends: str = "admit", **found: Any) -> list[Outcome]:
        """审核, by these seats or by all three."""
        return [self._assess(seat, recommends, found) for seat in seats or tuple(SEATS)]

    def _assess(self, seat: str, recommends: str, found: Mapping[str, Any]) -> Outcome:
        given: dict[str, Any] = {"seat": seat, "recommends": recommends, "points": {p: {"finding": "ok"} for p in POINTS}}
        if seat == "legal":
            given |= {"excluded_power": "none", "emergency": "none"}
            given |= {"still_temporary": True} if self.case.track == "temporary" else {}
        if seat == "lead":
            given |= {"necessity": "necessary"}
        return self.do(SEATS[seat], "review.assess", **{**given, **found})

    def conclude_review(self, outcome: str = "admit", **more: Any) -> Outcome:
        """形成审核意见."""
        given = {"outcome": outcome, "text": "拟准予准入。", "no_other_concerned": "不涉及其他部门职责"}
        return self.do("lead", "review.conclude", **{**given, **more})

    def refuse(self) -> Outcome:
        """不予准入 after the review."""
        reasons = [{"text": "不属确需由乡镇承担的事项", "provision": "1"}]
        return self.do("lead", "review.refuse", reasons=reasons, **self.paper())

    # 决定（第四条（三））

    def to_banner(self) -> Outcome:
        """报旗委、旗政府."""
        return self.do("lead", "decision.submit_to_banner", **self.paper())

    def to_city(self) -> Outcome:
        """报市政府."""
        return self.do("government", "decision.submit_to_city", **self.paper())

    def decide(self, body: str, outcome: str = "for", **said: Any) -> Outcome:
        """登记决定 of one body, by its office."""
        reasons = [] if outcome == "for" else [{"text": "须再研究"}]
        return self.do(OFFICES[body], "decision.record", **{**self.paper(), "body": body, "outcome": outcome, "reasons": reasons, **said})

    def decide_banner(self, outcome: str = "for", **said: Any) -> list[Outcome]:
        """Both bodies of the banner alike."""
        return [self.decide(body, outcome, **said) for body in ("banner_committee", "banner_government")]

    # 告知（第四条（四））

    def notify(self, **more: Any) -> Outcome:
        """书面告知."""
        return self.do("lead", "notice.issue", **{**self.paper(), **more})

    def owing(self) -> list[str]:
        """The roles of the units that still owe a receipt, in the order of their ids."""
        return [self.world.by_unit[unit] for unit in sorted(told(self.case.id).pending)]

    def acknowledge(self, *roles: str) -> list[Outcome]:
        """签收, by these or by everybody who still owes a receipt."""
        return [self.do(role, "notice.acknowledge") for role in roles or self.owing()]

    def withdraw(self) -> Outcome:
        """撤回事项."""
        return self.do(self.initiator, "case.withdraw", reason="条件尚不成熟")

    # 全程

    def up_to(self, state: str, track: str = "regular", **declared: Any) -> Journey:
        """Everything until the case is in that state: on the road to admission, or "refused" (by the banner), or "withdrawn".

        ``declared``: as ``open`` takes it.

        What was gone before in this run, after the same history and by the same clock, is not gone again: its rows are put there.
        Not where a clock of the test's own goes on.
        """
        moment = clock.now() if clock.is_set() else None
        if not self.remembered or self.number or (moment and moment != clock.now()):
            for step in self._way(state, track):
                self._go(step, track, declared)
            return self
        return self._remembering(state, track, declared, moment, None)

    def _remembering(
        self, state: str, track: str, declared: Mapping[str, Any], moment: datetime | None, changes: Changes | None
    ) -> Journey:
        own = tuple(getattr(self, one.name) for one in fields(self) if one.name not in ("world", "outcomes"))
        way = repr(
            (
                type(self).__module__,
                type(self).__qualname__,
                own,
                sorted(declared.items()),
                _heads(),
                moment,
                state,
                track,
                self.world.today,
            )
        )
        if (kept := _gone.get(way) or recalled(way)) is not None:
            _gone[way] = kept
            rows_of_it, self.number, self.papers, outcomes = kept
            rows_of_it.redo()
            self.outcomes += outcomes
            place = self.people[self.initiator].jurisdiction_id
            version = reference_version_of(place)
            public_directory(place, version), edition_in_force(self.world.today, place, version)  # as they would be known by now
            return self
        if changes is None:
            with Changes.seen() as changes:
                return self._remembering(state, track, declared, moment, changes)
        said = len(self.outcomes)
        *earlier, last = self._way(state, track)
        if earlier:
            self._remembering(earlier[-1], track, declared, moment, changes)
        self._go(last, track, declared)
        _gone[way] = (Difference.since(changes), self.number, self.papers, tuple(self.outcomes[said:]))
        keep(way, _gone[way])
        return self

    def _way(self, state: str, track: str) -> list[str]:
        """The states on the way there, each the next one's beginning."""
        on_the_way = {"refused": "banner_decision", "withdrawn": "drafting"}.get(state, state)
        way = [one for one in ROAD[: ROAD.index(on_the_way) + 1] if one != "city_decision" or track == "regular"]
        return way if on_the_way == state else [*way, state]

    def _go(self, to: str, track: str, declared: Mapping[str, Any]) -> None:
        """From the state before to that one."""
        if to == "drafting":
            self.open(track, **declared)
        elif to == "refused":
            self.decide_banner("against")
        elif to == "withdrawn":
            self.withdraw()
        else:
            for step in self._steps(to, track):
                step()

    def go_on(self, state: str) -> Journey:
        """From where it stands on the road to that later state."""
        track = self.case.track
        way = self._way(state, track)
        for step_to in way[way.index(self.state) + 1 :]:
            self._go(step_to, track, {})
        return self

    def _steps(self, to: str, track: str) -> Iterable[Callable[[], object]]:
        city = [lambda: self.decide("city_government")]
        return {
            "consulting": [self.fill, self.request],
            "agreed": [self.reply, self.conclude],
            "applied": [self.submit],
            "reviewing": [self.accept],
            "concluded": [self.ask_department, self.comment, self.assess, self.conclude_review],
            "banner_decision": [self.to_banner],
            "city_decision": [self.decide_banner, self.to_city],
            "approved": city if track == "regular" else [self.decide_banner],
            "done": [self.notify, self.acknowledge],
        }[to]

    def tasks(self) -> set[tuple[str, str]]:
        """The open tasks of this case, (action, role of the unit); and what is stored agrees with the records."""
        from dutygate.base.actions.models import OpenTask

        assert verify_tasks() == []
        rows = OpenTask.objects.filter(subject=self.number).values_list("action", "unit_id")
        return {(action, self.world.by_unit[unit]) for action, unit in rows}


def last_day(days: int, world: World) -> date:
    """So many days from today."""
    return world.today + timedelta(days=days)


def ended(case: Journey) -> Journey:
    """A temporary case up to its end, its term put back so that it was over yesterday, and swept: for pages, not for proofs."""
    case.up_to("done", "temporary")
    today = case.world.today
    rows("lists.ListEntry").update(valid_from=today - timedelta(days=30), valid_to=today)
    rows("lists.Duty").update(ends_on=today - timedelta(days=1))
    assert sweep().done["duty.expire"] == 1
    return case
