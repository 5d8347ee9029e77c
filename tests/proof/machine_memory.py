"""What a random walk remembers of its case by itself, apart from the tables: texts, who entered what, corrections, documents (4.1-4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dutygate.law.procedure.invariants import Step

Payload = Mapping[str, Any]
BASES: dict[str, dict[str, Any]] = {
    "law": {"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第五条"},
    "policy": {"title": "关于做好森林防火工作的通知", "kind": "policy", "issuer": "旗人民政府", "article": ""},
    "ended": {"title": "林业管理暂行办法", "kind": "rule", "issuer": "林业部", "article": "第三条", "in_force_to": date(2020, 1, 1)},
}
MARKS = ("track", "mode", "acts_in_name_of", "declared_class", "handles_emergency", "necessity", "ends_on")


@dataclass
class Word:
    """One answer, decision, comment or notice that can be corrected: what it says, on which document, and who entered it."""

    serial: int
    value: str
    unit: str
    user: str
    document: str = ""


@dataclass
class Corrected:
    """更正 as it was entered: about which word (its serial then), what it said, what it should say."""

    target: str
    field: str
    new: str
    old: str
    serial: int
    user: str
    reason: str
    document: str
    confirmed: bool = False


@dataclass
class Memory:
    """One case. ``texts``: (item, township or "") -> text. ``words``: target and field of a correction -> what it is about.

    ``papers``: township -> who entered its papers since an original was seen. ``limits``: body -> the townships to which it limits.
    """

    initiator: str
    number: str = ""
    title: str = ""
    marks: dict[str, Any] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    safeguards: dict[tuple[str, str], tuple[bool, int | None, str]] = field(default_factory=dict)
    bases: frozenset[str] = frozenset()
    words: dict[tuple[str, str], Word] = field(default_factory=dict)
    papers: dict[str, set[str]] = field(default_factory=dict)
    limits: dict[str, frozenset[str]] = field(default_factory=dict)
    corrections: list[Corrected] = field(default_factory=list)
    submissions: int = 0
    serials: int = 0

    def opened(self, number: str, payload: Payload) -> None:
        """立卷 with these declarations."""
        self.number = number
        self.title = payload["title"]
        self.marks = {name: payload.get(name, "") for name in MARKS}
        self.marks["handles_emergency"] = bool(payload.get("handles_emergency"))
        self.marks["ends_on"] = payload.get("ends_on")

    def word_of(self, action: str, payload: Payload) -> Word | None:
        """What a correction, or the confirmation of one, is about."""
        if action == "record.correct":
            return self.words.get((payload["target"], payload["field"]))
        number = payload["correction"]
        if not 0 < number <= len(self.corrections):
            return None
        return self.words.get((self.corrections[number - 1].target, self.corrections[number - 1].field))

    def may_be_tried(self, action: str) -> bool:
        """Whether there is anything to correct, or a correction to confirm."""
        return bool(self.words if action == "record.correct" else self.corrections)

    def says(self, target: str, field_name: str, value: str, unit: str, user: str, document: str = "") -> None:
        """A new word, which takes the place of an earlier one."""
        self.serials += 1
        self.words[target, field_name] = Word(self.serials, value, unit, user, document)

    def edited(self, payload: Payload) -> None:
        """编写申请: the texts as they are now."""
        for item, text in payload.get("items", {}).items():
            if item == "name":
                self.title = text or self.title
            else:
                self.texts[item, ""] = text
        for township, texts in payload.get("per_township", {}).items():
            self.texts |= {(item, township): text for item, text in texts.items()}
        for given in payload.get("safeguards", ()):
            key = (given["kind"], given.get("township", ""))
            self.safeguards[key] = (given["needed"], given.get("amount_fen"), given.get("note", ""))
        if payload.get("bases") is not None:
            self.bases = bases_of(payload)
        for name in MARKS:
            if name in payload and (payload[name] is not None or name == "ends_on"):
                self.marks[name] = payload[name]

    def replied(self, township: str, unit: str, user: str, payload: Payload) -> None:
        """答复, by itself or entered from paper by ``unit``."""
        target = f"opinion:{township}"
        document = payload.get("document_number", "")
        self.says(target, "answer", payload["answer"], unit, user, document)
        self.words[target, "reason"] = Word(self.serials, payload.get("reason", ""), unit, user, document)
        self.papers[township] = {user} if payload.get("entered_for") else set()

    def decided(self, body: str, unit: str, user: str, payload: Payload) -> None:
        """登记决定 on what lies before the body now."""
        target = f"decision:{body}:{self.submissions}"
        self.says(target, "outcome", payload["outcome"], unit, user, payload["document_number"])
        word = Word(self.serials, payload["document_number"], unit, user, payload["document_number"])
        self.words[target, "document_number"] = word
        if payload.get("townships") is not None and payload["outcome"] == "for":
            self.limits[body] = frozenset(payload["townships"])

    def confirmed(self, correction: Corrected) -> None:
        """更正 takes effect: an answer or a text is replaced, an outcome is void."""
        correction.confirmed = True
        word = self.words[correction.target, correction.field]
        if correction.field == "outcome":
            _, body, _ = correction.target.split(":")
            for gone in {body, "city_government"}:
                self.limits.pop(gone, None)
                for name in ("outcome", "document_number"):
                    self.words.pop((f"decision:{gone}:{self.submissions}", name), None)
            return
        word.value = correction.new
        if correction.field == "answer":
            self.papers[correction.target.partition(":")[2]] = {correction.user}
        if correction.field == "answer" and correction.document:
            for name in ("answer", "reason"):
                self.words[correction.target, name].document = correction.document
        if correction.field == "document_number":
            for (target, _), other in self.words.items():
                if target == correction.target:
                    other.document = correction.new


def bases_of(payload: Payload) -> frozenset[str]:
    """Which of ``BASES`` a payload names."""
    return frozenset(name for name, basis in BASES.items() if basis in payload["bases"])


def remember(memory: Memory, action: str, payload: Payload, step: Step) -> None:
    """Keep what a permitted act said. ``step`` tells who entered it and whose act it was."""
    unit, user = step.unit, step.user
    if action == "application.edit":
        memory.edited(payload)
    elif action in ("consultation.reply", "consultation.change_reply"):
        memory.replied(step.meant, unit, user, payload)
    elif action == "consultation.settle_conditions" and payload.get("entered_for") and payload["settlement"] != "keep":
        memory.papers.setdefault(step.meant, set()).add(user)
    elif action == "record.check_original":
        memory.papers[payload["township"]] = set()
    elif action == "consultation.conclude":
        memory.texts["negotiated_opinion", ""] = payload["negotiated_opinion"]
    elif action == "decision.submit_to_banner":
        memory.submissions += 1
        memory.limits.clear()
    elif action == "decision.record":
        memory.decided(payload["body"], unit, user, payload)
    elif action == "review.comment":
        memory.says(f"comment:{step.meant}", "text", payload["text"], unit, user, payload.get("document_number", ""))
    elif action == "notice.issue":
        memory.says("notice:", "document_number", payload["document_number"], unit, user, payload["document_number"])
    elif action == "record.correct":
        word = memory.words[payload["target"], payload["field"]]
        memory.corrections.append(
            Corrected(
                payload["target"],
                payload["field"],
                payload["new"],
                word.value,
                word.serial,
                user,
                payload.get("reason", ""),
                payload.get("document_number", ""),
            )
        )
    elif action == "record.confirm":
        memory.confirmed(memory.corrections[payload["correction"] - 1])
