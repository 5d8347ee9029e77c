"""文稿: ready drafts of what is sent up and told (Articles 1, 4.2-4.4). They are Chinese documents, whatever the page's language.

Whoever uses one reads it and may change every word; nothing rests on the draft itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dutygate.features.decision.words import day_in_document
from dutygate.law.regulation.edition import Edition

MODES = {"entrust": "委托", "assign": "交由"}
VERBS = {"admission": "准入", "exit": "退出", "adjustment": "调整"}
LINE, PARAGRAPH, INDENT = "\n", "\n\n", "\u3000\u3000"


@dataclass(frozen=True, slots=True)
class Matter:
    """What every letter about a case says of it. ``townships``: the names of those that are to take it on.

    Of an exit or an adjustment: ``townships`` whose lists it is about, ``leaving`` whose lists a changed duty leaves, ``duty`` its code,
    ``said`` what the other side said, counted; ``lead`` the department whose duty it is.
    """

    edition: Edition
    title: str
    initiator: str
    track: str
    mode: str
    acts_in_name_of: str
    ends_on: date | None
    townships: tuple[str, ...]
    kind: str = "admission"
    duty: str = ""
    reason: str = ""
    leaving: tuple[str, ...] = ()
    said: str = ""
    lead: str = ""
    turns_regular: bool = False

    @property
    def verb(self) -> str:
        """准入, 退出 or 调整."""
        return VERBS[self.kind]

    @property
    def asked(self) -> str:
        """The matter in one sentence."""
        if self.kind != "admission":
            return self._asked_of_change()
        where = "、".join(self.townships) or "有关乡镇"
        return f"{self.initiator}申请将“{self.title}”{MODES.get(self.mode, '交由')}{where}承担，属{self._kind()}。"

    def _asked_of_change(self) -> str:
        where = "、".join(self.townships)
        why = f"理由：{self.reason}。" if self.reason else ""
        if self.kind == "exit":
            return f"{self.initiator}申请将“{self.title}”（{self.duty}）从{where}的清单上退出。{why}"
        turns = "，由阶段性、临时性任务转为常态化事项" if self.turns_regular else ""
        leaving = f"，并从{'、'.join(self.leaving)}的清单上退出" if self.leaving else ""
        given = f"，涉及{where}" if where else ""
        return f"{self.initiator}申请调整“{self.title}”（{self.duty}）{turns}{given}{leaving}。{why}"

    def _kind(self) -> str:
        if self.track == "temporary":
            end = f"，截止日期为{day_in_document(self.ends_on)}（含当天）" if self.ends_on else ""
            return f"阶段性、临时性工作任务{end}"
        return "常态化事项"

    def article(self, provision: str) -> str:
        """The regulation and one of its provisions."""
        return f"《{self.edition.title.zh}》（{self.edition.document_number}）{self.edition.provisions[provision].label.zh}"

    def named(self, bodies: Iterable[str]) -> str:
        """Bodies as they are addressed."""
        return "、".join(self.edition.seats[body].label.zh for body in bodies)


def _letter(title: str, to: str, paragraphs: Iterable[str], sender: str, day: date) -> str:
    body = LINE.join(f"{INDENT}{paragraph}" for paragraph in paragraphs if paragraph)
    return PARAGRAPH.join((title, f"{to}：{LINE}{body}", f"{sender}{LINE}{day_in_document(day)}"))


def to_banner(matter: Matter, bodies: Iterable[str], conclusion: str, sender: str, day: date, *, banner_alone: bool) -> str:
    """请示 to the banner's bodies: the matter, how it was reviewed, what the review concluded."""
    heard = "所列乡镇均已书面同意。" if matter.kind == "admission" else f"已书面征求另一方意见：{matter.said}。"
    rests_on = matter.article("4.2") if matter.kind == "admission" else f"{matter.article('4.2')}、（四）、（五）"
    paragraphs = [
        matter.asked,
        f"我单位会同有关成员单位，依照{rests_on}进行了审核。{heard}审核意见为：同意{matter.verb}。{conclusion}",
        "" if banner_alone else f"依照{matter.article('1')}，旗级审核同意后，还要报市政府批准。",
        "妥否，请批示。",
    ]
    return _letter(f"关于“{matter.title}”职责{matter.verb}的请示", matter.named(bodies), paragraphs, sender, day)


def to_city(matter: Matter, agreed: Iterable[tuple[str, str, date]], sender: str, day: date) -> str:
    """请示 to the city; ``agreed``: (body, document number, day) of each outcome of the banner."""
    said = "；".join(f"{matter.named([body])}{day_in_document(on)}{number}" for body, number, on in agreed)
    paragraphs = [
        matter.asked,
        f"经联席会议成员单位审核，旗级审核均同意（{said}）。",
        f"依照{matter.article('1')}，现报请批准实施。",
        "妥否，请批示。",
    ]
    return _letter(f"关于“{matter.title}”职责{matter.verb}的请示", matter.named(["city_government"]), paragraphs, sender, day)


@dataclass(frozen=True, slots=True)
class Approval:
    """What was decided in the end. ``bodies``: who decided it."""

    bodies: tuple[str, ...]
    document_number: str
    effective_on: date
    ends_on: date | None


def of_admission(matter: Matter, approval: Approval, sender: str, day: date) -> str:
    """告知书 of an admission."""
    end = f"至{day_in_document(approval.ends_on)}止，含当天" if approval.ends_on else "长期"
    name = f"，{matter.acts_in_name_of}" if matter.acts_in_name_of else ""
    paragraphs = [
        f"“{matter.title}”已经{matter.named(approval.bodies)}批准（{approval.document_number}），准予准入。依照{matter.article('4.4')}，现书面告知如下：",
        f"一、承担单位：{'、'.join(matter.townships)}。",
        f"二、牵头部门：{matter.initiator}。方式：{MODES.get(matter.mode, '交由')}{name}。",
        f"三、起止：自{day_in_document(approval.effective_on)}起，不早于本告知书发出之日；{end}。",
        "四、自本告知书发出之日起列入清单。请各单位收到后签收，签收即为接手。申请单位应当按照申请书落实经费、技术力量和业务培训等保障。",
    ]
    return _letter(f"关于“{matter.title}”准予准入的告知书", "各有关单位", paragraphs, sender, day)


def of_exit(matter: Matter, approval: Approval, sender: str, day: date) -> str:
    """告知书 of an exit."""
    paragraphs = [
        f"“{matter.title}”（{matter.duty}）已经{matter.named(approval.bodies)}批准（{approval.document_number}），准予退出。"
        f"依照{matter.article('4.4')}，现书面告知如下：",
        f"一、退出清单的乡镇：{'、'.join(matter.townships)}。",
        f"二、自{day_in_document(approval.effective_on)}起退出，不早于本告知书发出之日；在此以前的工作照旧办理。",
        f"三、在办工作和退出以后由谁承担，按申请书写明的办理；主管部门：{matter.lead}。",
        "四、请各单位收到后签收。",
    ]
    return _letter(f"关于“{matter.title}”准予退出的告知书", "各有关单位", paragraphs, sender, day)


def of_adjustment(matter: Matter, approval: Approval, sender: str, day: date) -> str:
    """告知书 of an adjustment."""
    end = f"至{day_in_document(approval.ends_on)}止，含当天" if approval.ends_on else "长期"
    turns = "由阶段性、临时性任务转为常态化事项，" if matter.turns_regular else ""
    points = [
        f"承担单位：{'、'.join(matter.townships)}。" if matter.townships else "",
        f"退出清单的乡镇：{'、'.join(matter.leaving)}。" if matter.leaving else "",
        f"{turns}自{day_in_document(approval.effective_on)}起按调整后的内容，不早于本告知书发出之日；{end}。",
        f"调整的内容见申请书；主管部门：{matter.lead}。",
        "请各单位收到后签收，签收即为接手。",
    ]
    numbers = "一二三四五"
    kept = [point for point in points if point]
    paragraphs = [
        f"“{matter.title}”（{matter.duty}）已经{matter.named(approval.bodies)}批准（{approval.document_number}），准予调整。"
        f"依照{matter.article('4.4')}、（五），现书面告知如下：",
        *(f"{numbers[n]}、{point}" for n, point in enumerate(kept)),
    ]
    return _letter(f"关于“{matter.title}”准予调整的告知书", "各有关单位", paragraphs, sender, day)


def of_refusal(matter: Matter, reasons: Iterable[Mapping[str, str]], sender: str, day: date) -> str:
    """告知书 of a refusal, with its reasons."""
    listed = [f"{place}. {reason['text']}{_resting_on(matter, reason.get('provision', ''))}" for place, reason in enumerate(reasons, 1)]
    asked = f"{matter.initiator}申请的“{matter.title}”" + ("" if matter.kind == "admission" else f"（{matter.duty}）{matter.verb}")
    paragraphs = [f"{asked}，不予{matter.verb}。依照{matter.article('4.2')}，现书面告知并说明理由："]
    end = "乡镇不承担该事项。" if matter.kind == "admission" else "该事项在清单上照旧。"
    title = f"关于“{matter.title}”不予{matter.verb}的告知书"
    return _letter(title, "各有关单位", [*paragraphs, *listed, f"{end}请各单位收到后签收。"], sender, day)


def _resting_on(matter: Matter, provision: str) -> str:
    known = matter.edition.provisions.get(provision)
    return f"（{known.label.zh}）" if known else ""
