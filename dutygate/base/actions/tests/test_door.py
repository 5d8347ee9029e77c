"""The one door (ARCHITECTURE): what is entered, what leaves no trace, and what a repeated request gets. All articles rest on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.clock import NotADemo, other_clock
from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from tests.journey import BANNER, Journey
from tests.rows import rows

Start = Callable[..., Journey]
pytestmark = pytest.mark.db_both


def entries(journey: Journey) -> int:
    """How many there are."""
    count: int = rows("register.Entry").count()
    return count


@pytest.fixture
def asked(journey: Start) -> Journey:
    """Three townships have been asked."""
    return journey().up_to("consulting")


def test_a_permitted_act_is_one_entry_with_its_head(asked: Journey) -> None:
    before = entries(asked)
    done = asked.do("naji", "consultation.reply", answer="agree")
    assert entries(asked) == before + 1
    chain = rows("register.Chain", key=BANNER).get()
    assert done.head == f"{BANNER}:{chain.seq}:{chain.head_hash}"
    assert done.cites == "4.1"


def test_what_the_law_refuses_is_entered_with_its_findings(asked: Journey) -> None:
    before = entries(asked)
    with pytest.raises(Refused):
        asked.conclude()
    assert entries(asked) == before + 1
    entry = rows("register.Entry").order_by("-id").first()
    assert (entry.outcome, entry.action, entry.subject) == ("refused", "consultation.conclude", asked.number)
    assert "township_silent" in entry.sealed


@pytest.mark.parametrize(
    ("who", "action", "payload", "error"),
    [
        ("outsider", "consultation.reply", {"answer": "agree"}, NotFound),
        ("naji", "consultation.conclude", {"negotiated_opinion": "x"}, NotAllowed),
        ("forestry", "application.take_back", {}, Conflict),
        ("naji", "consultation.reply", {"answer": "perhaps"}, Malformed),
        ("naji", "consultation.reply", {"answer": "agree", "mood": "good"}, Malformed),
        ("naji", "no.such_action", {}, Malformed),
        ("audit_admin", "consultation.reply", {"answer": "agree"}, NotFound),
    ],
)
def test_everything_else_leaves_no_entry_and_one_line_in_the_security_log(
    asked: Journey, who: str, action: str, payload: dict[str, str], error: type[Exception]
) -> None:
    before, lines = entries(asked), rows("actions.SecurityEvent").count()
    with pytest.raises(error):
        asked.do(who, action, **payload)
    assert entries(asked) == before
    assert rows("actions.SecurityEvent").count() == lines + 1


def test_a_page_must_say_what_it_was_based_on(asked: Journey) -> None:
    with pytest.raises(Malformed) as malformed:
        perform(asked.people["naji"], "consultation.reply", asked.number, {"answer": "agree"}, via="api")
    assert malformed.value.code == "expected_missing"


def test_the_same_request_again_gets_the_same_answer(asked: Journey) -> None:
    first = perform(asked.people["naji"], "consultation.reply", asked.number, {"answer": "agree"}, key="k1", via="import")
    before = entries(asked)
    again = perform(asked.people["naji"], "consultation.reply", asked.number, {"answer": "agree"}, key="k1", via="import")
    assert again.as_dict() == first.as_dict()
    assert entries(asked) == before


def test_a_refusal_is_kept_for_the_same_request_too(asked: Journey) -> None:
    call = {"acting": asked.people["naji"], "action": "consultation.reply", "subject": asked.number, "key": "k2", "via": "import"}
    with pytest.raises(Refused) as first:
        perform(**call, payload={"answer": "disagree"})
    before = entries(asked)
    with pytest.raises(Refused) as again:
        perform(**call, payload={"answer": "disagree"})
    assert [f.as_dict() for f in again.value.findings] == [f.as_dict() for f in first.value.findings]
    assert entries(asked) == before


def test_a_key_serves_one_request_only(asked: Journey) -> None:
    perform(asked.people["naji"], "consultation.reply", asked.number, {"answer": "agree"}, key="k3", via="import")
    with pytest.raises(Malformed) as malformed:
        perform(asked.people["naji"], "consultation.change_reply", asked.number, {"answer": "agree"}, key="k3", via="import")
    assert malformed.value.code == "key_reused"


def test_a_key_belongs_to_one_person(asked: Journey) -> None:
    for township in ("naji", "liuhe"):
        perform(asked.people[township], "consultation.reply", asked.number, {"answer": "agree"}, key="same", via="import")


def test_what_is_refused_late_leaves_nothing_behind(journey: Start) -> None:
    """One document for two cases, of which one no longer waits for it: neither is decided."""
    pair = [journey().up_to("banner_decision") for _ in range(2)]
    pair[1].do("naji", "record.correct", target="opinion:naji", field="answer", new="disagree", reason="录入有误")
    pair[1].do("naji2", "record.confirm", correction=1)
    cases = [{"case": j.number, "outcome": "for"} for j in pair]
    before = entries(pair[0])
    decisions = rows("decision.Decision").count()
    with pytest.raises(Refused) as refused:
        perform(
            pair[0].people["government"],
            "decision.record_set",
            BANNER,
            {"body": "banner_government", "cases": cases, "document_number": "阿政字〔2026〕1号", "dated_on": str(pair[0].world.today)},
            via="import",
        )
    assert {f.code for f in refused.value.findings} == {"consent_missing"}
    assert rows("decision.Decision").count() == decisions
    assert entries(pair[0]) == before + 1, "the refused document is one entry; what it would have brought about is none"


def test_paper_may_be_older_and_nothing_lies_in_the_future(asked: Journey) -> None:
    earlier = clock.now() - timedelta(days=2)
    done = perform(asked.people["naji"], "consultation.reply", asked.number, {"answer": "agree"}, at=earlier, via="import")
    entry = rows("register.Entry").order_by("-id").first()
    assert entry.at == earlier
    assert entry.recorded_at == done.recorded_at > earlier
    with pytest.raises(Malformed):
        perform(
            asked.people["liuhe"], "consultation.reply", asked.number, {"answer": "agree"}, at=clock.now() + timedelta(days=1), via="import"
        )


def test_a_post_that_has_ended_opens_no_door(asked: Journey) -> None:
    perform(
        asked.people["security_admin"],
        "post.end",
        asked.world.key("naji"),
        {"username": "naji", "kind": "handler", "ends_on": str(asked.world.today), "reason": "调离"},
        via="import",
    )
    with pytest.raises(NotAllowed) as denied:
        asked.do("naji", "consultation.reply", answer="agree")
    assert [f.code for f in denied.value.findings] == ["post_ended"]


def test_actions_of_the_system_are_offered_to_nobody(asked: Journey) -> None:
    with pytest.raises(NotAllowed):
        perform(asked.people["lead"], "duty.admit", asked.number, {}, via="api")


def test_the_clock_of_a_real_register_is_not_set(asked: Journey) -> None:
    with pytest.raises(NotADemo), other_clock(clock.now):
        pass


@pytest.mark.parametrize("value", [1.5, 2**60, float("nan")])
def test_numbers_that_json_does_not_keep_are_refused_as_input(asked: Journey, value: float) -> None:
    with pytest.raises(Malformed):
        asked.do("naji", "consultation.reply", answer="agree", reason=value)


def test_half_a_character_is_refused_as_input(asked: Journey) -> None:
    with pytest.raises(Malformed):
        asked.do("naji", "consultation.reply", answer="agree", reason="\ud800")
