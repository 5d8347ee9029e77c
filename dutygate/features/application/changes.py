"""前后改动: what of a text is different from the revision somebody answered to, or had before her (4.1).

Texts and safeguards keep every revision themselves; what the case row carries (track, end, mode …) and the legal bases are
read from the register, where each edit stands with what it set.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dutygate.base.actions.month_days import month_day
from dutygate.base.register.queries import entries_about, sealed_of
from dutygate.base.ui.templatetags.dutygate import day, yuan
from dutygate.features.application.queries import support_revisions, text_revisions
from dutygate.features.application.text import BELONGS_TO as CASE_BELONGS_TO
from dutygate.features.application.text import CASE_FIELDS, OF_A_DUTY
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.head import track_label
from dutygate.features.lists.words import LISTS, SECTIONS
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.lapses import opinions_lapse
from dutygate.law.rules.wording import catalogue

MARKS: Final = {
    "track": gettext_lazy("类别"),
    "ends_on": gettext_lazy("截止日期"),
    "mode": gettext_lazy("委托还是交由"),
    "acts_in_name_of": gettext_lazy("以谁的名义办理"),
    "declared_class": gettext_lazy("事项类别"),
    "handles_emergency": gettext_lazy("是否涉及应急处置"),
    "necessity": gettext_lazy("为什么确需由乡镇承担"),
    "reason": gettext_lazy("退出或者调整的原因"),
    "reason_words": gettext_lazy("对原因的说明"),
    "list_name": gettext_lazy("列入哪一份清单"),
    "section": gettext_lazy("列入清单的哪一部分"),
}
MODES: Final = {"entrust": gettext_lazy("委托"), "assign": gettext_lazy("交由")}
BELONGS_TO: Final = {**CASE_BELONGS_TO, "bases": "legal_basis"}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that reads otherwise now. ``township``: it holds for one township only. ``judged``: opinions rest on it."""

    name: str
    label: str
    township: bool
    old: str
    new: str
    judged: bool


@dataclass(slots=True)
class History:
    """Every value that each part of the text ever had: (name, addition) -> [(revision, words)], oldest first."""

    edition: Edition
    lang: str
    values: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)

    def note(self, name: str, addition: str, revision: int, words: str) -> None:
        """One more value."""
        self.values.setdefault((name, addition), []).append((revision, words))

    def since(self, revision: int, unit_id: int | None = None) -> list[Changed]:
        """What differs now from that revision: the common text, and what holds for this township (None: for any) only."""
        found = []
        for (name, addition), values in self.values.items():
            if addition and unit_id is not None and addition != str(unit_id):
                continue
            old = next((words for at, words in reversed(values) if at <= revision), "")
            new = values[-1][1]
            if values[-1][0] > revision and old != new:
                found.append(Changed(name, self._label(name), bool(addition), old, new, self._judged(name)))
        order = [*self.edition.all_items, *MARKS]
        return sorted(found, key=lambda c: (self._place(c.name, order), c.township))

    def _label(self, name: str) -> str:
        kind, _colon, rest = name.partition(":")
        if kind == "safeguard":
            return catalogue(self.lang).names["safeguard"][rest]
        if name == "bases":
            return _("引用的法定依据")
        item = self.edition.all_items.get(name)
        return item.label.in_language(self.lang) if item else str(MARKS.get(name, name))

    def _judged(self, name: str) -> bool:
        item = "safeguards" if name.startswith("safeguard:") else BELONGS_TO.get(name, name)
        return opinions_lapse(self.edition, [item])

    @staticmethod
    def _place(name: str, order: list[str]) -> int:
        item = "safeguards" if name.startswith("safeguard:") else BELONGS_TO.get(name, name)
        return order.index(item) if item in order else len(order)


def history_of(found: CaseScene) -> History:
    """The history of a case's text, as far as the viewer may read it: four queries, however many edits there were, once for a page."""
    history: History = found.now.looked.subject.remember("text history", lambda: _read(found))
    return history


def _read(found: CaseScene) -> History:
    viewer, case, lang = found.viewer, found.case, found.lang
    history = History(found.now.looked.edition, lang)
    for row in text_revisions(viewer, case):
        history.note(row.item, row.addition, row.revision, row.text)
    for promise in support_revisions(viewer, case):
        history.note(f"safeguard:{promise.kind}", promise.addition, promise.revision, support_words(promise))
    _note_edits(found, history)
    return history


def support_words(row: Any) -> str:
    """One safeguard in a line: how much, and what is said about it."""
    if not row.needed:
        return "，".join(filter(None, (_("不需要"), row.note)))
    amount = _("每个乡镇 %(yuan)s 元") % {"yuan": yuan(row.amount_fen)} if row.amount_fen is not None else ""
    due = _("最晚 %(day)s 给到") % {"day": month_day(row.due)} if row.due else ""
    return "，".join(filter(None, (amount, due, row.note))) or _("提供")


def _note_edits(found: CaseScene, history: History) -> None:
    case, code = found.case, found.reading.directory.jurisdiction.code
    wanted = ("case.open", "application.edit")
    lines = [e for e in entries_about(found.viewer, case.number, code) if e.action in wanted and e.outcome == "permitted"]
    sealed = sealed_of(found.viewer, code, [line.seq for line in lines])
    for line in lines:
        kept = sealed.get(line.seq) or {}
        payload, revision = kept.get("payload") or {}, int((kept.get("result") or {}).get("revision", 1))
        for name in (*CASE_FIELDS, *OF_A_DUTY):
            if name in payload:
                history.note(name, "", revision, _in_words(name, payload[name], found))
        if payload.get("bases") is not None:
            history.note("bases", "", revision, _bases(payload["bases"]))
        if line.action == "case.open":
            history.values.setdefault(("name", ""), []).insert(0, (revision, str(payload.get("title") or found.case.title)))


def _in_words(name: str, value: Any, found: CaseScene) -> str:
    edition, lang = found.now.looked.edition, found.lang
    if name == "handles_emergency":
        return _("是") if value else _("不是")
    if value in (None, ""):
        return ""
    if name == "ends_on":
        return day(value)
    if name == "track":
        return track_label(edition, value, lang)
    if name == "mode":
        return str(MODES.get(value, value))
    if name == "reason":
        reason = edition.change_reasons.get(value)
        return reason.label.in_language(lang) if reason else str(value)
    if name in ("list_name", "section"):
        return _({**LISTS, **SECTIONS}.get(value, value))
    if name == "declared_class" and value in edition.exclusions.classes:
        return edition.exclusions.classes[value].label.in_language(lang)
    return str(value)


def _bases(given: Iterable[dict[str, Any]]) -> str:
    return "\n".join(f"《{basis.get('title', '').strip('《》')}》{basis.get('article', '')}" for basis in given)
