"""What differs between admission, exit and adjustment (Articles 4.1, 4.3-4.5): whose consent is needed, who decides, who stays out.

An exit and an adjustment run "参照职责准入程序", through the same table. All that the rules ask differently of them is asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from dutygate.law.rules.facts import Facts, Head, Township

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition
    from dutygate.law.regulation.parts import Item

KINDS: Final = ("admission", "exit", "adjustment")
NEGATIVE: Final = ("not_admit", "against", "return")
"""Outcomes that nothing need be in order for."""


def is_exit(head: Head) -> bool:
    """A duty leaves: nothing is handed over, so what Articles 1, 5 and 7 ask of a hand-over is not asked."""
    return head.kind == "exit"


def of_a_duty(head: Head) -> bool:
    """An exit or an adjustment: it is about a duty that townships carry already."""
    return head.kind in ("exit", "adjustment")


def consent_needed(head: Head, party: Township) -> bool:
    """Whether nothing goes on without this party's consent: of every township in an admission; in an adjustment of those that it brings
    in, and where it adds burden of every township; never in an exit, and never of a department.
    """
    if head.kind == "adjustment":
        return party.joins or (head.burden and not party.department)
    return not is_exit(head)


def heard(party: Township) -> bool:
    """It has answered to the text as it stands, or its time has passed: 未反馈, which is neither consent nor an objection."""
    return party.asked and not party.lapsed and (party.answered or party.out_of_time)


def stays_answered(head: Head, party: Township) -> bool:
    """Whether a new round leaves this party's answer alone: a consent to the text as it stands; and where no consent is needed any answer
    to it, so that no objection is lost by asking once more.
    """
    return party.consents if consent_needed(head, party) else party.answered and not party.lapsed


def suffices(head: Head, party: Township) -> bool:
    """As this party stands, the case may go on."""
    return party.consents if consent_needed(head, party) else heard(party)


def banner_decides(head: Head) -> bool:
    """Whether the banner's decision is the last (4.3): on a temporary matter with an end; on the exit of a duty that was temporary.

    Temporary work that is to be regular is decided by the city, and so is all that touches a regular duty (1, 4.5).
    """
    if is_exit(head):
        return head.from_track == "temporary"
    temporary = head.track == "temporary" and head.has_end
    return temporary and (head.kind != "adjustment" or head.from_track == "temporary")


def deciding_track(head: Head) -> str:
    """The track whose bodies decide: the one that admitted the duty, or the new one if that is higher."""
    return "regular" if "regular" in (head.from_track, head.track) else "temporary"


def own_cause(head: Head) -> frozenset[str]:
    """Who assesses nothing in this case: whoever applies, and the department whose duty it is about."""
    return frozenset({head.initiator, head.duty_lead} - {""})


def items_asked(edition: Edition, head: Head) -> Mapping[str, Item]:
    """What the written application must say: eleven items (4.1), of an exit its own short list."""
    return edition.items_of(head.kind)


def applied_for(facts: Facts) -> frozenset[str]:
    """The townships that the case is about: those in scope, and the township that asks for its own duty to end or change."""
    inside = {t.unit for t in facts.scope() if not t.department}
    return frozenset(inside | ({facts.head.initiator} if facts.head.by_township else set()))
