"""前后对照: an adjustment as a difference, part by part, old beside new, with what is gone and what is new marked in the text (4.4, 4.5).

Nothing is told by the colour alone: each part says in words whether it is added, taken out or changed, and so does each piece of text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dutygate.base.actions.days import local_day
from dutygate.base.actions.month_days import month_day
from dutygate.base.ui.templatetags.dutygate import day, yuan
from dutygate.features.application.changes import MARKS, MODES
from dutygate.features.application.parties import applies_for_itself, is_to_have_it
from dutygate.features.application.proposal import Difference, differences
from dutygate.features.application.queries import scope_of
from dutygate.features.application.rescope import LEAVES
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.duties import duty_on
from dutygate.features.cases.head import track_label
from dutygate.features.lists.queries import revision_before, revision_standing
from dutygate.features.lists.words import LISTS, SECTIONS
from dutygate.law.rules.wording import catalogue

HOW: Final = {"new": gettext_lazy("新增"), "gone": gettext_lazy("去掉"), "changed": gettext_lazy("改动")}
ICONS: Final = {"new": "plus", "gone": "x", "changed": "pencil"}
LONGEST: Final = 4000
"""Longer texts stand whole beside each other: which letters differ would help nobody."""
SHORTEST: Final = 2
"""A run of letters that stayed is shown as such from this length on."""


def shown_difference(found: CaseScene) -> dict[str, Any]:
    """{parts: [{label, township, how, old, new}], joining, leaving, staying, alone, from_revision}; ``old`` and ``new`` are pieces of text.

    A piece is {text, is}: same, gone or new. Seven queries, whatever the case.
    """
    case, reading = found.case, found.reading
    decided = case.outcome == "approved"
    on = local_day(case.opened_at) if decided else reading.on
    duty = duty_on(case.jurisdiction_id, case.duty_id, on)
    rows = scope_of(found.viewer, case)
    alone = applies_for_itself(found)

    def names(*wanted: int) -> list[str]:
        return [reading.directory.name_on(unit, reading.on) for unit in wanted]

    townships = {
        "joining": names(*(row.unit_id for row in rows if row.joins and row.in_scope)),
        "leaving": names(*(row.unit_id for row in rows if row.part == LEAVES)),
        "staying": names(*(row.unit_id for row in rows if is_to_have_it(row) and not row.joins)) if not alone else names(case.initiator_id),
        "alone": alone,
    }
    if duty is None:
        return {"parts": [], **townships}
    revision = revision_before(found.viewer, duty.id, case.id) if decided else None
    if revision is None:
        revision = revision_standing(found.viewer, duty.id, on, of=case.initiator_id if alone else None)
    else:
        duty = replace(duty, **{name: getattr(revision, name) for name in ("title", "track", "mode", "acts_in_name_of")})
    keys = {unit: reading.directory.unit(unit).key for unit in duty.holders}
    words = _Words(found)
    parts = [words.part(one) for one in differences(found.viewer, case, duty, revision, keys)]
    return {"parts": parts, "from_revision": None if revision is None else revision.revision, **townships}


class _Words:
    """Puts values into words, in the language of the page."""

    def __init__(self, found: CaseScene) -> None:
        self.found, self.edition, self.lang = found, found.now.looked.edition, found.lang

    def part(self, one: Difference) -> dict[str, Any]:
        """One part: what it is called, how it differs, its old and its new text in pieces."""
        old, new = self.value(one.name, one.old), self.value(one.name, one.new)
        how = "new" if not old else "gone" if not new else "changed"
        before, after = pieces(old, new)
        return {
            "label": self.label(one.name),
            "township": self.found.reading.directory.name_on(int(one.addition), self.found.reading.on) if one.addition else "",
            "how": HOW[how],
            "icon": ICONS[how],
            "is": how,
            "old": before,
            "new": after,
        }

    def label(self, name: str) -> str:
        """How a part is called."""
        kind, _colon, rest = name.partition(":")
        if kind == "safeguard":
            return str(catalogue(self.lang).names["safeguard"].get(rest, rest))
        if name == "bases":
            return _("引用的法定依据")
        item = self.edition.all_items.get(name)
        return item.label.in_language(self.lang) if item else str(MARKS.get(name, name))

    def value(self, name: str, value: Any) -> str:
        """A value as it is read; "" for none."""
        if value in (None, "", []):
            return ""
        if name.startswith("safeguard:"):
            return _promised(value)
        if name == "bases":
            return "\n".join(f"《{title.strip('《》')}》{article}" for title, article in value)
        told: dict[str, Callable[[Any], str]] = {
            "ends_on": lambda v: day(v),
            "track": lambda v: track_label(self.edition, v, self.lang),
            "mode": lambda v: str(MODES.get(v, v)),
            "list_name": lambda v: _(LISTS[v]) if v in LISTS else v,
            "section": lambda v: _(SECTIONS[v]) if v in SECTIONS else v,
        }
        return told[name](value) if name in told else str(value)


def _promised(promise: dict[str, Any]) -> str:
    if not promise["needed"]:
        return "，".join(filter(None, (_("不需要"), promise["note"])))
    amount = _("每个乡镇 %(yuan)s 元") % {"yuan": yuan(promise["amount_fen"])} if promise["amount_fen"] is not None else ""
    due = _("最晚 %(day)s 给到") % {"day": month_day(promise["due"])} if promise["due"] else ""
    return "，".join(filter(None, (amount, due, promise["note"]))) or _("提供")


def pieces(old: str, new: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Both texts in pieces {text, is}: what stayed, what is gone (in the old), what is new (in the new)."""
    if not old or not new or max(len(old), len(new)) > LONGEST:
        return ([{"text": old, "is": "gone"}] if old else []), ([{"text": new, "is": "new"}] if new else [])
    before: list[dict[str, str]] = []
    after: list[dict[str, str]] = []
    for same, was, now in _runs(old, new):
        if same:
            _add(before, was, "same")
            _add(after, now, "same")
        else:
            _add(before, was, "gone")
            _add(after, now, "new")
    return before, after


def _runs(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    for tag, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag == "equal" and j - i >= SHORTEST, old[i:j], new[k:n]


def _add(found: list[dict[str, str]], text: str, how: str) -> None:
    if not text:
        return
    if found and found[-1]["is"] == how:
        found[-1]["text"] += text
    else:
        found.append({"text": text, "is": how})
