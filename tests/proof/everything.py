"""Cases that together leave a row in every business table: what tampering is tried on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from dutygate.base.actions import clock
from dutygate.base.actions.now import open_to
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.actions.sweep import sweep
from dutygate.features.lists.tests.importing import taken_in
from dutygate.features.papers.tests.stage import issue_order, letterhead
from tests.editions import published
from tests.journey import BANNER, Journey
from tests.rows import rows
from tests.supervision import Reported, a_mandate, brought, with_oversight
from tests.world import World


def one_of_everything(world: World) -> dict[str, Journey]:
    """Cases by what they show, in many states; some acts are refused on the way."""
    office(world)
    lists(world)
    papers(world)
    tasks(world)
    reports(world)
    return {
        "done": _done(world),
        "temporary": (temporary := Journey(world).up_to("done", track="temporary")),
        "conditions": _conditions(world),
        "paper": _paper(world),
        "dealt_with": _dealt_with(world),
        "own_cause": _own_cause(world),
        "returned": (returned := _returned(world)),
        "not_admitted": _not_admitted(world),
        "withdrawn": Journey(world).up_to("withdrawn"),
        "set": _set(world),
        "succeeded": _succeeded(world),
        "moved": _moved(world),
        "ended": _ended(temporary, returned),
    }


def reports(world: World) -> None:
    """One report that was closed, with a file and a mandate, and one that waits and will be reminded of."""
    with_oversight(world)
    a_mandate(world)
    report = Reported(world, files=[brought(world, "naji")]).up_to("ordered")
    letterhead(world, "discipline", code_document="阿纪发", code_letter="阿纪函")
    issue_order(world, report)
    report.do("discipline", "attach_order_scan", files=[brought(world, "discipline")])
    report.up_to("closed")
    Reported(world).up_to("accepted")


def _ended(case: Journey, late: Journey) -> Journey:
    """Reminded of, ended, told and acknowledged, each on its day, and what is late by then urged: nothing is done after that."""
    first, last = case.world.today, case.case.ends_on
    code = rows("lists.Duty").get(case=case.case.id).code
    for days, step in (((last - first).days - 1, "warn"), ((last - first).days + 1, "expire")):
        mark = clock._clock.set(lambda days=days: datetime.now(UTC) + timedelta(days=days))
        try:
            assert sweep().failed == []
            if step == "warn":
                late.do("forestry", "case.urge", task="consultation.reply", unit="naji", text="请尽快答复")
            if step == "expire":
                act(case.people["lead"], "duty.notify_end", code, document_number="阿编〔2027〕9号")
                act(case.people["naji"], "duty.acknowledge_end", code)
        finally:
            clock._clock.reset(mark)
    return case


def _moved(world: World) -> Journey:
    """The last of all: from here on another edition is in force."""
    journey = Journey(world).up_to("consulting")
    asked = act(world.people["naji"], "law.ask", BANNER, provision="5", question="“技术力量”是否包括设备？").result["question"]
    said = {"provision": "5", "question": asked, "text": "包括必需的设备。", "dated_on": world.today, "published": True}
    act(world.people["lead"], "law.interpret", BANNER, **said)
    higher = {"title": "自治区办法", "article": "第六条", "since": world.today, "effect": "从其规定。"}
    act(world.people["lead"], "law.mark_overridden", BANNER, provision="5", **higher)
    published(world, parameters={"second_signature": {"values": {"all": "consultation.reply"}}})
    journey.do("lead", "edition.move_case", reason="现行办法已经施行")
    for ordinal, ends, more in ((1, "return", {"reason": "先问村里"}), (2, "sign", {})):
        now = open_to(world.people["naji"], journey.number, clock.now())
        expected = next(step.expected for step in now.steps if step.action == "consultation.reply")
        journey.do("naji", "signature.prepare", action="consultation.reply", payload={"answer": "agree"}, based_on=expected)
        journey.do("naji2", f"signature.{ends}", ordinal=ordinal, **more)
    return journey


def office(world: World) -> None:
    """What administrators and the lead do: a renamed unit, a calendar, a registered basis, a token, an ended post."""
    admin, lead = world.people["system_admin"], world.people["lead"]
    act(
        admin,
        "unit.rename",
        world.key("naji"),
        name="那吉镇人民政府",
        short_name="那吉",
        valid_from=date(2026, 1, 1),
        document="阿政发〔2026〕1号",
    )
    act(lead, "calendar.load_year", BANNER, year=2026)
    act(lead, "calendar.set_day", BANNER, day=date(2026, 8, 3), working=False, source="敖包节放假通知")
    basis = {"title": "内蒙古自治区森林草原防火条例", "kind": "local_regulation", "issuer": "自治区人大常委会", "article": "第八条"}
    registered = act(lead, "basis.register", BANNER, **basis).result["basis"]
    right = {**basis, "article": "第八条第一款"}
    act(lead, "basis.correct", BANNER, basis=registered, given=right, reason="漏写了款")
    decree = {"document": "关于修改部分地方性法规的决定", "document_number": "公告第12号"}
    act(lead, "basis.amend", BANNER, basis=registered, on=date(2026, 9, 1), **decree)


def lists(world: World) -> None:
    """A file taken in, a row of it corrected, the list published."""
    lead, today = world.people["lead"], world.today
    taken_in(world, [("序号", "类别", "事项名称"), ("1", "民生服务", "养老保险参保登记")], section="basic")
    right = {"how": "change", "duty": "150721-D-0001", "townships": [world.key("naji")], "valid_from": today, "reason": "名称写错"}
    right |= {"changes": {"title": "养老保险参保登记服务"}, "document_number": "内党办发〔2025〕1号", "level": "region"}
    act(lead, "list.correct", BANNER, **right)
    said = {"as_of": today, "published_on": today, "checked": True, "checked_by": "旗委编办"}
    act(lead, "list.publish", BANNER, number="阿编公〔2026〕1号", **said)
    act(lead, "list.correct", BANNER, **{**right, "changes": {"title": "养老保险登记服务"}, "reason": "名称又改"})
    act(lead, "list.publish", BANNER, number="阿编公〔2026〕2号", layout=2, **said)
    reached = {"unit": world.key("forestry"), "telephone": "0470-4210000", "valid_from": today, "checked": True, "checked_by": "旗委编办"}
    act(lead, "unit.publish_contact", BANNER, **reached)


def papers(world: World) -> None:
    """A letterhead, an own template, a letter to each township: set, sealed, one of them void."""
    lead, forestry = world.people["lead"], world.people["forestry"]
    head = {"mark_document": "阿荣旗林业和草原局文件", "mark_letter": "阿荣旗林业和草原局", "printed_by": "阿荣旗林业和草原局办公室"}
    head |= {"code_document": "阿林草发", "code_letter": "阿林草函"}
    act(lead, "document.set_letterhead", BANNER, unit=world.key("forestry"), **head)
    act(lead, "document.adopt_template", BANNER, kind="consultation_letter", note="照原样")
    case = Journey(world).up_to("consulting")
    blocks = [{"kind": "level1", "text": "事项"}, {"text": "内容"}]
    content = {"title": "关于征求意见的函", "to": "那吉镇", "dated_on": world.today, "blocks": blocks}
    said = {"kind": "consultation_letter", "cases": [case.number], "template": 1}
    given = [{"content": content, "to": [world.key(township)], "cc": [world.key("lead_office")]} for township in ("naji", "liuhe")]
    first, second = act(forestry, "document.issue", BANNER, **said, papers=given).result["papers"]
    system = system_acting(lead.jurisdiction_id, BANNER)
    perform(system, "document.made", BANNER, {"paper": first["paper"], "docx": "1" * 64, "pdf": "2" * 64, "typefaces": "仿宋"}, via="job")
    act(forestry, "document.attach_scan", BANNER, paper=first["paper"], scan=case.scan("forestry"))
    act(forestry, "document.void", BANNER, paper=second["paper"], reason="印错")


def _dealt_with(world: World) -> Journey:
    """A meeting of the conference from its calling to what was set on its minutes: a case taken off, one settled, another member."""
    lead, today = world.people["lead"], world.today
    off, on = Journey(world).up_to("reviewing"), Journey(world).up_to("reviewing")
    called = {"form": "meeting", "held_on": today, "place": "会议室", "cases": [off.number, on.number]}
    number = act(lead, "conference.convene", BANNER, **called).result["meeting"]
    act(lead, "conference.agenda", number, remove=[{"case": off.number, "reason": "材料不齐"}])
    came = [{"unit": world.people[role].unit, "how": "present", "person": "某某"} for role in ("lead", "legal", "services")]
    came.append({"unit": world.key("forestry"), "how": "sits_in", "person": "某某"})
    act(lead, "conference.attendance", number, attendance=came, chair="某某")
    act(lead, "conference.conclude_item", number, case=on.number, outcome="admit", text="同意。")
    act(lead, "conference.minutes", number, text="议定如下。", finish=True)
    later = today + timedelta(days=1)
    act(lead, "conference.adopt", number, parameters={"urge_interval": {"all": 3}}, effective_from=later)
    act(lead, "conference.appoint_member", BANNER, unit=world.key("water"), valid_from=today + timedelta(days=900), meeting=number)
    return on


def tasks(world: World) -> None:
    """A deployment that stands and one that was withdrawn; a township keeps a check and replies that a task is not on its list."""
    lead, naji, today = world.people["lead"], world.people["naji"], world.today
    given = {"issuer": "both", "title": "关于开展村屯环境整治的通知", "dated_on": today, "from_on": today}
    first = act(lead, "deployment.register", BANNER, document_number="阿政办发〔2026〕9号", **given).result["deployment"]
    second = act(lead, "deployment.register", BANNER, document_number="阿政办发〔2026〕10号", **given).result["deployment"]
    act(lead, "deployment.withdraw", BANNER, deployment=second, reason="重复")
    check = {"title": "村屯环境整治", "text_digest": "0" * 64, "paper_on": today, "standing": "deployed", "deployment": first}
    forms = [{"form": "assessment", "words": ["乡镇考核"]}]
    act(naji, "taskcheck.keep", BANNER, **check, township=world.key("naji"), forms=forms, note="已电话告知")
    head = {"mark_document": "那吉镇人民政府文件", "mark_letter": "那吉镇人民政府", "printed_by": "那吉镇党政办"}
    act(lead, "document.set_letterhead", BANNER, unit=world.key("naji"), code_document="那政发", code_letter="那政函", **head)
    content = {"title": "关于“犬只登记”有关事项的复函", "to": "旗林草局", "dated_on": today, "blocks": [{"text": "不在清单上。"}]}
    paper = {"content": content, "to": [world.key("forestry")]}
    act(naji, "document.issue", BANNER, kind="task_reply", template=0, papers=[paper])


def act(acting: Any, action: str, subject: str, **payload: Any) -> Any:
    """One action as a program does it."""
    return perform(acting, action, subject, payload, via="import")


def _done(world: World) -> Journey:
    journey = Journey(world).up_to("reviewing")
    journey.do("lead", "review.hear_expert", expert="王工", affiliation="旗林业工作站（退休）", opinion="可行", heard_on=world.today)
    journey.ask_department()
    journey.do("lead", "review.extend", days=10, reason="情况复杂")
    journey.do("lead", "review.pause", reason="等待材料")
    journey.do("lead", "review.resume", reason="材料到了")
    journey.do(
        "finance", "case.stand_in", task="review.comment", user="finance", from_on=world.today, to_on=world.today + timedelta(days=5)
    )
    journey.comment()
    journey.assess()
    journey.assess("legal")  # once more: the first stays readable
    journey.conclude_review()
    journey.to_banner()
    journey.decide_banner()
    journey.to_city()
    journey.decide("city_government", effective_on=world.today, published_on=world.today, sent_on=world.today, reply_by=world.today)
    journey.notify(text="请各单位遵照执行。")
    journey.do("lead", "notice.acknowledge", **journey.on_paper("lead", "naji"))
    journey.acknowledge()
    journey.do("naji", "notice.contest", reason="签的是另一份文件")
    journey.do("lead2", "notice.show_original", unit="naji", shown_on=world.today, note="当面看过")
    correction = {"target": "opinion:naji", "field": "reason", "new": "同意，已核对", "reason": "录入有误"}
    number = journey.do("naji", "record.correct", **correction).result["correction"]
    journey.do("naji2", "record.confirm", correction=number)
    _kept(journey)
    return journey


def _kept(journey: Journey) -> None:
    """What was promised with the duty is given, confirmed in part, disputed and settled; and the duty is looked at."""
    world, duty = journey.world, rows("lists.Duty").get(case=journey.case.id)
    row = rows("support.Commitment", duty=duty, township=world.unit_id("naji"), measure="fen").get()
    pledge, ref = row.pledge.code, f"{row.pledge.code}.{row.ordinal}"
    lines, money = [{"commitment": ref, "amount_fen": 500_000}], {"voucher_number": "拨〔2026〕1号", "delivered_on": world.today}
    act(world.people["forestry"], "support.deliver", pledge, lines=lines, scan=journey.scan("forestry"), **money)
    said = {"delivery": f"{ref}.1", "received_fen": 300_000, "disputed_fen": 100_000, "reason": "少到"}
    sheet = f"150721-Y-{row.year}.naji"
    act(world.people["naji"], "support.confirm", sheet, lines=[said])
    act(world.people["naji"], "support.dispute", sheet, lines=[{"delivery": f"{ref}.1", "disputed_fen": 100_000, "reason": "没有到"}])
    settled = [{"delivery": f"{ref}.1", "received_fen": 50_000}]
    act(world.people["lead"], "support.settle", pledge, lines=settled, reason="按银行回单")
    looked = [{"duty": duty.code, "outcome": "adjust", "reason": "任务有变化"}]
    act(world.people["forestry"], "duty.review", BANNER, year=world.today.year, lines=looked)
    remind = {"year": world.today.year}
    perform(system_acting(journey.case.jurisdiction_id, BANNER), "duty.remind_review", BANNER, remind, via="sweep")


def _conditions(world: World) -> Journey:
    journey = Journey(world)
    journey.open()
    journey.fill(per_township={"naji": {"staffing": "另配一名护林员。"}}, safeguards=_with_township())
    journey.do("forestry", "case.reassign", task="consultation.request", user="forestry2")
    journey.do("forestry", "case.circulate", users=("forestry2",), note="请阅")
    journey.do("forestry2", "case.mark_read", note="同意")
    journey.do("forestry", "case.circulate", users=("forestry2",))
    journey.do("security_admin", "post.hand_over", subject=world.key("forestry"), username="forestry2", to="forestry", reason="调离")
    journey.request()
    journey.reply("naji", answer="agree_with_conditions", conditions=("经费须在每年三月前到位", "配备交通工具"))
    journey.reply("liuhe", answer="disagree", reason="人手不足")
    present = ("forestry", "naji", "liuhe")
    journey.do("lead", "consultation.mediate", held_on=world.today, place="旗委编办", present=present, minutes="经费、车辆由旗林草局解决。")
    journey.do("forestry", "consultation.answer_conditions", township="naji", answer="经费二月底前拨付，车辆由我局统一调配。")
    journey.do("naji", "consultation.settle_conditions", settlement="accept", text="接受")
    journey.do("yadong", "consultation.reply", answer="agree")
    journey.do("forestry", "consultation.narrow", townships=("liuhe",), reason="六合镇暂不具备条件")
    return journey


def _with_township() -> tuple[dict[str, Any], ...]:
    from tests.journey import SAFEGUARDS

    return (*SAFEGUARDS, {"kind": "other", "needed": True, "amount_fen": 50_000, "note": "防火服", "township": "naji"})


def _paper(world: World) -> Journey:
    journey = Journey(world)
    journey.open()
    journey.fill()
    journey.request()
    journey.do("forestry", "consultation.reply", answer="agree", **journey.on_paper("forestry", "naji"))
    journey.do("naji", "record.contest", reason="盖章的是旧文本")
    journey.do("lead", "record.check_original", township="naji")
    journey.reply("liuhe", "yadong")
    return journey


def _own_cause(world: World) -> Journey:
    journey = Journey(world, initiator="legal").up_to("applied")
    journey.do("lead", "review.substitute", seat="legal", substitute="services_bureau", reason="司法局是申请单位")
    journey.accept()
    return journey


def _returned(world: World) -> Journey:
    journey = Journey(world).up_to("reviewing")
    journey.assess("legal")
    gaps = ({"item": "staffing", "text": "未写明岗位"}, {"item": "workflow", "text": "缺少办理时限"})
    journey.do("lead", "review.return", gaps=gaps)
    journey.do("forestry", "application.edit", items={"staffing": "每个乡镇两名兼职人员。"})
    journey.do("forestry", "consultation.ask_again", letter="请再次研提意见")
    return journey


def _not_admitted(world: World) -> Journey:
    journey = Journey(world).up_to("reviewing")
    journey.assess("lead", "services", recommends="not_admit")
    journey.assess("legal")
    journey.conclude_review("not_admit", text="不属确需。")
    journey.refuse()
    journey.notify()
    journey.do("lead", "notice.deliver", units=("naji",), how="post", delivered_on=world.today, parcel="XA12345678", to_whom="收发室")
    journey.do("lead", "notice.acknowledge", **journey.on_paper("lead", "naji"))
    journey.do("naji", "notice.contest", reason="回执不是我们签的")
    return journey


def _set(world: World) -> Journey:
    pair = [Journey(world).up_to("banner_decision") for _ in range(2)]
    cases = tuple({"case": journey.number, "outcome": "for"} for journey in pair)
    act(world.people["government"], "decision.record_set", BANNER, body="banner_government", cases=cases, **pair[0].paper())
    return pair[0]


def _succeeded(world: World) -> Journey:
    """A department hands a function over to another one, and this case with it."""
    journey = Journey(world).up_to("agreed")
    given = {"to": world.key("agriculture"), "what": "林草宣传", "takes": {"cases": [journey.number]}, "document": "阿编发〔2026〕9号"}
    act(world.people["system_admin"], "unit.transfer_function", world.key("forestry"), **given)
    return journey
