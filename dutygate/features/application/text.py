"""What an edit changes: compared with the text as it stands, common and township by township (4.1, 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dutygate.base.register.prepared import PreparedChange, insert
from dutygate.features.application.models import ItemText, Safeguard
from dutygate.features.bases.facts import citations_change
from dutygate.features.cases.facts import CaseSubject
from dutygate.law.rules.lapses import opinions_lapse

if TYPE_CHECKING:
    from dutygate.features.cases.models import Case

# What the case row carries of the text, and the item that it belongs to where it is one.
CASE_FIELDS: Final = ("track", "mode", "acts_in_name_of", "declared_class", "handles_emergency", "necessity", "ends_on")
OF_A_DUTY: Final = ("reason", "reason_words", "list_name", "section")
"""What only an exit or an adjustment says: why, and where the duty is to stand."""
BELONGS_TO: Final = {
    **{"acts_in_name_of": "division", "necessity": "content", "reason": "content", "reason_words": "content"},
    **{"list_name": "track", "section": "track"},
}


@dataclass(frozen=True, slots=True)
class Text:
    """One item's text: common (``addition`` "") or a township's addition (its unit id as text)."""

    item: str
    addition: str
    text: str


@dataclass(frozen=True, slots=True)
class Support:
    """One safeguard, common or of one township."""

    kind: str
    addition: str
    needed: bool
    amount_fen: int | None
    note: str
    due: str


@dataclass(slots=True)
class Change:
    """What an edit really changes. ``common``: names of items and marks changed for all; ``additions``: township id -> items."""

    texts: list[Text] = field(default_factory=list)
    safeguards: list[Support] = field(default_factory=list)
    bases: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    common: set[str] = field(default_factory=set)
    additions: dict[int, set[str]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every item and mark that changes for anybody."""
        return frozenset(self.common).union(*self.additions.values())

    def mark(self, item: str, addition: str) -> None:
        """Note that an item changed, for all or for one township."""
        if addition:
            self.additions.setdefault(int(addition), set()).add(item)
        else:
            self.common.add(item)

    def touches(self, subject: CaseSubject, townships: Iterable[int]) -> list[int]:
        """The townships whose opinions this undoes: all where the common text changes, else those whose own addition does."""
        everyone = opinions_lapse(subject.edition, self.common)
        return [t for t in townships if everyone or opinions_lapse(subject.edition, self.additions.get(t, ()))]


def compare(subject: CaseSubject, payload: Any) -> Change:
    """The difference between a payload of ``application.edit`` and the text as it stands. At most three queries."""
    change = Change()
    case = subject.case
    _compare_fields(case, payload, change)
    _compare_items(subject, payload, change)
    _compare_safeguards(subject, payload, change)
    if payload.bases is not None and citations_change(case, payload.bases, subject.door.on):
        change.bases = True
        change.mark("legal_basis", "")
    return change


def _compare_fields(case: Case, payload: Any, change: Change) -> None:
    for name in (*CASE_FIELDS, *OF_A_DUTY):
        value = getattr(payload, name)
        given = name in payload.model_fields_set and (value is not None or name == "ends_on")
        if given and value != getattr(case, name):
            change.fields[name] = value
            change.mark(BELONGS_TO.get(name, name), "")


def _compare_items(subject: CaseSubject, payload: Any, change: Change) -> None:
    case = subject.case
    wanted = [Text(item, "", text) for item, text in payload.items.items()]
    for ref, texts in payload.per_township.items():
        addition = str(subject.directory.resolve(ref).id)
        wanted += [Text(item, addition, text) for item, text in texts.items()]
    if not wanted:
        return
    rows = ItemText.objects.filter(case=case.id, is_current=True).values_list("item", "addition", "text")
    present = {(item, addition): text for item, addition, text in rows}
    for text in wanted:
        if text.item == "name" and not text.addition:
            if text.text and text.text != case.title:
                change.title = text.text
                change.mark("name", "")
        elif text.text != present.get((text.item, text.addition), ""):
            change.texts.append(text)
            change.mark(text.item, text.addition)


def _compare_safeguards(subject: CaseSubject, payload: Any, change: Change) -> None:
    if not payload.safeguards:
        return
    columns = ("kind", "addition", "needed", "amount_fen", "note", "due")
    present = {Support(*row) for row in Safeguard.objects.filter(case=subject.case.id, is_current=True).values_list(*columns)}
    for given in payload.safeguards:
        addition = str(subject.directory.resolve(given.township).id) if given.township else ""
        wanted = Support(given.kind, addition, given.needed, given.amount_fen, given.note, given.due if given.needed else "")
        if wanted not in present:
            change.safeguards.append(wanted)
            change.mark("safeguards", addition)


def _past(model: type[ItemText] | type[Safeguard], column: str) -> PreparedChange:
    """What stood under this name for this township, or for all, is no longer current."""
    return PreparedChange(
        lambda case, name, addition: model._default_manager.filter(case=case, addition=addition, is_current=True, **{column: name}),
        {"is_current": False},
        case=int,
        name=str,
        addition=str,
    )


_ITEM_PAST: Final = _past(ItemText, "item")
_SAFEGUARD_PAST: Final = _past(Safeguard, "kind")


def write(change: Change, subject: CaseSubject, new_id: Any) -> None:
    """Write the new texts as the current ones; the old stay, no longer current."""
    case = subject.case
    for name, value in change.fields.items():
        setattr(case, name, value)
    if change.title:
        case.title = change.title
        change.texts.append(Text("name", "", change.title))
    for text in change.texts:
        _ITEM_PAST.make(case=case.id, name=text.item, addition=text.addition)
        insert(ItemText(**_row(case, new_id()), item=text.item, text=text.text, **_addition(text.addition)))
    for s in change.safeguards:
        _SAFEGUARD_PAST.make(case=case.id, name=s.kind, addition=s.addition)
        given = {"kind": s.kind, "needed": s.needed, "amount_fen": s.amount_fen, "note": s.note, "due": s.due}
        insert(Safeguard(**_row(case, new_id()), **given, **_addition(s.addition)))


def _row(case: Case, row_id: int) -> Mapping[str, Any]:
    return {"id": row_id, "jurisdiction_id": case.jurisdiction_id, "case": case, "revision": case.revision, "is_current": True}


def _addition(addition: str) -> Mapping[str, Any]:
    return {"addition": addition, "township_id": int(addition) if addition else None}
