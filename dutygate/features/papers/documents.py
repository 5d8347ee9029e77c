"""文书写什么: from the records of a case to what stands for each placeholder, and to whom a paper goes (Articles 4.1-4.5).

Everything is read through the sections of a case as its reader sees them, so that no paper says more than its office may know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils.translation import override

from dutygate.base.documents.official.paper import Annex, Block, Content, day_zh
from dutygate.base.documents.official.template import Value, filled
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.letters import MODES, support_zh
from dutygate.features.application.letters import day_zh as day_of
from dutygate.features.application.letters_of_change import SAID
from dutygate.features.cases.duties import duty_on
from dutygate.features.cases.sections import Reading, sections_of
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.queries import InForce
from dutygate.features.review.words import EMERGENCY, EXCLUDED, POINT, recommends_in

VERBS: Final = {"admission": "准入", "exit": "退出", "adjustment": "调整"}
ARTICLES: Final = {
    **{"第一条": "1", "第四条（一）": "4.1", "第四条（二）": "4.2", "第四条（三）": "4.3", "第四条（四）": "4.4", "第四条（五）": "4.5"},
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


@dataclass(frozen=True, slots=True)
class Drafted:
    """One paper drawn up, and the units (keys) to which it goes."""

    content: Content
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What one paper says beside the words of its case: values by placeholder, whom it goes to, with what copies."""

    to: tuple[str, ...]
    values: dict[str, Value] = field(default_factory=dict)
    cc: tuple[str, ...] = ()


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


Writer = Callable[[CaseWords], list[Words]]
_writers: Final[dict[str, Writer]] = {}


def writes(name: str) -> Callable[[Writer], Writer]:
    """Register what a kind says: (case) -> one set of words for each paper; [] while there is nothing to write."""

    def register(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return register


def drafted(kind: Kind, template: InForce, readings: Sequence[Reading], given: Given, signed: str) -> list[Drafted]:
    """The papers of a kind about these cases, from the template in force; [] while there is nothing to write."""
    with override("zh-hans"):
        cases = [CaseWords(reading, given) for reading in readings]
        words = _writers[kind.name](cases[0]) if len(cases) == 1 else _many(kind, cases)
        papers = []
        for one in words:
            values: dict[str, Value] = {**dict.fromkeys(kind.known, ""), **cases[0].common(), **one.values}
            values["主送"] = "、".join(cases[0].addressed(key) for key in one.to)
            values["抄送"] = "，".join(cases[0].name(key) for key in one.cc)
            papers.append(Drafted(filled(template.lines, values, signed, given.dated_on), one.to, one.cc))
        return papers


def one_each(words: Sequence[Words], each: bool) -> list[Words]:
    """One paper for each recipient, or one for all of them."""
    return [Words((key,), one.values, one.cc) for one in words for key in one.to] if each else list(words)


def _level3(lines: Sequence[str]) -> tuple[Block, ...]:
    return tuple(Block(kind="level3", text=line) for line in lines if line)


@writes("consultation_letter")
def _consultation(case: CaseWords) -> list[Words]:
    if not case.inside:
        return []
    until = f"于{day_zh(case.given.until)}前" if case.given.until else "在规定的时限内"
    binding = case.case.kind == "admission" or case.case.burden
    values: dict[str, Value] = {
        "再次": "再次" if case.case.round > 1 else "",
        "请求": case.asks("我单位拟" if case.case.kind == "admission" else "我单位拟申请") + "，",
        "内容": case.item("content"),
        "保障": f"{case.safeguards}。" if case.safeguards else "",
        "期限": until,
        "沉默": "不答复不视为同意。" if binding else "到期未答复的，记为未反馈，不视为同意，也不视为反对，报有权机关决定。",
        "全文": case.form(without=("negotiated_opinion",)),
    }
    return one_each([Words(tuple(row["unit"]["key"] for row in case.inside), values)], each=True)


@writes("reply_letter")
def _reply(case: CaseWords) -> list[Words]:
    opinions = case.sections["opinions"]
    own = next((row for row in opinions["townships"] if row["unit"] and row["unit"]["key"] == case.own and row["answers"]), None)
    if own is None:
        return []
    last, asked = own["answers"][-1], opinions["rounds"][-1]
    number = f"（{asked['document_number']}）" if asked["document_number"] else ""
    taking = {"admission": "承担", "exit": "退出", "adjustment": "调整"}[case.case.kind]
    values: dict[str, Value] = {
        "来函": f"{day_of(asked['requested_at'])}征求意见的来函{number}",
        "答复": f"我单位{SAID[last['answer']]}{taking}“{case.case.title}”（第{last['revision']}版）。",
        "条件": _level3([f"条件：{one['text']}" for one in last["conditions"]]),
        "理由": f"{'理由' if last['answer'] == 'disagree' else '说明'}：{last['reason']}" if last["reason"] else "",
    }
    return [Words((case.initiator["key"],), values)]


@writes("negotiated_opinion")
def _negotiated(case: CaseWords) -> list[Words]:
    text = case.item("negotiated_opinion")
    blocks = tuple(Block(text=line.strip("　 ")) for line in text.split("\n") if line.strip("　 "))
    return [Words(case.seats("lead"), {"协商意见": blocks})] if text else []


@writes("application_letter")
def _application(case: CaseWords) -> list[Words]:
    if not case.item("negotiated_opinion"):
        return []
    values: dict[str, Value] = {
        "请求": case.asks("我单位拟" if case.case.kind == "admission" else "我单位申请") + "，",
        "申请书": case.form(),
    }
    return [Words(case.seats("lead"), values)]


@writes("gaps_notice")
def _gaps(case: CaseWords) -> list[Words]:
    returns = case.sections["review"]["returns"]
    if not returns:
        return []
    items = case.edition.all_items
    said = [f"{items[gap['item']].label.zh if gap['item'] in items else gap['item']}：{gap['text']}" for gap in returns[-1]["gaps"]]
    return [Words((case.initiator["key"],), {"补正": _level3(said)})]


@writes("department_letter")
def _department(case: CaseWords) -> list[Words]:
    found = []
    for asked in case.sections["review"]["comments"]:
        until = f"于{day_zh(asked['reply_by'])}前" if asked["reply_by"] else "在规定的时限内"
        question = asked["question"] or "本事项与你单位职责的衔接，以及其他意见。"
        found.append(Words((asked["unit"]["key"],), {"问题": question, "期限": until, "申请书": case.form()}))
    return found


@writes("legal_opinion")
def _legal(case: CaseWords) -> list[Words]:
    rows = [one for one in case.sections["review"]["assessments"] if one["seat"] == "legal" and not one["superseded"]]
    if not rows:
        return []
    last = rows[-1]
    points = case.edition.focus_points
    said = [
        f"{points[one['point']].label.zh if one['point'] in points else one['point']}：{POINT[one['finding']]}"
        + (f"。{one['text']}" if one["text"] else "。")
        for one in last["points"]
    ]
    values: dict[str, Value] = {
        "审核重点": _level3(said),
        "除外权力": _found(EXCLUDED, last["excluded_power"], last["excluded_power_reason"]),
        "应急": _found(EMERGENCY, last["emergency"], last["emergency_reason"]),
        "建议": str(recommends_in(case.case.kind).get(last["recommends"], "")),
        "意见": last["text"],
    }
    return [Words(case.seats("lead"), values)]


def _found(words: dict[str, Any], value: str, reason: str) -> str:
    said = str(words.get(value, ""))
    return f"{said}。{reason}" if said and reason else f"{said}。" if said else ""


def _dissent(case: CaseWords, conclusion: dict[str, Any]) -> str:
    return "；".join(f"{one.get('unit') or one.get('seat', '')}：{one.get('text', '').rstrip('。')}" for one in conclusion["dissent"])


@writes("review_opinion")
def _review(case: CaseWords) -> list[Words]:
    conclusion = case.sections["review"]["conclusion"]
    if conclusion is None:
        return []
    blocks = tuple(Block(text=line.strip("　 ")) for line in conclusion["text"].split("\n") if line.strip("　 "))
    return [Words(case.seats(*BANNER), {"审核意见": blocks, "不同意见": _dissent(case, conclusion)})]


def _heard(case: CaseWords) -> str:
    if case.case.kind == "admission":
        return "所列乡镇均已书面同意。"
    counted: dict[str, int] = {}
    for row in case.inside:
        said = SAID.get(row["answer"], "未反馈")
        counted[said] = counted.get(said, 0) + 1
    return "已书面征求另一方意见：" + "，".join(f"{said}{number}个" for said, number in counted.items()) + "。"


def _opinion_annex(case: CaseWords) -> tuple[Annex, ...]:
    conclusion = case.sections["review"]["conclusion"]
    if conclusion is None or not conclusion["text"]:
        return ()
    blocks = tuple(Block(text=line.strip("　 ")) for line in conclusion["text"].split("\n") if line.strip("　 "))
    return (Annex(title=f"关于“{case.case.title}”的审核意见", blocks=blocks),)


@writes("request_banner")
def _to_banner(case: CaseWords) -> list[Words]:
    conclusion = case.sections["review"]["conclusion"]
    if conclusion is None or conclusion["outcome"] != "admit":
        return []
    values: dict[str, Value] = {"事项或各项": f"“{case.case.title}”", "征求情况": _heard(case), "审核意见附件": _opinion_annex(case)}
    return one_each([Words(case.seats(*BANNER), values)], each=True)


@writes("request_city")
def _to_city(case: CaseWords) -> list[Words]:
    banner = [one for one in case.approvals if one["body"] in BANNER]
    if not banner or case.case.track == "temporary":
        return []
    values: dict[str, Value] = {"事项或各项": f"“{case.case.title}”", "旗级决定": _decided(case, banner)}
    return [Words(case.seats(CITY), values)]


def _decided(case: CaseWords, decisions: Sequence[dict[str, Any]]) -> str:
    seats = case.edition.seats
    return "；".join(f"{seats[one['body']].label.zh}{day_zh(one['decided_on'])}{one['document_number']}" for one in decisions)


def _many(kind: Kind, cases: Sequence[CaseWords]) -> list[Words]:
    """One request for several cases, which a table behind it lists; [] when one of them has nothing to be asked for."""
    single = [_writers[kind.name](case) for case in cases]
    if any(not words for words in single):
        return []
    first = cases[0]
    rows = [
        (str(n), case.case.number, case.case.title, case.initiator["name"], case.townships, case.track)
        for n, case in enumerate(cases, start=1)
    ]
    table = Block(
        kind="table",
        columns=("序号", "办件编号", "职责名称", "申请单位", "涉及乡镇", "类别"),
        widths=(1, 3, 4, 3, 5, 3),
        rows=tuple(rows),
    )
    verbs = "、".join(dict.fromkeys(case.verb for case in cases))
    values: dict[str, Value] = {
        "事项或各项": f"“{first.case.title}”等{len(cases)}项",
        "事由": verbs,
        "申请单位": "、".join(dict.fromkeys(case.initiator["name"] for case in cases)),
        "请求": f"共{len(cases)}项，逐项列在附件。",
        "征求情况": "各项均已书面征求有关单位意见，结果见各卷的协商意见。",
        "附表": (Annex(title=f"提请批准的职责{verbs}事项", blocks=(table,)),),
        "审核意见附件": tuple(annex for case in cases for annex in _opinion_annex(case)) if kind.name == "request_banner" else (),
        "旗级决定": "各项的决定文号见各卷" if kind.name == "request_city" else "",
    }
    return one_each([Words(tuple(dict.fromkeys(key for words in single for one in words for key in one.to)), values)], each=True)


@writes("refusal_notice")
def _refused(case: CaseWords) -> list[Words]:
    refusal = case.sections["review"]["refusal"]
    against = [one for one in case.sections["decision"]["decisions"] if one["voided_at"] is None and one["outcome"] == "against"]
    reasons = refusal["reasons"] if refusal else against[-1]["reasons"] if against else []
    if not reasons:
        return []
    provisions = case.edition.provisions
    said = [
        reason["text"].rstrip("。") + (f"（{provisions[reason['provision']].label.zh}）。" if reason.get("provision") in provisions else "。")
        for reason in reasons
    ]
    after = "乡镇不承担该事项。" if case.case.kind == "admission" else "该事项在清单上照旧。"
    return [_told(case, {"不予理由": _level3(said), "后果": after})]


def _told(case: CaseWords, values: dict[str, Value]) -> Words:
    """A notice to every party; the seats get a copy."""
    to = dict.fromkeys((case.initiator["key"], *(row["unit"]["key"] for row in case.inside)))
    cc = [key for key in case.seats("legal", "services") if key not in to]
    return Words(tuple(to), values, tuple(cc))


def _approved(case: CaseWords, kind: str) -> list[Words]:
    if case.case.kind != kind or case.case.outcome != "approved" or not case.approvals:
        return []
    city = [one for one in case.approvals if one["body"] == CITY]
    last = city or case.approvals
    ends = min((one["expires_on"] for one in case.approvals if one["expires_on"]), default=case.case.ends_on)
    starts = [one["effective_on"] for one in last if one["effective_on"]]
    seats = case.edition.seats
    values: dict[str, Value] = {
        "事项编号": case.duty,
        "批准机关": "、".join(seats[one["body"]].label.zh for one in last),
        "批准文号": "、".join(one["document_number"] for one in last),
        "施行日期": day_zh(max(starts)) if starts else "本通知发出之日",
        "截止": f"至{day_zh(ends)}止，含当天" if ends else "长期",
        "方式": MODES.get(case.case.mode, "交由"),
        "名义": f"{case.case.acts_in_name_of.rstrip('。')}。" if case.case.acts_in_name_of else "",
        "保障": f"{case.safeguards}。" if case.safeguards else "",
    }
    return [_told(case, values)]


@writes("admission_notice")
def _admitted(case: CaseWords) -> list[Words]:
    return _approved(case, "admission")


@writes("exit_notice")
def _left(case: CaseWords) -> list[Words]:
    return _approved(case, "exit")


@writes("adjustment_notice")
def _adjusted(case: CaseWords) -> list[Words]:
    return _approved(case, "adjustment")
