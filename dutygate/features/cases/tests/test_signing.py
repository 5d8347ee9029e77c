"""经办 → 签发 (Article 3): where the edition asks for it, one person prepares a step and a second one of the unit signs it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.now import open_to
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.errors import Conflict, Malformed, NotDone, NotFound, Refused
from dutygate.base.organizations.queries import public_acting_post
from dutygate.base.register.queries import sealed_of
from tests.editions import published
from tests.journey import BANNER, Journey
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
STEPS = "application.submit consultation.reply application.edit decision.record"


def signing(journey: Start, steps: str | None = STEPS) -> Journey:
    """A case under an edition that asks for a second signature on these steps."""
    case = journey()
    published(case.world, parameters={"second_signature": {"values": {"all": steps}}})
    return case


def based_on(case: Journey, who: str, action: str) -> Any:
    """What the step is based on as things stand, as a page sends it back."""
    return next(step.expected for step in open_to(case.people[who], case.number, clock.now()).steps if step.action == action)


def prepare(case: Journey, who: str, action: str, **payload: Any) -> int:
    """Sent for signature; its number in the unit."""
    given = {"action": action, "payload": payload, "based_on": based_on(case, who, action)}
    return int(perform(case.people[who], "signature.prepare", case.number, given, expected={}, via="api").result["ordinal"])


def act(case: Journey, who: str, step: str, ordinal: int, **more: Any) -> Any:
    """签发, 退回, 撤回."""
    return perform(case.people[who], f"signature.{step}", case.number, {"ordinal": ordinal, **more}, expected={}, via="api")


def refused(case: Journey, who: str, action: str, /, **payload: Any) -> list[str]:
    """The codes of what refuses it."""
    with pytest.raises(Refused) as error:
        case.do(who, action, **payload)
    return [finding.code for finding in error.value.findings]


def lines(case: Journey) -> list[Any]:
    """The entries about the case, oldest first."""
    return list(rows("register.Entry").filter(subject=case.number).order_by("seq"))


def consulting(journey: Start, steps: str | None = STEPS) -> Journey:
    """A case whose townships are asked, written with a signature where one is needed."""
    case = signing(journey, steps)
    case.open()
    case.fill()
    case.request()
    return case


@pytest.mark.db_both
def test_one_prepares_and_another_of_the_unit_signs(journey: Start) -> None:
    case = consulting(journey, "consultation.reply application.submit")
    tasks = list(rows("actions.OpenTask").order_by("id").values())
    assert refused(case, "naji", "consultation.reply", answer="agree") == ["needs_second_signature"]
    assert lines(case)[-1].outcome == "refused"
    first = prepare(case, "naji", "consultation.reply", answer="agree")
    assert first == 1
    assert rows("application.Opinion").count() == 0, "nothing is said yet"
    assert list(rows("actions.OpenTask").order_by("id").values()) == tasks, "its task is open, its limit runs on"
    for who, step, code in (("naji", "sign", "prepared_by_yourself"), ("naji", "return", "prepared_by_yourself")):
        assert code in refused(case, who, f"signature.{step}", ordinal=first, **({"reason": "改"} if step == "return" else {}))
    assert refused(case, "naji2", "signature.take_back", ordinal=first) == ["not_prepared_by_you"]
    assert refused(case, "liuhe", "signature.sign", ordinal=first) == ["nothing_to_sign"], "another unit's does not exist"
    assert refused(case, "naji2", "signature.return", ordinal=first) == ["reason_missing"]
    done = act(case, "naji2", "sign", first)
    opinion = rows("application.Opinion").get()
    assert (opinion.unit_id, opinion.answer) == (case.world.unit_id("naji"), "agree")
    sign, reply = lines(case)[-2:]
    assert (sign.action, reply.action, reply.caused_by) == ("signature.sign", "consultation.reply", sign.id)
    assert sign.user_id == reply.user_id == case.people["naji2"].user_id
    assert done.result == {"action": "consultation.reply", "prepared_by": str(case.people["naji"].user_id)}, "both are named"
    assert refused(case, "naji2", "signature.sign", ordinal=first) == ["nothing_to_sign"], "signed once"
    assert verify_tasks() == []
    report = replay()
    assert report.holds, report


@pytest.mark.db_both
def test_what_would_be_refused_is_refused_before_it_is_sent(journey: Start) -> None:
    case = consulting(journey, "consultation.reply review.accept")
    with pytest.raises(Refused) as error:
        prepare(case, "naji", "consultation.reply", answer="disagree")
    assert [finding.code for finding in error.value.findings] == ["disagreement_without_reason"]
    with pytest.raises(Conflict):
        case.do("lead", "signature.prepare", action="review.accept", payload={})
    with pytest.raises(NotDone):
        case.do("outsider", "signature.prepare", action="consultation.reply", payload={"answer": "agree"})
    assert refused(
        case, "forestry", "signature.prepare", action="consultation.narrow", payload={"townships": ["naji"], "reason": "暂不承担"}
    ) == ["no_second_signature"]
    for wrong in ("signature.sign", "case.open", "list.publish", "no.such"):
        with pytest.raises(Malformed):
            case.do("forestry", "signature.prepare", action=wrong, payload={})
    with pytest.raises(Malformed):
        case.do("naji", "signature.prepare", action="consultation.reply", payload={"answer": "agree"})  # what is it based on?
    prepare(case, "naji", "consultation.reply", answer="agree")
    with pytest.raises(Refused) as again:
        prepare(case, "naji2", "consultation.reply", answer="agree")
    assert [finding.code for finding in again.value.findings] == ["awaits_signature_already"]
    assert rows("cases.PreparedAct").count() == 1
    assert replay().holds


@pytest.mark.db_both
def test_what_the_law_or_the_state_no_longer_allows_is_not_signed(journey: Start) -> None:
    case = signing(journey, "application.edit application.submit")
    case.open()
    with pytest.raises(Refused):
        case.fill()
    sent = prepare(case, "forestry", "application.edit", items={"content": "只宣传。"})
    act(case, "forestry2", "sign", sent)
    stale = prepare(case, "forestry", "application.edit", items={"content": "只宣传，不登记。"})
    rows("cases.Case").filter(number=case.number).update(version=rows("cases.Case").get().version + 1)
    before = len(lines(case))
    with pytest.raises(Conflict):
        act(case, "forestry2", "sign", stale)
    assert len(lines(case)) == before and rows("cases.PreparedAct").get(ordinal=stale).status == "waiting", "nothing happened"
    rows("cases.Case").filter(number=case.number).update(version=rows("cases.Case").get().version - 1)
    case.do("forestry", "case.withdraw", reason="不办了")
    with pytest.raises(Conflict):
        act(case, "forestry2", "sign", stale)
    assert rows("cases.PreparedAct").get(ordinal=stale).status == "waiting"


@pytest.mark.db_both
def test_returned_and_taken_back_it_may_be_sent_again(journey: Start) -> None:
    case = consulting(journey, "consultation.reply")
    first = prepare(case, "naji", "consultation.reply", answer="agree")
    act(case, "naji2", "return", first, reason="先问村里")
    assert refused(case, "naji2", "signature.sign", ordinal=first) == ["nothing_to_sign"]
    second = prepare(case, "naji", "consultation.reply", answer="agree", reason="问过了")
    assert rows("cases.PreparedAct").get(ordinal=first).again is True
    act(case, "naji", "take_back", second)
    third = prepare(case, "naji2", "consultation.reply", answer="agree")
    act(case, "naji", "sign", third)
    assert [row.status for row in rows("cases.PreparedAct").order_by("ordinal")] == ["returned", "taken_back", "signed"]
    assert replay().holds


@pytest.mark.db_both
def test_nobody_signs_her_own_in_another_of_her_posts(journey: Start) -> None:
    case = consulting(journey, "consultation.reply")
    world = case.world
    post = perform(
        system_acting(),
        "post.appoint",
        world.key("naji"),
        {"username": "naji", "kind": "signatory", "valid_from": world.today},
        via="import",
    )
    second = public_acting_post(int(post.result["id"]), world.today)
    assert second is not None and second.post_id != case.people["naji"].post_id
    ordinal = prepare(case, "naji", "consultation.reply", answer="agree")
    case.people["naji_signatory"] = second
    assert refused(case, "naji_signatory", "signature.sign", ordinal=ordinal) == ["prepared_by_yourself"]


@pytest.mark.once
def test_one_letter_for_several_cases_is_not_signed_by_one_person(journey: Start) -> None:
    case = consulting(journey, "consultation.reply")
    with pytest.raises(Refused) as error:
        perform(
            case.people["naji"],
            "consultation.reply_set",
            BANNER,
            {"document_number": "那政函〔2026〕1号", "signed_on": case.world.today, "cases": [{"case": case.number, "answer": "agree"}]},
            via="import",
        )
    assert {finding.code for finding in error.value.findings} == {"needs_second_signature"}
    assert rows("application.Opinion").count() == 0
    assert replay().holds


@pytest.mark.once
def test_what_is_prepared_is_the_units_own(journey: Start) -> None:
    case = consulting(journey, "consultation.reply")
    prepare(case, "naji", "consultation.reply", answer="disagree", reason="没有人手")
    entry = lines(case)[-1]
    assert entry.action == "signature.prepare"
    assert entry.seq in sealed_of(case.people["naji2"], BANNER, [entry.seq])
    for other in ("lead", "forestry", "liuhe", "audit_admin"):
        assert sealed_of(case.people[other], BANNER, [entry.seq]) == {}, other
    assert "没有人手" not in text(browser_of(case.people["lead"]).get(f"/cases/{case.number}/signatures/"))


@pytest.mark.page
def test_on_screen_it_is_sent_seen_returned_mended_and_signed(journey: Start) -> None:
    case = consulting(journey, "consultation.reply")
    naji, second, lead = (browser_of(case.people[who]) for who in ("naji", "naji2", "lead"))
    form = f"/cases/{case.number}/do/consultation.reply/"
    page = naji.get(form)
    assert ">送签发</button>" in text(page) and "另一个人签发" in text(page)
    bad = press(naji, form, page, answer="disagree")
    assert bad.status_code == 422 and 'id="f_reason"' in text(bad)
    sent = press(naji, form, answer="disagree", reason="人手不够")
    assert sent.status_code == 302 and rows("application.Opinion").count() == 0
    assert "签发" not in text(naji.get("/")).split('<nav class="tabs"')[1].split("</nav>")[0], "not on the desk of who prepared it"
    assert '>待签发 <span class="count">1</span>' in text(second.get("/"))
    assert case.number in text(second.get("/desk/tosign/"))
    sign = f"/cases/{case.number}/do/signature.sign/"
    assert sign in text(second.get(f"/cases/{case.number}/")) and sign not in text(naji.get(f"/cases/{case.number}/"))
    seen = text(second.get(f"{sign}?prepared=1"))
    assert "人手不够" in seen and '<fieldset class="prepared" disabled>' in seen
    assert "人手不够" not in text(lead.get(f"{sign}?prepared=1"))
    back = f"/cases/{case.number}/do/signature.return/?prepared=1"
    ids = re.findall(r' id="([^"]+)"', text(second.get(back)))
    assert len(ids) == len(set(ids)), "the form around has ids of its own"
    assert press(second, back, reason="").status_code == 422
    assert press(second, back, reason="再核实一下").status_code == 302
    assert '>待签发 <span class="count">1</span>' in text(naji.get("/"))
    again = naji.get(form)
    assert "再核实一下" in text(again) and "人手不够" in text(again), "as typed, with the reason"
    assert "人手不够" not in text(naji.get(f"{form}?blank=1"))
    assert press(naji, form, again, reason="人手不够，已核实").status_code == 302
    assert press(second, f"{sign}?prepared=2").headers["Location"] == f"/cases/{case.number}/signatures/"
    assert rows("application.Opinion").get().reason == "人手不够，已核实"
    shown = text(second.get(f"/cases/{case.number}/signatures/"))
    assert "已签发" in shown and "再核实一下" in shown


@pytest.mark.page
def test_who_signs_is_shown_what_will_be_done_and_not_what_somebody_says_it_is(journey: Start) -> None:
    case = consulting(journey, "consultation.reply")
    given = {
        "action": "consultation.reply",
        "payload": {"answer": "disagree", "reason": "真的内容"},
        "based_on": based_on(case, "naji", "consultation.reply"),
        "typed": {"answer": ["agree"], "reason": ["另一种说法"]},
    }
    perform(case.people["naji"], "signature.prepare", case.number, given, via="api", expected={})
    seen = text(browser_of(case.people["naji2"]).get(f"/cases/{case.number}/do/signature.sign/?prepared=1"))
    assert "真的内容" in seen and "另一种说法" not in seen


def test_an_edition_that_names_no_step_of_a_case_is_not_sound() -> None:
    from dutygate.law.procedure.consistency import contradictions
    from dutygate.law.regulation.edition import package_editions

    edition = package_editions()["arun_2024_15"]
    of = edition.parameters["second_signature"]
    for named, found in (("application.submit", []), ("list.publish signature.sign", ["list.publish", "signature.sign"])):
        changed = replace(edition, parameters={**edition.parameters, "second_signature": replace(of, values={"all": named})})
        assert [what for name, _cites, what in contradictions(changed) if name == "signed_steps_are_steps_of_a_case"] == found


def test_a_case_of_another_unit_is_not_found(journey: Start) -> None:
    case = consulting(journey, "consultation.reply")
    with pytest.raises(NotFound):
        act(case, "outsider", "sign", 1)
