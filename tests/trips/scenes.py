"""For each action of the permission matrix a scene in which it may be done, and the payload with which it may be done there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from dutygate.base.actions.perform import perform
from tests.editions import checked_draft, published
from tests.journey import BANNER, POINTS, Journey, ended
from tests.rows import rows
from tests.world import World

CONDITIONAL: Final = {"answer": "agree_with_conditions", "conditions": ("经费三月前到位",)}


READERS: Final = {
    **{"initiator": ("forestry", "drafting"), "township_asked": ("naji", "consulting"), "department_asked": ("finance", "reviewing")},
    **{seat: (seat, "reviewing") for seat in ("lead", "legal", "services")},
    **{"member": ("agriculture", "reviewing"), "notified": ("naji", "approved")},
    **{"banner_committee": ("committee", "banner_decision"), "banner_government": ("government", "banner_decision")},
    "city_government": ("city", "city_decision"),
}
"""Role -> whose case is read in which state."""


def start(world: World) -> Journey:
    """One more case, of 旗林草局."""
    return Journey(world)


def _asked(world: World, **said: Any) -> Journey:
    journey = start(world).up_to("consulting")
    if said:
        journey.reply("naji", **said)
    return journey


def _answered_conditions(world: World) -> Journey:
    journey = _asked(world, **CONDITIONAL)
    journey.do("forestry", "consultation.answer_conditions", township="naji", answer="二月底前拨付")
    return journey


def _changed(world: World) -> Journey:
    journey = _asked(world, answer="agree")
    journey.do("forestry", "application.edit", items={"staffing": "两名兼职人员。"})
    return journey


def _all_agreed(world: World) -> Journey:
    journey = start(world).up_to("consulting")
    journey.reply()
    return journey


def _assessed(world: World) -> Journey:
    journey = start(world).up_to("reviewing")
    journey.assess()
    return journey


def _not_admitted(world: World) -> Journey:
    journey = _assessed(world)
    journey.conclude_review("not_admit")
    return journey


def _finance_asked(world: World) -> Journey:
    journey = start(world).up_to("reviewing")
    journey.ask_department()
    return journey


def _banner_for(world: World) -> Journey:
    journey = start(world).up_to("banner_decision")
    journey.decide_banner()
    return journey


def _told(world: World) -> Journey:
    journey = start(world).up_to("approved")
    journey.notify()
    return journey


def _receipt_on_paper(world: World) -> Journey:
    journey = _told(world)
    journey.do("lead", "notice.acknowledge", **journey.on_paper("lead", "naji"))
    return journey


def _on_paper(world: World) -> Journey:
    journey = start(world).up_to("consulting")
    journey.do("forestry", "consultation.reply", answer="agree", **journey.on_paper("forestry", "naji"))
    return journey


def _corrected(world: World) -> Journey:
    journey = start(world).up_to("agreed")
    journey.do("naji", "record.correct", **_correction())
    return journey


def _correction() -> dict[str, Any]:
    return {"target": "opinion:naji", "field": "reason", "new": "同意", "reason": "录入有误"}


def assessment(seat: str) -> dict[str, Any]:
    """What a seat finds."""
    own = {"legal": {"excluded_power": "none", "emergency": "none"}, "lead": {"necessity": "necessary"}}
    return {"seat": seat, "recommends": "admit", "points": {p: {"finding": "ok"} for p in POINTS}, **own.get(seat, {})}


def case_scene(world: World, action: str, role: str) -> tuple[Journey, dict[str, Any]]:
    """A case in which ``role`` may do ``action``, and its payload."""
    build, payload = _scene(world, action, role)
    return build(world), payload


def case_payload(world: World, action: str, role: str) -> dict[str, Any]:
    """The payload alone."""
    return _scene(world, action, role)[1]


def _scene(world: World, action: str, role: str) -> tuple[Callable[[World], Journey], dict[str, Any]]:
    paper = {"document_number": "阿测〔2026〕9号", "dated_on": str(world.today)}
    decided = {**paper, "outcome": "for"}
    task = {"task": "consultation.request", "user": "forestry2"}
    days = {"from_on": str(world.today), "to_on": str(world.today + timedelta(days=3))}
    scenes: dict[str, tuple[Callable[[World], Journey], dict[str, Any]]] = {
        "application.edit": (lambda w: start(w).up_to("agreed"), {"items": {"mechanism": "每季度会商。"}}),
        "consultation.request": (_filled, {}),
        "consultation.reply": (_asked, {"answer": "agree"}),
        "consultation.change_reply": (lambda w: _asked(w, answer="agree"), {"answer": "disagree", "reason": "再议"}),
        "consultation.answer_conditions": (lambda w: _asked(w, **CONDITIONAL), {"township": "naji", "answer": "二月底前拨付"}),
        "consultation.settle_conditions": (_answered_conditions, {"settlement": "accept"}),
        "consultation.ask_again": (_changed, {}),
        "consultation.narrow": (_asked, {"townships": ["naji"], "reason": "暂不承担"}),
        "consultation.conclude": (_all_agreed, {"negotiated_opinion": "均同意"}),
        "application.submit": (lambda w: start(w).up_to("agreed"), {"signed_on": str(world.today)}),
        "application.take_back": (lambda w: start(w).up_to("applied"), {}),
        "review.accept": (lambda w: start(w).up_to("applied"), {}),
        "review.return": (_assessed, {"gaps": [{"item": "staffing", "text": "未写岗位"}]}),
        "review.substitute": (lambda w: start(w).up_to("applied"), {"seat": "legal", "substitute": "services_bureau", "reason": "回避"}),
        "review.ask_department": (lambda w: start(w).up_to("reviewing"), {"departments": ["finance"]}),
        "review.comment": (_finance_asked, {"text": "无不同意见"}),
        "review.hear_expert": (
            lambda w: start(w).up_to("reviewing"),
            {"expert": "王工", "opinion": "可行", "heard_on": str(world.today)},
        ),
        "review.assess": (lambda w: start(w).up_to("reviewing"), assessment(role)),
        "review.extend": (lambda w: start(w).up_to("reviewing"), {"days": 5, "reason": "情况复杂"}),
        "review.pause": (lambda w: start(w).up_to("reviewing"), {"reason": "等待材料"}),
        "review.resume": (_paused, {"reason": "材料到了"}),
        "consultation.mediate": (_asked, {"held_on": str(world.today), "present": ["forestry", "naji"], "minutes": "双方说明了情况"}),
        "case.urge": (_late, {"task": "consultation.reply", "unit": "naji"}),
        "review.conclude": (_assessed, {"outcome": "admit", "no_other_concerned": "不涉及其他部门"}),
        "review.refuse": (_not_admitted, {"reasons": [{"text": "不属确需", "provision": "1"}]}),
        "decision.submit_to_banner": (lambda w: start(w).up_to("concluded"), paper),
        "decision.record": (
            lambda w: start(w).up_to("city_decision" if role == "city_government" else "banner_decision"),
            {**decided, "body": role},
        ),
        "decision.submit_to_city": (_banner_for, paper),
        "notice.issue": (lambda w: start(w).up_to("approved"), paper),
        "notice.acknowledge": (_told, {}),
        "notice.deliver": (_told, {"units": ["那吉镇"], "how": "hand", "delivered_on": str(world.today)}),
        "notice.contest": (_receipt_on_paper, {"reason": "不是我们签的"}),
        "notice.show_original": (_disputed, {"unit": "那吉镇", "shown_on": str(world.today)}),
        "case.withdraw": (_asked, {"reason": "条件尚不成熟"}),
        "edition.move_case": (_repealed, {"reason": "现行办法已经施行"}),
        "case.reassign": (_filled, task),
        "case.stand_in": (_filled, {**task, **days}),
        "case.circulate": (lambda w: _read_by(w, role), {"users": [READERS.get(role, ("lead", ""))[0]]}),
        "record.contest": (_on_paper, {"reason": "请核对"}),
        "record.check_original": (_on_paper, {"township": "naji"}),
        "record.correct": (lambda w: start(w).up_to("agreed"), _correction()),
        "record.confirm": (_corrected, {"correction": 1}),
    }
    return scenes[action]


def _disputed(world: World) -> Journey:
    journey = start(world).up_to("approved")
    journey.notify()
    journey.do("lead2", "notice.acknowledge", **journey.on_paper("lead2", "那吉镇"))
    journey.acknowledge()
    journey.do("naji", "notice.contest", reason="不是我们签的")
    return journey


def _paused(world: World) -> Journey:
    journey = start(world).up_to("reviewing")
    journey.do("lead", "review.pause", reason="等待材料")
    return journey


def _late(world: World) -> Journey:
    journey = start(world).up_to("consulting")
    rows("actions.OpenTask", subject=journey.number).update(opened_on=world.today - timedelta(days=60))
    return journey


def _read_by(world: World, role: str) -> Journey:
    journey = start(world).up_to(READERS.get(role, ("", "reviewing"))[1])
    if role == "department_asked":
        journey.ask_department()
    if role == "notified":
        journey.notify()
    return journey


def _repealed(world: World) -> Journey:
    journey = start(world).up_to("consulting")
    published(world)
    return journey


def _filled(world: World) -> Journey:
    journey = start(world)
    journey.open()
    journey.fill()
    return journey


def office_call(world: World, action: str, role: str) -> tuple[str, dict[str, Any]]:
    """Subject and payload of an action that is no step of a case."""
    later = str(world.today + timedelta(days=30))
    if action == "decision.record_set":
        state = "city_decision" if role == "city_government" else "banner_decision"
        case = start(world).up_to(state)
        cases = [{"case": case.number, "outcome": "for"}]
        return BANNER, {"body": role, "cases": cases, "document_number": "阿测〔2026〕9号", "dated_on": str(world.today)}
    if action == "consultation.reply_set":
        numbers = [Journey(world, townships=("naji", world.outside)).up_to("consulting").number for _n in range(2)]
        cases = [{"case": number, "answer": "agree"} for number in numbers]
        return BANNER, {"cases": cases, "document_number": "霍政函〔2026〕9号", "signed_on": str(world.today)}
    if action in ("unit.cancel_change", "post.pass_on"):
        return _of_a_change(world, action, later)
    if action in ("duty.notify_end", "duty.acknowledge_end"):
        return _of_an_end(world, action)
    if action == "document.issue" and role == "township_outsider":
        return BANNER, _task_reply(world)
    if action.startswith("document."):
        return BANNER, _paper_call(world, action, role)
    basis = {"title": "某某条例", "kind": "law", "issuer": "全国人大常委会"}
    reform = {"valid_from": later, "document": "内政字〔2026〕9号"}
    day = str(world.today)
    if action == "edition.publish":
        found = checked_draft(world) if role == "lead" else None
        return BANNER, {
            "draft": str(found.id) if found else "1",
            "document_number": "阿党办发〔2027〕1号",
            "dated_on": day,
            "in_force_from": day,
        }
    interpreted = {"provision": "5", "text": "包括必需的设备。", "dated_on": day, "published": True}
    higher = {"title": "某某办法", "article": "第六条", "since": day, "effect": "从其规定。"}
    calls: dict[str, tuple[str, dict[str, Any]]] = {
        "edition.draft": (BANNER, {"name": "arun_2027_9"}),
        "edition.check": (BANNER, {"draft": "1", "digest": "0" * 64, "whole": False, "states": 1}),
        "edition.begin": (BANNER, {"edition": "arun_2027_9"}),
        "deployment.register": (
            BANNER,
            {
                **{"document_number": "阿政办发〔2026〕9号", "issuer": "both", "title": "关于开展整治的通知"},
                **{"dated_on": day, "from_on": day},
            },
        ),
        "taskcheck.keep": (BANNER, {"title": "犬只登记", "text_digest": "0" * 64, "paper_on": day, "standing": "not_on_list"}),
        "law.ask": (BANNER, {"provision": "5", "question": "“技术力量”是否包括设备？"}),
        "law.interpret": (BANNER, interpreted),
        "law.mark_overridden": (BANNER, {"provision": "5", **higher}),
        "case.open": (
            BANNER,
            {"title": "防火宣传", "track": "regular", "declared_class": "public_service", "necessity": "确需", "mode": "assign"},
        ),
        "basis.register": (BANNER, basis),
        **_list_calls(world, role),
        "jurisdiction.create": ("150722", {"code": "150722", "name": "莫力达瓦旗", "kind": "banner", "parent": "1507"}),
        "unit.create": (BANNER, {"slug": "newbureau", "kind": "department", "name": "阿荣旗新局", "valid_from": day}),
        "unit.rename": (
            world.key("water"),
            {"name": "阿荣旗水利局", "short_name": "旗水利局", "valid_from": day, "document": "阿政发〔2026〕9号"},
        ),
        "unit.publish_contact": (
            BANNER,
            {"unit": world.key("water"), "telephone": "0470-1", "valid_from": day, "checked": True, "checked_by": "编办"},
        ),
        "unit.merge": (BANNER, {"units": [world.key("naji"), world.key("liuhe")], "new": {"slug": "naliu", "name": "那六镇"}, **reform}),
        "unit.split": (
            world.key("water"),
            {"successors": [{"new": {"slug": f"water_{n}", "name": f"阿荣旗水务{n}局"}} for n in (1, 2)], **reform},
        ),
        "unit.transfer_function": (world.key("water"), {"to": world.key("agriculture"), "what": "河道管护", **reform}),
        "conference.convene": (BANNER, {"form": "written", "reply_by": later}),
        "conference.appoint_member": (BANNER, {"unit": world.key("agriculture"), "valid_from": later, "document": "阿编发〔2026〕9号"}),
        "unit.take_seat": (BANNER, {"seat": "member", "unit": world.key("agriculture"), "valid_from": day}),
        "user.create": ("", {"username": "newperson", "name": "新人"}),
        "post.appoint": (world.key("water"), {"username": "finance", "kind": "handler", "valid_from": day}),
        "post.hand_over": (world.key("naji"), {"username": "naji", "to": "naji2"}),
        "post.end": (world.key("water"), {"username": "water", "kind": "handler", "ends_on": day, "reason": "调离"}),
        "token.issue": ("", {"label": "本人", "expires_on": later}),
        "calendar.load_year": (BANNER, {"year": 2026}),
        "calendar.set_day": (BANNER, {"day": "2026-12-01", "working": False, "source": "旗政府通知"}),
    }
    return calls[action]


PAPERS = {
    "initiator": ("forestry", "negotiated_opinion"),
    "township_asked": ("naji", "reply_letter"),
    "lead": ("lead", "review_opinion"),
    "legal": ("legal", "legal_opinion"),
    "banner_government": ("government", "request_city"),
}
"""Role -> the person who issues, and a kind that she issues."""


def _paper_call(world: World, action: str, role: str) -> dict[str, Any]:
    """A letterhead, or a paper of a case that has come to the banner; whoever issues none tries the lead's."""
    who, kind = PAPERS.get(role, PAPERS["lead"])
    unit = world.people[who].unit
    head = {"unit": unit, "mark_document": "某某文件", "mark_letter": "某某", "printed_by": "某某办公室"}
    head |= {"code_document": "阿某发", "code_letter": "阿某函"}
    if action == "document.set_letterhead":
        return head
    perform(world.people["lead"], "document.set_letterhead", BANNER, head, via="import")
    journey = start(world).up_to("banner_decision")
    content = {"title": "关于“林草防火宣传”的文", "to": "有关单位", "dated_on": str(world.today), "blocks": [{"text": "妥否，请批示。"}]}
    said = {"kind": kind, "cases": [journey.number], "template": 0, "papers": [{"content": content, "to": [unit]}]}
    return {**said, **({"signatory": "王某"} if kind.startswith("request") else {})}


def _task_reply(world: World) -> dict[str, Any]:
    """A township's reply that a task is not on its list."""
    unit = world.people["outsider"].unit
    head = {"unit": unit, "mark_document": "某镇文件", "mark_letter": "某镇", "printed_by": "某镇办公室"}
    perform(world.people["lead"], "document.set_letterhead", BANNER, {**head, "code_document": "某发", "code_letter": "某函"}, via="import")
    content = {
        "title": "关于“犬只登记”有关事项的复函",
        "to": "旗林草局",
        "dated_on": str(world.today),
        "blocks": [{"text": "不在清单上。"}],
    }
    return {"kind": "task_reply", "template": 0, "papers": [{"content": content, "to": [world.key("forestry")]}]}


def _list_calls(world: World, role: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Of the actions on lists those that need neither a file nor what stands on a list already."""
    provision = {"title": "某某条例", "kind": "local_regulation", "article": "第五条", "issuer": "自治区人大常委会"}
    finding = {"by": world.key("justice"), "text": "该条直接规定由苏木乡镇承担", "given_on": str(world.today)}
    day = {"townships": [world.key(world.townships[0])], "valid_from": str(world.today)}
    return {"list.enter_by_law": (BANNER, {"title": "草原防火宣传", "provision": provision, "finding": finding, **day})}


def _of_a_change(world: World, action: str, day: str) -> tuple[str, dict[str, Any]]:
    """A change on record for a day to come, to be taken back, or along which people go."""
    given = {"units": [world.key("water")], "into": world.key("agriculture"), "valid_from": day, "document": "阿编发〔2026〕9号"}
    change = perform(world.people["system_admin"], "unit.merge", BANNER, given, via="import").result["change"]
    if action == "unit.cancel_change":
        return change, {"reason": "文件改期"}
    return world.key("water"), {"to": world.key("agriculture")}


def _of_an_end(world: World, action: str) -> tuple[str, dict[str, Any]]:
    """A temporary duty whose term is over: to be told, or told and to be acknowledged."""
    ended(start(world))
    notice = {"document_number": "阿编〔2027〕9号"}
    if action == "duty.notify_end":
        return "150721-D-0001", notice
    perform(world.people["lead"], "duty.notify_end", "150721-D-0001", notice, via="import")
    return "150721-D-0001", {}


__all__ = ["assessment", "case_scene", "office_call", "start"]
