"""What is tried in exits and adjustments (Articles 4.4, 4.5): opening them well and wrongly, writing, asking the other side, assessing."""

from __future__ import annotations

from typing import Any, Final

from dutygate.law.procedure import payloads as p

EXIT_ITEMS: Final = ("exit_reason", "work_under_way", "taken_over_by", "support_settled")


def opening(good: dict[str, Any], wrong: tuple[dict[str, Any], ...] = ()) -> p.Menu:
    """立卷: as it should be, each way in which it must be refused, and an admission beside it for whoever may open one."""
    menu: p.Menu = [("case.open", good)]
    menu += [("case.open", {**good, **change}) for change in wrong]
    return menu


def whole_of_wrongs(good: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """No standing, a duty that has ended, no reason, an unknown one, "other" without words, a change of track, another's to open."""
    other_track = {"track": "temporary" if good["track"] == "regular" else "regular", "has_end": True}
    return (
        {"has_standing": False},
        {"duty_in_force": False},
        {"reason": ""},
        {"reason": "whim"},
        {"reason": "other"},
        {"mandated": not good.get("mandated", False)},
        {"by_township": not good.get("by_township", False)},
        *((other_track,) if good["kind"] == "exit" or good["from_track"] == "regular" else ()),
    )


def writing_exit(parties: tuple[str, ...], departments: tuple[str, ...] = ()) -> p.Menu:
    """编写退出申请: its own list, with whoever is to be asked; an item left out; a change that touches them; another track."""
    edit = "application.edit"
    return [
        (edit, {"filled": EXIT_ITEMS, "add_townships": parties, "departments": departments, "touches": parties}),
        (edit, {"emptied": ("work_under_way",), "touches": parties}),
        (edit, {"items": ("exit_reason",), "touches": parties}),
        (edit, {"items": ("support_settled",), "touches": ()}),
        *((edit, {"reason": reason, "touches": ()}) for reason in ("", "whim", "other")),
        (edit, {"track": "regular", "has_end": False, "touches": parties}),
        (edit, {"track": "temporary", "has_end": True, "touches": parties}),
    ]


def asking(units: tuple[str, ...], answers: tuple[str, ...], paper: tuple[str, ...] = ()) -> p.Menu:
    """征求另一方意见, from the letter to the conclusion, with conditions and corrections; the application and its way back."""
    return [
        *p.replying(units, answers, paper),
        *(p.conditions(units, paper=False) if "agree_with_conditions" in answers else []),
        *p.rounds(units),
        *p.accepting(),
    ]


def assessing_exit() -> p.Menu:
    """审核 of an exit: five points of each seat; without exclusions and necessity, which are not asked; and findings that are not whole."""
    act = "review.assess"
    whole: dict[str, Any] = {"points": p.POINTS, "recommends": "admit"}
    menu: p.Menu = [(act, {**whole, "seat": seat}) for seat in ("lead", "legal", "services")]
    return [*menu, (act, {**whole, "seat": "services", "points": p.POINTS[:-1]})]
