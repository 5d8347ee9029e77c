"""The cuts of exits and adjustments (Articles 4.4, 4.5): each kind of asker, each road, with the time of the other side passing.

The argument of ``slices`` holds of them too. What an exit shares with an admission (paper, departments asked, dissent, gaps in the eleven
items) is walked there; here is walked what differs: who opens, who is asked and what its silence means, whose decision it is, recusal of
the department whose duty it is, the lead in the department's stead, the duty that ends meanwhile.
"""

from __future__ import annotations

from typing import Any, Final

from dutygate.law.procedure import duty_payloads as d
from dutygate.law.procedure import payloads as p
from dutygate.law.procedure.slices import ALL_BODIES, ANSWERS, OUTCOMES, Slice

DECLARED: Final[dict[str, Any]] = {"declared_class": "public_service", "handles_emergency": False, "mode": "entrust", "has_standing": True}
BOTH: Final = ("agree", "disagree")
BOTH_TRACKS: Final = ("regular", "temporary")


def _exit_by_department(quick: bool, track: str = "temporary") -> Slice:
    """住建局 asks that its duty end: the townships answer, object, let their time pass; the banner decides, of a regular duty the city."""
    units = ("A",) if quick else ("A", "B")
    good = {
        **DECLARED,
        **{"kind": "exit", "track": track, "from_track": track, "has_end": track == "temporary", "reason": "done", "duty_in_force": True},
        **{"duty_lead": "D", "concerned": ("A", "B", "D"), "declared_class": "licence"},
    }
    menu = [
        *d.opening(good, d.whole_of_wrongs(good)),
        *d.writing_exit(units),
        *d.asking(units, ANSWERS, ("disagree",)),
        *p.paper_trail(units),
        *([] if quick else p.corrections(units[:1], ALL_BODIES[:2])),
        *d.assessing_exit(),
        *p.concluding(),
        *p.deciding(OUTCOMES, units),
        *p.notifying(("A", "B", "D")),
        *p.throughout(),
    ]
    name = "exit by a department" + ("" if track == "temporary" else ", regular")
    return Slice(name, menu, ("D",), BOTH_TRACKS, swap=len(units) > 1, forget_findings=True, duty_may_end=quick)


def _exit_by_township(quick: bool) -> Slice:
    """那吉镇 asks that a regular duty of 司法局 end for it: the department is asked, keeps out of the review, and the city decides."""
    good = {
        **DECLARED,
        **{"kind": "exit", "track": "regular", "from_track": "regular", "has_end": False, "reason": "safeguards_not_kept"},
        **{"duty_in_force": True, "by_township": True, "duty_lead": "J", "concerned": ("A", "J")},
    }
    menu = [
        *d.opening(good, d.whole_of_wrongs(good)),
        *d.writing_exit(("J",), departments=("J",)),
        *d.asking(("J",), BOTH if quick else ANSWERS, () if quick else ("agree",)),
        *([] if quick else p.paper_trail(("J",))),
        *p.substituting(("legal",), "A"),
        ("review.substitute", {"seat": "legal", "substitute": "J", "reason": "x"}),
        *d.assessing_exit(),
        *p.concluding(),
        *p.deciding(("for", "against") if quick else OUTCOMES, ("A",)),
        *p.notifying(("A", "J")),
        *p.throughout(),
    ]
    return Slice("exit by a township", menu, ("A",), BOTH_TRACKS, forget_findings=True, duty_may_end=True)


def _mandated(quick: bool) -> Slice:
    """A law has changed: an adjustment is open in the name of 住建局, the lead may act in its stead; 三道沟乡 would join."""
    units = ("A",) if quick else ("A", "C")
    good = {
        **DECLARED,
        **{"kind": "adjustment", "track": "temporary", "from_track": "temporary", "has_end": True, "reason": "law_changed"},
        **{"duty_in_force": True, "mandated": True, "initiator": "D", "duty_lead": "D", "concerned": ("A", "B", "D")},
    }
    menu = [
        *d.opening(good, d.whole_of_wrongs(good)),
        *p.writing(("A",), units),
        *p.revising([("A",)]),
        ("application.edit", {"add_townships": ("C",), "joining": ("C",), "items": ("division",)}),
        *d.asking(("A", "C"), BOTH),
        *p.assessing(("none",), dissent=False),
        *p.concluding(),
        *p.deciding(("for", "return"), units),
        *p.notifying(("A", "B", "C", "D")),
        *p.throughout(),
    ]
    return Slice("adjustment that must be", menu, ("D",), BOTH_TRACKS, forget_findings=True)


def _permanent(quick: bool) -> Slice:
    """住建局 asks that temporary work be regular, with more to do: every township must agree, and the city decides."""
    good = {
        **DECLARED,
        **{"kind": "adjustment", "track": "regular", "from_track": "temporary", "has_end": False, "reason": "task_changed"},
        **{"duty_in_force": True, "burden": True, "duty_lead": "D", "concerned": ("A", "D")},
    }
    regular = {**good, "from_track": "regular"}
    edit = "application.edit"
    tracks: p.Menu = [(edit, {"track": t, "has_end": t == "temporary", "touches": ("A",)}) for t in ("regular", "temporary")]
    menu = [
        *d.opening(good, d.whole_of_wrongs(good)),
        *d.opening(regular, ({"track": "temporary", "has_end": True},)),
        *p.writing(("A",), ("A",)),
        *tracks,
        *d.asking(("A",), BOTH),
        *(p.corrections((), ALL_BODIES) if not quick else []),
        *p.assessing(("none",), dissent=False),
        *p.concluding(),
        *p.deciding(("for", "return") if quick else OUTCOMES, ("A",)),
        *p.notifying(("A",)),
        *p.throughout(),
    ]
    return Slice("adjustment to a regular duty", menu, ("D",), BOTH_TRACKS, forget_findings=True)


def _by_township(quick: bool) -> Slice:
    """那吉镇 asks for a change that adds burden: the department is asked and holds nobody up, 音河乡 that carries it too must agree."""
    good = {
        **DECLARED,
        **{"kind": "adjustment", "track": "regular", "from_track": "regular", "has_end": False, "reason": "people_reject"},
        **{"duty_in_force": True, "burden": True, "by_township": True, "duty_lead": "D", "concerned": ("A", "B", "D")},
    }
    parties = ("B", "D")
    menu = [
        *d.opening(good, d.whole_of_wrongs(good)),
        ("application.edit", {**p.WRITTEN, "add_townships": parties, "departments": ("D",), "touches": parties}),
        *p.revising([parties]),
        *d.asking(parties, BOTH),
        *p.assessing(("none",), dissent=False),
        *p.concluding(),
        *p.deciding(("for", "against"), ("A", "B")),
        *p.notifying(parties),
        *p.throughout(),
    ]
    return Slice("adjustment by a township", menu, ("A",), BOTH_TRACKS, forget_findings=True)


def duty_slices(quick: bool = False) -> list[Slice]:
    """All cuts of exits and adjustments, or the small ones of ``--quick``."""
    found = [_exit_by_department(quick), _exit_by_township(quick), _mandated(quick), _permanent(quick)]
    return found if quick else [*found, _exit_by_department(quick, "regular"), _by_township(quick)]
