"""What the actions of administration share: the edition that holds, who counts as what, plain facts for the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from dutygate.base.catalogue.action import Action, Door
from dutygate.base.organizations.models import Post
from dutygate.base.organizations.snapshots import directory_of
from dutygate.base.organizations.terms import ADMINISTRATORS
from dutygate.base.register.chains import as_decided
from dutygate.base.register.law_here import law_here
from dutygate.law.regulation.edition import Edition, NoEditionInForce, in_force
from dutygate.law.rules.facts import Acting, Facts, Head

S = TypeVar("S")
COMMON = "common"


def office_edition(door: Door) -> Edition:
    """The edition in force on the day of the act; before the first one whose content is known, that one, after the last the last.

    Administration must be possible on any day: units and posts are entered with the day from which they hold.
    """
    every = law_here(door.jurisdiction_id, door.reference_version).editions
    known = [edition for edition in every if edition.content_published]
    try:
        found = in_force(every, door.on)
    except NoEditionInForce:
        found = known[0] if door.on < known[0].in_force_from else known[-1]
    return as_decided(found if found.content_published else known[0])


class OfficeAction(Action[S]):
    """An action of administration. ``ref`` begins with the jurisdiction's code: "150721" or "150721.naji".

    Ids in results are strings: they pass 2^53, where readers of JSON begin to round.
    """

    def chain_key(self, ref: str, acting: Any) -> str:
        """The chain of the jurisdiction whose code ``ref`` begins with; "", which is none, when it begins with no code."""
        code = ref.partition(".")[0]
        return COMMON if self.common else code if code.isdecimal() else ""

    def edition(self, subject: S, door: Door) -> Edition:
        """The edition in force on the day of the act (Article 11)."""
        return office_edition(door)

    def relations(self, subject: S, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The administrators by their post's kind, the system, and the lead by its seat on that day (Article 3)."""
        acting = door.acting
        held = {"system"} & {acting.kind}
        if acting.kind in ADMINISTRATORS and acting.kind in roles and _administers(door):
            held.add(acting.kind)
        if "lead" in roles and acting.unit_id is not None and not self.common:
            holder = directory_of(door.jurisdiction_id, door.reference_version).seats(door.on).get("lead")
            held |= {"lead"} if holder == acting.unit_id and acting.kind not in ADMINISTRATORS else set()
        return frozenset(held)

    def facts(self, subject: S, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload, and what ``look_up`` found for the rules."""
        act = {**payload.model_dump(), "today": door.today, **self.look_up(subject, payload, door)}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), act=act)

    def look_up(self, subject: S, payload: Any, door: Door) -> Mapping[str, Any]:
        """What the rules of this action need beside the payload (law/rules/office.py)."""
        return {}


def _administers(door: Door) -> bool:
    """Her own jurisdiction and those below it; one above only while nobody holds her kind of post there.

    A banner must be able to enter the city's office that decides for it, and must let go of it once the city has
    administrators of its own. The code of a jurisdiction begins with its parent's.
    """
    if door.chain == COMMON or door.chain.startswith(door.acting.jurisdiction):
        return True
    if not door.acting.jurisdiction.startswith(door.chain):
        return False
    held = Post.objects.filter(jurisdiction_id=door.jurisdiction_id, kind=door.acting.kind, valid_from__lte=door.on, valid_to__gt=door.on)
    return not held.exists()
