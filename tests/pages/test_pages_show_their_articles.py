"""PAGES is honest: each page listed there is opened by somebody who may, and bears the tag of each provision listed (all articles)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dutygate.base.actions.perform import perform
from dutygate.config.commands.law_coverage import pages
from dutygate.features.papers.tests.stage import issue, letterhead
from dutygate.law.regulation.edition import package_editions
from tests.editions import act, checked_draft, overridden, published
from tests.journey import BANNER, Journey, ended
from tests.leaving import Leaving
from tests.pages.signed_in import browser_of, text
from tests.rows import rows
from tests.supervision import Reported, with_oversight
from tests.world import World

EDITION = package_editions()["arun_2024_15"]
Opened = tuple[str, str]
"""Who opens it, and its address."""


def of_case(route: str, who: str, state: str, *part: str) -> Callable[[Any], Opened]:
    """A page of a case in that state: its tab, its form, a step of its writing."""
    return lambda journey: (who, reverse(route, args=[journey().up_to(state).number, *part]))


def plain(name: str, who: str = "", state: str = "") -> Callable[[Any], Opened]:
    """A page without a case in its address; with a state there is a case that somebody waits for."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        if state:
            journey().up_to(state)
        return who, reverse(name)

    return opened


def of_basis(route: str, who: str) -> Callable[[Any], Opened]:
    """A page of a basis that is confirmed."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        case = journey().up_to("consulting")
        basis = str(rows("bases.LegalBasis").get().id)
        case.do("lead", "basis.confirm", subject=BANNER, basis=basis)
        return who, reverse(route, args=[basis])

    return opened


def of_ended_duty(who: str, action: str) -> Callable[[Any], Opened]:
    """A page of a temporary duty whose term is over."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        case = ended(journey())
        if action == "duty.acknowledge_end":
            perform(case.people["lead"], "duty.notify_end", "150721-D-0001", {"document_number": "阿编〔2027〕1号"}, via="import")
        return who, reverse("duty_act", args=["150721-D-0001", action])

    return opened


def of_duty(route: str, who: str) -> Callable[[Any], Opened]:
    """A page of a duty on the lists."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        journey().up_to("done")
        return who, reverse(route, args=[] if route == "yearly" else ["150721-D-0001"])

    return opened


def a_change(journey: Callable[[], Journey]) -> Opened:
    """What an adjustment proposes."""
    world = journey().up_to("done").world
    case = Leaving(world, duty="150721-D-0001", kind="adjustment").up_to("consulting")
    return "naji", reverse("case_tab", args=[case.number, "change"])


def moving(route: str, *part: str) -> Callable[[Any], Opened]:
    """A page of a case that runs under a repealed edition."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        trip = journey().up_to("consulting")
        published(trip.world)
        return "lead", reverse(route, args=[trip.number, *part])

    return opened


def drafted(route: str) -> Callable[[Any], Opened]:
    """A page of a draft that has passed its check."""
    return lambda journey: ("lead", reverse(route, args=[checked_draft(journey().world).id]))


def asked(journey: Callable[[], Journey]) -> Opened:
    """The questions, with one about Article 5."""
    act(journey().world, "naji", "law.ask", provision="5", question="“技术力量”是否包括设备？")
    return "naji", reverse("law_questions")


def a_paper(route: str) -> Callable[[Any], Opened]:
    """A page of a letter to a township, or the one on which it is drawn up."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        case = journey().up_to("consulting")
        letterhead(case.world, "forestry")
        if route == "paper_issue":
            return "forestry", f"{reverse(route, args=['consultation_letter'])}?case={case.number}"
        papers = issue(case.world, "forestry", "consultation_letter", case.number)
        if route == "case_tab":
            return "naji", reverse(route, args=[case.number, "documents"])
        return "naji", reverse(route, args=[papers[0].id] if route == "paper" else [])

    return opened


def a_meeting(route: str, *part: str) -> Callable[[Any], Opened]:
    """A page of a meeting that was held; ``{case}`` stands for the number of its case."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        case = journey().up_to("reviewing")
        lead = case.world.people["lead"]
        called = {"form": "meeting", "held_on": case.world.today, "place": "会议室", "cases": [case.number]}
        number = perform(lead, "conference.convene", BANNER, called, via="import").result["meeting"]
        came = [{"unit": case.world.people[who].unit, "how": "present", "person": "某某"} for who in ("lead", "legal", "services")]
        perform(lead, "conference.attendance", number, {"attendance": came}, via="import")
        settled = {"case": case.number, "outcome": "admit", "text": "同意。"}
        perform(lead, "conference.conclude_item", number, settled, via="import")
        perform(lead, "conference.minutes", number, {"text": "议定如下。", "finish": True}, via="import")
        subject = case.number if route == "case_tab" else number
        return "lead", reverse(route, args=[subject, *(one.format(case=case.number) for one in part)])

    return opened


def of_ledger(route: str, who: str, *args: Any) -> Callable[[Any], Opened]:
    """A page of the ledger: 那吉镇 was given money, of which it disputes a part."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        world = journey().up_to("done").world
        row = rows("support.Commitment", township=world.unit_id("naji"), measure="fen").get()
        ref = f"{row.pledge.code}.{row.ordinal}"
        given = {"lines": [{"commitment": ref, "amount_fen": 100}], "voucher_number": "1", "delivered_on": world.today}
        act(world, "forestry", "support.deliver", row.pledge.code, **given)
        said = {"delivery": f"{ref}.1", "received_fen": 0, "disputed_fen": 40, "reason": "少到"}
        act(world, "naji", "support.confirm", f"150721-Y-{row.year}.naji", lines=[said])
        places = {"pledge": row.pledge.code, "ordinal": row.ordinal, "year": row.year}
        return who, reverse(route, args=[places.get(one, one) for one in args])

    return opened


def public(route: str, *parts: str) -> Callable[[Any], Opened]:
    """A page of the public site, once a duty is published."""

    def opened(journey: Callable[[], Journey]) -> Opened:
        case = journey().up_to("done")
        day = case.world.today
        act(case.world, "lead", "list.publish", BANNER, number="一号", as_of=day, published_on=day, checked=True, checked_by="编办")
        return "", reverse(route, args=[BANNER, *parts])

    return opened


OPENERS: Final[dict[str, Callable[[Any], Opened]]] = {
    "support": of_ledger("support", "naji"),
    "support_pledge": of_ledger("support_pledge", "forestry", "pledge"),
    "support_one": of_ledger("support_one", "naji", "pledge", "ordinal"),
    "support_act:support.deliver": of_ledger("support_act", "forestry", "pledge", "support.deliver"),
    "support_act:support.settle": of_ledger("support_act", "lead", "pledge", "support.settle"),
    "support_sheet": of_ledger("support_sheet", "naji", "150721.naji", "year"),
    "support_dispute": of_ledger("support_dispute", "naji", "150721.naji", "year"),
    "yearly": of_duty("yearly", "forestry"),
    "task_check": plain("task_check", "naji"),
    "deployments": plain("deployments", "naji"),
    "task_kept_all": plain("task_kept_all", "naji"),
    "home": plain("home", "naji", "consulting"),
    "meetings": plain("meetings", "legal"),
    "meeting_new": plain("meeting_new", "lead"),
    "member_new": plain("member_new", "lead"),
    "rulings": plain("rulings", "legal"),
    "meeting": a_meeting("meeting"),
    "meeting_sheet": a_meeting("meeting_sheet", "{case}"),
    "meeting_minutes": a_meeting("meeting_minutes"),
    "meeting_act:adopt": a_meeting("meeting_act", "adopt"),
    "case_tab:meetings": a_meeting("case_tab", "meetings"),
    "duty_act:duty.notify_end": of_ended_duty("lead", "duty.notify_end"),
    "duty_act:duty.acknowledge_end": of_ended_duty("naji", "duty.acknowledge_end"),
    "case": of_case("case", "forestry", "consulting"),
    "case_new": plain("case_new", "forestry"),
    "case_write:townships": of_case("case_write", "forestry", "drafting", "townships"),
    "case_write:items": of_case("case_write", "forestry", "drafting", "items"),
    "case_write:check": of_case("case_write", "forestry", "drafting", "check"),
    "case_tab:application": of_case("case_tab", "naji", "consulting", "application"),
    "case_tab:opinions": of_case("case_tab", "naji", "consulting", "opinions"),
    "case_tab:review": of_case("case_tab", "legal", "concluded", "review"),
    "case_tab:decision": of_case("case_tab", "government", "approved", "decision"),
    "case_tab:papers": of_case("case_tab", "naji", "done", "papers"),
    "case_tab:diagram": of_case("case_tab", "naji", "consulting", "diagram"),
    "case_tab:register": of_case("case_tab", "forestry", "agreed", "register"),
    "case_act:consultation.reply": of_case("case_act", "naji", "consulting", "consultation.reply"),
    "case_act:consultation.mediate": of_case("case_act", "lead", "consulting", "consultation.mediate"),
    "case_act:review.extend": of_case("case_act", "lead", "reviewing", "review.extend"),
    "case_act:review.pause": of_case("case_act", "lead", "reviewing", "review.pause"),
    "case_act:case.urge": of_case("case_act", "forestry", "consulting", "case.urge"),
    "case_act:consultation.conclude": of_case("case_act", "forestry", "consulting", "consultation.conclude"),
    "case_act:application.submit": of_case("case_act", "forestry", "agreed", "application.submit"),
    "case_act:review.accept": of_case("case_act", "lead", "applied", "review.accept"),
    "case_act:review.substitute": of_case("case_act", "lead", "reviewing", "review.substitute"),
    "case_act:review.assess": of_case("case_act", "legal", "reviewing", "review.assess"),
    "case_act:review.conclude": of_case("case_act", "lead", "reviewing", "review.conclude"),
    "case_act:review.refuse": of_case("case_act", "lead", "concluded", "review.refuse"),
    "case_act:decision.record": of_case("case_act", "government", "banner_decision", "decision.record"),
    "case_act:notice.issue": of_case("case_act", "lead", "approved", "notice.issue"),
    "review_sheet": of_case("review_sheet", "services", "reviewing"),
    "reply_set": plain("reply_set", "naji", "consulting"),
    "decision_set": plain("decision_set", "government", "banner_decision"),
    "duty": of_duty("duty", "forestry"),
    "exit_new": of_duty("exit_new", "naji"),
    "adjustment_new": of_duty("adjustment_new", "forestry"),
    "case_tab:change": a_change,
    "lists_all": plain("lists_all", "lead"),
    "list_imports": plain("list_imports", "lead"),
    "list_by_law": plain("list_by_law", "lead"),
    "list_publish": plain("list_publish", "lead"),
    "publications": plain("publications", "naji"),
    "list_search": plain("list_search", "naji"),
    "gk": plain("gk"),
    "gk_place": public("gk_place"),
    "gk_duty": public("gk_duty", "150721-D-0001"),
    "public_contacts": plain("public_contacts", "lead"),
    "bases": plain("bases", "legal"),
    "basis": of_basis("basis", "naji"),
    "basis_amend": of_basis("basis_amend", "legal"),
    "basis_repeal": of_basis("basis_repeal", "lead"),
    "basis_correct": of_basis("basis_correct", "lead"),
    "administration_seats": plain("administration_seats", "system_admin"),
    "administration_calendar": plain("administration_calendar", "system_admin"),
    "administration_changes": plain("administration_changes", "system_admin"),
    "papers": a_paper("papers"),
    "paper": a_paper("paper"),
    "paper_issue": a_paper("paper_issue"),
    "paper_letterheads": plain("paper_letterheads", "lead"),
    "paper_letterhead": lambda journey: ("lead", reverse("paper_letterhead", args=[journey().world.key("forestry")])),
    "paper_templates": plain("paper_templates", "naji"),
    "paper_adopt": lambda _journey: ("lead", reverse("paper_adopt", args=["gaps_notice"])),
    "paper_numbers": plain("paper_numbers", "lead"),
    "case_tab:documents": a_paper("case_tab"),
    "law": plain("law"),
    "editions": plain("editions"),
    "edition": lambda _journey: ("", reverse("edition", args=[EDITION.id])),
    "edition_difference": plain("edition_difference"),
    "edition_draft": drafted("edition_draft"),
    "edition_publish": drafted("edition_publish"),
    "case_act:edition.move_case": moving("case_act", "edition.move_case"),
    "case_tab:edition": moving("case_tab", "edition"),
    "law_provision": lambda journey: ("lead", reverse("law_provision", args=[overridden(journey().world)])),
    "law_questions": asked,
    "law_override": lambda _journey: ("lead", reverse("law_override", args=["5"])),
    "law_parameters": plain("law_parameters"),
    "law_diagram": plain("law_diagram"),
    "reports": plain("reports", "naji"),
    "report_new": plain("report_new", "naji"),
    "report": lambda journey: ("naji", reverse("report", args=[Reported(with_oversight(journey().world)).id])),
    "report_mandates": plain("report_mandates", "lead"),
    "orders": plain("orders", "naji"),
    "law_glossary": plain("law_glossary"),
}
"""Route of PAGES -> how it is opened. A page that is added there is added here."""


OWN_HEAD: Final = ("case", "support_pledge", "support_one")
"""Their head is that of what they show."""


def tags(page: str, route: str = "") -> set[str]:
    """The provisions whose tags stand in the body of the page. What the head of a case says, and what stands beside it, is the case's."""
    body = page.split('id="content"')[1]
    if route not in OWN_HEAD:
        body = re.sub(r'<header class="case-head">.*?</header>|<aside.*?</aside>', "", body, flags=re.DOTALL)
    return set(re.findall(r'<a class="article" href="/law/([^/"]+)/"', body))


def test_every_page_listed_is_opened_here() -> None:
    assert OPENERS.keys() == settings.PAGES.keys()


def test_every_provision_listed_is_one() -> None:
    assert all(provisions and set(provisions) <= EDITION.provisions.keys() for provisions in settings.PAGES.values())


@pytest.mark.parametrize("route", list(settings.PAGES))
def test_a_page_bears_the_tags_it_is_listed_with(world: World, journey: Callable[..., Journey], route: str) -> None:
    who, path = OPENERS[route](journey)
    page = (browser_of(world.people[who]) if who else Client()).get(path)
    assert page.status_code == 200
    assert set(settings.PAGES[route]) <= tags(text(page), route)


def test_a_page_without_a_tag_would_be_noticed(db: None) -> None:
    assert tags(text(Client().get("/help/keyboard/"))) == set()


def test_the_command_shows_the_same_pages() -> None:
    assert pages() == settings.PAGES
