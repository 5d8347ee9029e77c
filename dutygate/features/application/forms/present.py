"""现有内容: the application as it stands, read once for a form, and what each field of it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from dutygate.base.actions.amounts import as_yuan
from dutygate.base.actions.month_days import as_typed, month_day_zh
from dutygate.base.catalogue.action import ActingPost
from dutygate.features.application.queries import items_of, safeguards_of, scope_of
from dutygate.features.bases.queries import bases_of_case
from dutygate.features.bases.wording import citations
from dutygate.features.cases.opening import DECLARATIONS
from dutygate.law.rules.wording import catalogue

KINDS: Final = ("funding", "technical", "training", "other")
FROM_REPLIES: Final = "negotiated_opinion"
"""The one of the eleven items that nobody writes: it comes from the townships' replies (4.1)."""
ALL: Final = "all"
PARTS: Final = ("needed", "amount", "due", "note")


def safeguard_field(township: str, kind: str, part: str) -> str:
    """The field of a part of a safeguard; ``township`` is a unit's id, or "all"."""
    return f"sg_{township}_{kind}_{part}"


def addition_field(township: str, item: str) -> str:
    """The field of what is added to an item for one township."""
    return f"add_{township}_{item}"


@dataclass(frozen=True, slots=True)
class Support:
    """One safeguard as it stands or as it is typed."""

    needed: bool
    amount_fen: int | None
    note: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """The text of a case: common items, additions by (unit id, item), safeguards by (unit id or "all", kind), bases, scope rows."""

    title: str
    items: dict[str, str]
    additions: dict[tuple[str, str], str]
    safeguards: dict[tuple[str, str], Support]
    bases: list[Any]
    scope: list[Any]
    declared: dict[str, Any]

    def fields(self, items: list[str]) -> dict[str, Any]:
        """What each field holds: {field name: text, or the ids of the bases}."""
        held: dict[str, Any] = {item: self.title if item == "name" else self.items.get(item, "") for item in items}
        held |= {addition_field(*where): text for where, text in self.additions.items()}
        for (township, kind), support in self.safeguards.items():
            held[safeguard_field(township, kind, "needed")] = "yes" if support.needed else "no"
            held[safeguard_field(township, kind, "amount")] = as_yuan(support.amount_fen)
            held[safeguard_field(township, kind, "due")] = as_typed(support.due)
            held[safeguard_field(township, kind, "note")] = support.note
        return {**held, **self.declared, "bases": [str(basis.id) for basis in self.bases]}

    def written_anyway(self, item: str) -> str:
        """What an item would read if it were left to the bases and safeguards chosen beside it; "" for other items."""
        if item == "legal_basis":
            return citations(self.bases)
        if item == "safeguards":
            return safeguards_in_words({kind: given for (township, kind), given in self.safeguards.items() if township == ALL})
        return ""


def present_of(viewer: ActingPost, case: Any) -> Present:
    """Read it: four queries."""
    texts = [row for row in items_of(viewer, case) if row.text]
    declared = {name: getattr(case, name) for name in DECLARATIONS}
    return Present(
        title=case.title,
        items={row.item: row.text for row in texts if not row.addition},
        additions={(row.addition, row.item): row.text for row in texts if row.addition},
        safeguards={
            (row.addition or ALL, row.kind): Support(row.needed, row.amount_fen, row.note, row.due) for row in safeguards_of(viewer, case)
        },
        bases=bases_of_case(viewer, case),
        scope=scope_of(viewer, case),
        declared={**declared, "handles_emergency": "yes" if case.handles_emergency else "no", "ends_on": _day(case.ends_on)},
    )


def safeguards_in_words(given: dict[str, Support]) -> str:
    """保障措施 as a text, in Chinese as the application itself: "工作经费：每个乡镇每年 20000 元，每年一月底前拨付；…"."""
    names = catalogue("zh").names["safeguard"]
    said = [f"{names[kind]}：{_in_words(given[kind])}" for kind in KINDS if kind in given]
    return f"{'；'.join(said)}。" if said else ""


def _in_words(support: Support) -> str:
    note = support.note.rstrip("。；")
    if not support.needed:
        return f"不需要，{note}" if note else "不需要"
    amount = f"每个乡镇每年{as_yuan(support.amount_fen)}元" if support.amount_fen else ""
    due = f"{month_day_zh(support.due)}前给到" if support.due else ""
    return "，".join(filter(None, (amount, due, note))) or "提供"


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
