"""Perform the demo: the offices, then the year, every turn through the one door and at its own time."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from dutygate.base.actions.clock import other_clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import Outcome, perform, system_acting
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotDone, Refused
from dutygate.base.documents.storage import store
from dutygate.base.organizations.credentials import set_initial_password
from dutygate.base.organizations.queries import public_acting_posts_of, public_user_id
from dutygate.base.register.chains import COMMON, is_demo, mark_as_demo, open_chain
from dutygate.config.demo.clock import StoryClock, moments
from dutygate.config.demo.material import Material
from dutygate.config.demo.payloads import Saying, payload_of
from dutygate.config.demo.plan import SYSTEM, Turn, offices, year
from dutygate.config.demo.scan import scanned
from dutygate.features.supervision.keeping import take_in
from dutygate.features.support.queries import commitments_visible, public_reference

BEGINNING: Final = ("case.open", "decision.record_set", "conference.convene", "supervision.report")
VIA: Final = "demo"
"""Stands in every entry of the demo, so that its own can be told from what people do in it afterwards."""


class StoryBroken(Exception):
    """A turn did not go as the story tells it; the text says which, and what was answered."""


def password_of(username: str) -> str:
    """The demo's password of a person: printed, never to be changed at the first log-in."""
    return f"Yanshi-{username}-2026"


def planned(material: Material) -> int:
    """How many entries the demo makes itself, those that only follow from them not counted."""
    return len(offices(material)) + len(year(material))


@dataclass(slots=True)
class Demo:
    """A demo on its way. ``numbers``: of a matter the case number, of a report the public id; ``meetings``: their numbers."""

    material: Material
    clock: StoryClock
    numbers: dict[str, str] = field(default_factory=dict)
    posts: dict[str, ActingPost] = field(default_factory=dict)
    meetings: dict[str, str] = field(default_factory=dict)

    def number_of(self, matter: str) -> str:
        """The number of a matter's case. Raises LookupError before it is opened."""
        return self.numbers[matter]

    def take(self, turn: Turn) -> None:
        """One turn. Raises StoryBroken."""
        try:
            outcome = self._perform(turn)
        except Refused as refused:
            self._expect_refusal(turn, refused)
        except NotDone as error:
            raise StoryBroken(f"{_named(turn)}: {error.code}: {_words(error)}") from error
        else:
            self._expect(turn, outcome)

    def _perform(self, turn: Turn) -> Outcome:
        acting = self._acting(turn.username)
        if turn.step is None:
            return perform(acting, turn.action, turn.subject, turn.payload, via=VIA)
        if "payload" in turn.step:
            said = dict(turn.step["payload"])
            said |= {"body": self.material.full_key(said["body"])} if "body" in said else {}
            if paper := turn.step.get("paper"):
                data = io.BytesIO(scanned(paper["document_number"], paper["text"]))
                said["files"] = [take_in(acting, data, self.clock.moment)]
            return perform(acting, turn.action, self._subject(turn), said, via=VIA)
        matter = self.material.matters.get(turn.matter, {})
        owed = partial(self._owed, turn)
        saying = Saying(turn.step, matter, self.number_of, self._scan(turn, acting), self.material.full_key, owed)
        return perform(acting, turn.action, self._subject(turn), payload_of(turn.action, saying), via=VIA)

    def _subject(self, turn: Turn) -> str:
        """A new case, meeting or report, and a document on several, belong to the jurisdiction; support to its pledge, or to a sheet."""
        if turn.action == "support.deliver":
            return self._owed(turn, (turn.step or {})["townships"][0])[0].partition(".")[0]
        if turn.action == "support.confirm":
            return f"{self.material.banner}-Y-{turn.day[:4]}.{self._acting(turn.username).unit.partition('.')[2]}"
        if turn.action in BEGINNING:
            return self.material.banner
        key = (turn.step or {}).get("meeting_key")
        return self.meetings[key] if key else self.number_of(turn.matter)

    def _owed(self, turn: Turn, township: str) -> list[str]:
        """What a township ("": who acts) is owed with the duty of a matter in the year of the turn, money first. Raises LookupError."""
        unit = self.material.full_key(township) if township else self._acting(turn.username).unit
        rows = commitments_visible(system_acting()).filter(duty__case__number=self.number_of(turn.matter), year=int(turn.day[:4]))
        found = rows.filter(township__key=unit).select_related("pledge").order_by("measure", "ordinal")
        if not found:
            raise LookupError(f"{township} is owed nothing with {turn.matter}")
        return [public_reference(row) for row in found]

    def _acting(self, username: str) -> ActingPost:
        if username == SYSTEM:
            return system_acting()
        if username not in self.posts:
            user_id = public_user_id(username)
            held = () if user_id is None else public_acting_posts_of(user_id, local_day(self.clock.moment))
            if not held:
                raise StoryBroken(f"{username} holds no post on {self.clock.moment:%Y-%m-%d}")
            self.posts[username] = held[0]
        return self.posts[username]

    def _scan(self, turn: Turn, acting: ActingPost) -> str:
        paper = (turn.step or {}).get("paper")
        if paper is None:
            return ""
        data = io.BytesIO(scanned(paper["document_number"], paper["text"]))
        return store(acting, f"{paper['document_number']}.pdf", data, self.clock.moment).digest

    def _expect(self, turn: Turn, outcome: Outcome) -> None:
        """What the story says of the outcome is so."""
        step = turn.step or {}
        if step.get("expect") == "refused":
            raise StoryBroken(f"{_named(turn)}: was to be refused, and was done as {outcome.entry}")
        if turn.action == "case.open":
            self.numbers[turn.matter] = str(outcome.result["number"])
        if turn.action == "conference.convene":
            self.meetings[step["meeting_key"]] = str(outcome.result["meeting"])
        if turn.action == "supervision.report":
            self.numbers[turn.matter] = str(outcome.result["report"])
        for told, made in (("lapses", "lapsed"), ("townships", "asked")):
            if told in step and made in outcome.result and {self.material.full_key(t) for t in step[told]} != set(outcome.result[made]):
                raise StoryBroken(f"{_named(turn)}: {made} {outcome.result[made]}, by the story {step[told]}")

    def _expect_refusal(self, turn: Turn, refused: Refused) -> None:
        step = turn.step or {}
        if step.get("expect") != "refused":
            raise StoryBroken(f"{_named(turn)}: refused: {_words(refused)}") from refused
        if step.get("stopped_by", refused.findings[0].provision) not in {f.provision for f in refused.findings}:
            raise StoryBroken(f"{_named(turn)}: refused on other grounds: {_words(refused)}") from refused


def perform_demo(material: Material) -> Demo:
    """Everything, in a database that holds nothing yet. Raises StoryBroken; what was entered until then stays.

    The database is marked as a demonstration, once and for ever: only such a one may be given another clock.
    """
    if not is_demo():
        mark_as_demo()
    open_chain(COMMON, None)
    turns = [*offices(material), *year(material)]
    times = list(moments(turn.day for turn in turns))
    demo = Demo(material, StoryClock(times[0]))
    with other_clock(demo.clock):
        for turn, moment in zip(turns, times, strict=True):
            demo.clock.moment = moment
            demo.take(turn)
    for person in material.people:
        user_id = public_user_id(person["username"])
        assert user_id is not None
        set_initial_password(user_id, password_of(person["username"]), must_change=False)
    return demo


def _named(turn: Turn) -> str:
    return f"{turn.day} {turn.username or 'system'} {turn.action} {turn.matter or turn.subject}"


def _words(error: NotDone) -> str:
    return "; ".join(f"{f.code} {dict(f.params)} ({f.provision})" for f in error.findings) or error.detail
