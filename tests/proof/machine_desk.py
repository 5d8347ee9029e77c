"""The desk of a random walk: people by unit, numbered papers, scans, and texts that are really others (Articles 3, 4.1)."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from dutygate.base.actions import clock
from dutygate.base.documents.storage import store
from dutygate.base.documents.tests.samples import pdf
from dutygate.law.procedure.model import CaseState
from tests.journey import ITEMS, SAFEGUARDS
from tests.proof.machine_memory import BASES
from tests.proof.machine_walk import Walk
from tests.world import World

NOBODYS_SCAN = "0" * 64


class Desk:
    """What people of one walk have at hand."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.papers = 0
        self.world: World = walk.world

    @property
    def state(self) -> CaseState:
        """The case as it stands."""
        return self.walk.state

    @property
    def today(self) -> date:
        """The day of the world."""
        return self.world.today

    @property
    def townships(self) -> tuple[str, ...]:
        """The keys of the townships that cases may concern."""
        return tuple(self.world.key(slug) for slug in self.world.townships)

    @property
    def scope(self) -> tuple[str, ...]:
        """The townships in scope."""
        return tuple(t.unit for t in self.state.townships if t.in_scope)

    def people(self, unit: str) -> list[str]:
        """The roles of those who may act for a unit, in the order in which they came."""
        return [role for role, acting in self.world.people.items() if acting.unit == unit and acting.kind == "handler"]

    def another(self, unit: str, users: Collection[str]) -> str | None:
        """Somebody of the unit who is none of these users, if there is one."""
        return next((role for role in self.people(unit) if self.world.people[role].user_key not in users), None)

    def number(self) -> str:
        """The number of a paper that nobody has seen before."""
        self.papers += 1
        return f"阿文〔{self.today.year}〕{self.walk.memory.number[-4:]}-{self.papers}号"

    def letter(self) -> dict[str, Any]:
        """Number and date of a letter of today."""
        return {"document_number": self.number(), "dated_on": self.today}

    def scan(self, who: str) -> str:
        """The digest of a page that this person brought; stored once."""
        acting = self.world.people[who]
        if acting.kind != "handler":
            return NOBODYS_SCAN
        if who not in self.walk.seen.scans:
            self.walk.seen.scans[who] = str(store(acting, "原件.pdf", io.BytesIO(pdf(who.encode())), clock.now()).digest)
        return self.walk.seen.scans[who]

    def paper(self, who: str, unit: str) -> dict[str, Any]:
        """What an act needs that ``who`` enters from a paper of another unit."""
        return {"entered_for": unit, "document_number": self.number(), "signed_on": self.today, "scan": self.scan(who)}

    def fresh(self, words: str) -> str:
        """The words, as nobody has written them before."""
        self.papers += 1
        return f"{words}（第{self.papers}稿）"

    def whole_text(self) -> dict[str, Any]:
        """An edit after which nothing is missing: texts, safeguards, a basis, a reason; the end of a temporary matter; a scope."""
        memory, changed = self.walk.memory, {}
        changed["items"] = {item: text for item, text in ITEMS.items() if not memory.texts.get((item, ""))}
        changed["bases"] = (BASES["law"],)
        changed["mode"] = memory.marks["mode"] or "assign"
        changed["necessity"] = memory.marks["necessity"] or "入户宣传须由熟悉各村情况的乡镇承担"
        bare = {key for key, (needed, _, note) in memory.safeguards.items() if not needed and not note}
        kinds = {kind for kind, _ in memory.safeguards}
        missing = [s for s in SAFEGUARDS if s["kind"] not in kinds or (s["kind"], "") in bare]
        others = [{"kind": kind, "township": township, "needed": True} for kind, township in sorted(bare) if township or kind == "other"]
        changed["safeguards"] = (*missing, *others)
        if memory.marks["track"] == "temporary" and memory.marks["ends_on"] is None:
            changed["ends_on"] = self.today + timedelta(days=90)
        if not self.scope:
            changed["add_townships"] = self.townships[:2]
        return changed

    def lacks(self, *, judged_alone: bool = False) -> bool:
        """Whether something is missing of what townships judge, or of what an application needs."""
        app, head = self.state.application, self.state.head
        judged = {item.id for item in self.walk.edition.items.values() if item.judged_by_townships}
        if not self.scope or judged - app.filled:
            return True
        if judged_alone:
            return False
        whole = app.basis_kinds and not app.basis_not_in_force and app.necessity_stated and head.mode
        carried = head.track == "temporary" or app.basis_kinds != {"policy"}
        safe = {"funding", "technical", "training"} <= app.addressed and not app.none_needed_without_reason
        return not (whole and carried and safe and (head.track == "regular" or head.has_end))


def first(found: Sequence[str]) -> str | None:
    """The first of some people, or None."""
    return found[0] if found else None
