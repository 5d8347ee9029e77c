"""第四条（一）: an edit lapses exactly the opinions of the townships it touches, and loses nothing that was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.features.application.models import ItemText, Opinion, Scope
from tests.journey import Journey

Start = Callable[..., Journey]


def lapsed(journey: Journey) -> set[str]:
    """The roles of the townships whose opinion no longer stands."""
    rows = Scope.objects.filter(case__number=journey.number, lapsed=True).values_list("unit_id", flat=True)
    return {journey.world.by_unit[unit] for unit in rows}


@pytest.fixture
def answered(journey: Start) -> Journey:
    """Three townships have agreed."""
    started = journey()
    started.open()
    started.fill()
    started.request()
    started.reply()
    return started


def test_a_change_of_the_common_text_lapses_every_opinion(answered: Journey) -> None:
    done = answered.do("forestry", "application.edit", items={"staffing": "每个乡镇两名兼职人员。"})
    assert lapsed(answered) == {"naji", "liuhe", "yadong"}
    assert done.result["lapsed"] == sorted(answered.world.key(t) for t in answered.townships)


def test_a_change_for_one_township_lapses_its_opinion_alone(answered: Journey) -> None:
    answered.do("forestry", "application.edit", per_township={"liuhe": {"staffing": "六合镇另配一名护林员。"}})
    assert lapsed(answered) == {"liuhe"}


def test_money_for_one_township_lapses_its_opinion_alone(answered: Journey) -> None:
    more = {"kind": "funding", "needed": True, "amount_fen": 3_000_000, "note": "路远", "township": "yadong"}
    answered.do("forestry", "application.edit", safeguards=[more])
    assert lapsed(answered) == {"yadong"}


def test_the_same_text_again_lapses_nothing(answered: Journey) -> None:
    before = answered.case.revision
    standing = ItemText.objects.get(case__number=answered.number, item="staffing", is_current=True).text
    answered.do("forestry", "application.edit", items={"staffing": standing})
    assert lapsed(answered) == set()
    assert answered.case.revision == before


def test_what_was_said_and_written_before_stays_readable(answered: Journey) -> None:
    answered.do("forestry", "application.edit", items={"staffing": "改。"})
    assert Opinion.objects.filter(case__number=answered.number).count() == 3
    assert ItemText.objects.filter(case__number=answered.number, item="staffing").count() == 2


def test_an_edit_after_agreement_goes_back_to_the_townships(answered: Journey) -> None:
    answered.conclude()
    answered.do("forestry", "application.edit", items={"workflow": "改为每季度报送。"})
    assert answered.state == "consulting"


def test_an_edit_that_touches_nobody_leaves_the_agreement(answered: Journey) -> None:
    answered.conclude()
    answered.do("forestry", "application.edit", items={"negotiated_opinion": "各乡镇均同意，按年拨付，另附清单。"})
    assert answered.state == "agreed"


def test_a_township_that_joins_must_be_asked(answered: Journey) -> None:
    answered.conclude()
    answered.do("forestry", "application.edit", add_townships=[answered.world.outside])
    assert answered.state == "consulting"
    with pytest.raises(Refused) as refused:
        answered.conclude()
    assert [f.code for f in refused.value.findings] == ["township_silent"]


def test_a_licence_declared_by_edit_is_refused(answered: Journey) -> None:
    with pytest.raises(Refused) as refused:
        answered.do("forestry", "application.edit", declared_class="licence")
    assert [(f.code, f.provision) for f in refused.value.findings] == [("excluded_power", "1")]


def test_a_colleague_of_the_bureau_may_edit(answered: Journey) -> None:
    answered.do("forestry2", "application.edit", items={"mechanism": "每季度会商一次。"})


def test_a_township_that_was_asked_may_not_edit(answered: Journey) -> None:
    with pytest.raises(NotAllowed):
        answered.do("naji", "application.edit", items={"mechanism": "x"})


@pytest.mark.parametrize("outsider", ["outsider", "water", "system_admin", "audit_admin"])
def test_for_others_the_case_does_not_exist(answered: Journey, outsider: str) -> None:
    with pytest.raises(NotFound):
        answered.do(outsider, "application.edit", items={"mechanism": "x"})


def test_a_stale_page_is_told_so(answered: Journey) -> None:
    seen = {"case": answered.case.version}
    answered.do("forestry", "application.edit", items={"mechanism": "甲。"}, expected=seen)
    with pytest.raises(Conflict) as conflict:
        answered.do("forestry2", "application.edit", items={"mechanism": "乙。"}, expected=seen)
    assert [f.code for f in conflict.value.findings] == ["stale"]


def test_an_unknown_item_is_named(answered: Journey) -> None:
    with pytest.raises(Malformed) as malformed:
        answered.do("forestry", "application.edit", items={"slogan": "x"})
    assert malformed.value.fields == (("items.slogan", "no such item"),)
