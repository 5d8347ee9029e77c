"""卷里的话: what the records of a case say in words, as its reader sees them: who asks for what, for whom, with what (Articles 4.1-4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from dutygate.base.documents.official.paper import Annex, Block, day_zh
from dutygate.base.documents.official.template import Value
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.letters import MODES, support_zh
from dutygate.features.cases.duties import duty_on
from dutygate.features.cases.sections import Reading, sections_of

VERBS: Final = {"admission": "准入", "exit": "退出", "adjustment": "调整"}
ARTICLES: Final = {
    **{"第一条": "1", "第四条（一）": "4.1", "第四条（二）": "4.2", "第四条（三）": "4.3", "第四条（四）": "4.4", "第四条（五）": "4.5"},
    **{"第七条": "7"},
}
RESTS_ON: Final = {"admission": ("1", "4.1"), "exit": ("4.4",), "adjustment": ("4.4", "4.5")}
BANNER: Final = ("banner_committee", "banner_government")
CITY: Final = "city_government"


def body_of(office: str) -> str:
    """阿荣旗人民政府办公室 -> 阿荣旗人民政府: a body signs and is addressed under its own name."""
    return office.removesuffix("办公室")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person adds to what is known: a word of her own (说明), until when an answer is asked for, the day of the paper."""

    dated_on: date
    remark: str = ""
    until: date | None = None


class CaseWords:
    """A case in words, as its reader sees it; each part is read once."""

    def __init__(self, reading: Reading, given: Given) -> None:
        self.reading, self.case, self.given = reading, reading.case, given
        self.edition = edition_by_digest(self.case.edition_digest)
        self.verb = VERBS[self.case.kind]

    @cached_property
    def sections(self) -> dict[str, Any]:
        """Everything that the reader may see of the case."""
        return sections_of(self.reading.viewer, self.reading)

    def name(self, key: str) -> str:
        """A unit by its name on the day of reading."""
        return self.reading.directory.name_on(self.reading.directory.by_key(key).id, self.reading.on)

    def addressed(self, key: str) -> str:
        """How a paper addresses a unit: the office of a deciding body receives for the body, and the body is addressed."""
        held = self.reading.directory.seats_of(self.reading.directory.by_key(key).id, self.reading.on)
        return body_of(self.name(key)) if held & {*BANNER, CITY} else self.name(key)

    @cached_property
    def initiator(self) -> dict[str, str]:
        """Who applies: {key, name}."""
        return self.reading.unit(self.case.initiator_id) or {"key": "", "name": ""}

    @cached_property
    def duty(self) -> str:
        """The code of the duty that an exit or an adjustment is about; "" for an admission."""
        found = duty_on(self.case.jurisdiction_id, self.case.duty_id, self.reading.on) if self.case.duty_id else None
        return found.code if found else ""

    @cached_property
    def own(self) -> str:
        """The key of the reader's unit."""
        return self.reading.viewer.unit

    @cached_property
    def inside(self) -> list[dict[str, Any]]:
        """The rows of the units in scope, as far as the reader sees them."""
        return [row for row in self.sections["opinions"]["townships"] if row["in_scope"] and row["unit"]]

    @cached_property
    def townships(self) -> str:
        """Their names in one line."""
        return "、".join(row["unit"]["name"] for row in self.inside)

    def seats(self, *seats: str) -> tuple[str, ...]:
        """The keys of the units in these seats today."""
        held = self.reading.directory.seats(self.reading.on)
        return tuple(dict.fromkeys(self.reading.directory.unit(held[seat]).key for seat in seats if seat in held))

    def item(self, name: str) -> str:
        """One of the items, as it holds for all."""
        rows = self.sections["application"]["items"]
        return next((row["text"] for row in rows if row["item"] == name and row["township"] is None), "")

    def asks(self, who: str) -> str:
        """The matter in half a sentence: who asks for what."""
        title, kind = self.case.title, self.case.kind
        if kind == "admission":
            return f"{who}将“{title}”{MODES.get(self.case.mode, '交由')}{self.townships or '有关乡镇'}承担"
        reason = f"（理由：{self.case.reason_words.rstrip('。')}）" if self.case.reason_words else ""
        return f"{who}{self.verb}职责事项“{title}”（{self.duty}）{reason}"

    @property
    def track(self) -> str:
        """常态化 or 阶段性, with its last day."""
        if self.case.track != "temporary":
            return "常态化事项"
        return "阶段性、临时性任务" + (f"，到{day_zh(self.case.ends_on)}为止（含当天）" if self.case.ends_on else "")

    @property
    def safeguards(self) -> str:
        """What comes with it, for all."""
        yearly = self.case.track != "temporary"
        rows = [row for row in self.sections["application"]["safeguards"] if row["township"] is None]
        return "；".join(support_zh({**row, "yearly": yearly}) for row in rows)

    def common(self) -> dict[str, Value]:
        """What every kind about a case knows."""
        labels = {name: self.edition.provisions[provision].label.zh for name, provision in ARTICLES.items()}
        return {
            **labels,
            "事项": self.case.title,
            "事由": self.verb,
            "办法": f"《{self.edition.title.zh}》（{self.edition.document_number}）",
            "有关条款": "、".join(self.edition.provisions[one].label.zh for one in RESTS_ON[self.case.kind]),
            "单位": self.name(self.own),
            "办件": self.case.number,
            "版次": str(self.case.revision),
            "类别": self.track,
            "请求": self.asks(f"{self.initiator['name']}申请") + "。",
            "说明": self.given.remark,
            "申请单位": self.initiator["name"],
            "乡镇": self.townships,
            "必要性": self.case.necessity,
        }

    def form(self, without: tuple[str, ...] = ()) -> tuple[Annex, ...]:
        """书面申请书: the items that the edition asks of this kind of case, each under its label."""
        blocks: list[Block] = []
        for item in self.edition.items_of(self.case.kind).values():
            text = self.case.title if item.id == "name" else self.item(item.id)
            if item.id in without or not text:
                continue
            blocks.append(Block(kind="level1", text=item.label.zh))
            blocks += [Block(text=line.strip()) for line in text.split("\n") if line.strip()]
            for row in self.sections["application"]["items"]:
                if row["item"] == item.id and row["township"] is not None:
                    blocks.append(Block(text=f"{row['township']['name']}另有：{row['text']}"))
            if item.id == "safeguards" and self.safeguards:
                blocks.append(Block(text=f"{self.safeguards}。"))
        return (Annex(title=f"“{self.case.title}”职责{self.verb}申请书", blocks=tuple(blocks)),) if blocks else ()

    @cached_property
    def approvals(self) -> list[dict[str, Any]]:
        """The outcomes that stand, each for; the city's alone where it decides."""
        standing = [one for one in self.sections["decision"]["decisions"] if one["voided_at"] is None and one["outcome"] == "for"]
        return standing
