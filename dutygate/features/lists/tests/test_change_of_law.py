"""Article 4.5: a repeal finds exactly the duties that rest on what is repealed, by whatever spelling, and none that does not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import Swept, sweep
from dutygate.base.catalogue.action import Context, Door
from dutygate.base.catalogue.errors import Malformed, Refused
from dutygate.features.bases.queries import bases_found, bases_of_duty, duties_of_change
from dutygate.features.lists.history import Cells, Placing, next_revision, set_cells
from dutygate.features.lists.models import Duty, DutyRevision
from dutygate.features.lists.tests.many import copies_of
from tests.rows import rows
from tests.world import BANNER

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
FIRE = {"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第五条"}
PAPER = {"document": "国务院关于废止部分行政法规的决定", "document_number": "国务院令第800号"}
OTHERS = (
    {"title": "草原防火条例", "article": "第五条"},
    {"title": "内蒙古自治区森林防火条例", "article": "第五条"},
    {"title": "森林防火条例", "article": "第十五条"},
    {"title": "森林防火条例", "article": "第五条之一"},
    {"title": "森林防火条例", "document_number": "阿政发〔2024〕1号", "article": "第五条"},
    {"title": "森林防火条例", "article": "第五条", "in_force_from": "2099-01-01"},
    {"title": "森林法", "article": "第五条"},
)


class Ten:
    """Ten duties on the lists: the first came about as the law wants it, the others are like it and rest on what the test says."""

    def __init__(self, world: Any, journey: Any) -> None:
        self.world, self.lead = world, world.people["lead"]
        self.case = journey().up_to("done")
        first = Duty.objects.get()
        copies_of(first, 9)
        self.duties = list(Duty.objects.order_by("id"))
        self.basis = bases_found(self.lead, "森林防火条例").get()
        self.do("basis.confirm", given={**FIRE, "document_number": "国务院令第541号"})
        self.basis.refresh_from_db()

    def rest(self, number: int, *bases: dict[str, Any]) -> None:
        """What the text of a duty names, as older texts do: without the registry's own key."""
        DutyRevision.objects.filter(duty=self.duties[number]).update(bases=list(bases))

    def do(self, action: str, who: str = "lead", **payload: Any) -> Any:
        return perform(self.world.people[who], action, BANNER, {"basis": str(self.basis.id), **payload}, via="import")

    def codes(self, *numbers: int) -> list[str]:
        return [self.duties[number].code for number in numbers]

    def touched(self, article: str = "第五条", on: date | None = None) -> dict[str, str]:
        found = duties_of_change(self.lead, self.basis, article, on or self.world.today)
        return {one.code: one.how for one in found}


@pytest.fixture
def ten(world, journey):
    """Three rest on 第五条, each in its own spelling, the other seven on something else."""
    found = Ten(world, journey)
    found.rest(1, {"title": "《中华人民共和国森林防火条例》（国务院令第541号）", "article": "第5条第二款"})
    found.rest(2, OTHERS[0], {"title": "森林防火条例(2008修订)", "article": "第三条、第五条"})
    for number, other in enumerate(OTHERS, start=3):
        found.rest(number, other)
    return found


def test_the_duty_refers_to_the_registry(ten):
    assert [basis["basis"] for basis in DutyRevision.objects.get(duty=ten.duties[0]).bases] == [str(ten.basis.id)]


def test_three_of_ten_are_found_however_they_are_spelt(ten):
    assert ten.touched() == dict.fromkeys(ten.codes(0, 1, 2), "certain")


def test_a_repeal_must_name_all_three(ten):
    for named in ([], ten.codes(0, 1), ten.codes(0, 2)):
        with pytest.raises(Refused) as refused:
            ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=named)
        missed = [finding.params["duty"] for finding in refused.value.findings]
        assert missed == [code for code in ten.codes(0, 1, 2) if code not in named]
    with pytest.raises(Malformed):
        ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2, 3))
    done = ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2))
    assert done.result["duties"] == ten.codes(0, 1, 2)
    told = set(rows("notices.OutboxMessage", kind="basis_repeal_duty").values_list("unit_id", flat=True))
    assert told == {ten.world.unit_id("forestry")}


def test_the_whole_text_touches_every_article_of_it(ten):
    assert ten.touched("") == dict.fromkeys(ten.codes(0, 1, 2, 5, 6), "certain")


def test_who_names_no_article_is_for_a_person_to_judge(ten):
    ten.rest(9, {"title": "森林防火条例"})
    assert ten.touched() == {**dict.fromkeys(ten.codes(0, 1, 2), "certain"), ten.codes(9)[0]: "possible"}
    assert ten.touched("")[ten.codes(9)[0]] == "certain"
    done = ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2))
    assert done.result["duties"] == ten.codes(0, 1, 2)


def test_or_is_named_if_the_person_judges_so(ten):
    ten.rest(9, {"title": "森林防火条例", "article": "有关规定"})
    done = ten.do("basis.amend", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2, 9))
    assert done.result["duties"] == ten.codes(0, 1, 2, 9)


def test_a_duty_that_has_left_the_lists_is_not_touched(ten):
    rows("lists.ListEntry", duty=ten.duties[1]).update(valid_to=ten.world.today + timedelta(days=1))
    assert list(ten.touched()) == ten.codes(0, 1, 2)
    assert list(ten.touched(on=ten.world.today + timedelta(days=1))) == ten.codes(0, 2)


def test_what_a_later_text_of_the_duty_says_counts(ten):
    duty, lead = ten.duties[1], ten.lead
    door = Door(lead, BANNER, lead.jurisdiction_id, 0, ten.world.today, ten.world.today)
    context = Context(door, 2**40, clock.now(), clock.now(), None, "")  # type: ignore[arg-type]
    revision = DutyRevision.objects.get(duty=duty)
    newer = next_revision(context, duty, after=revision, bases=[{"title": "森林法", "article": "第三十四条"}])
    placed = rows("lists.ListEntry", duty=duty).order_by("id")
    townships = list(placed.values_list("township_id", flat=True))
    placing = Placing(newer.id, "duties", "admitted")
    set_cells(context, [Cells(duty.id, townships[0], ten.world.today, placing=placing)])
    one = next(one for one in duties_of_change(lead, ten.basis, "第五条", ten.world.today + timedelta(days=1)) if one.code == duty.code)
    assert set(one.townships) == set(townships[1:]), "where the new text holds, the old one no longer rests on it"


def test_the_townships_of_each_are_known(ten):
    found = duties_of_change(ten.lead, ten.basis, "第五条", ten.world.today)
    assert {frozenset(one.townships) for one in found} == {frozenset(ten.world.unit_id(slug) for slug in ten.world.townships)}
    assert {one.lead_unit_id for one in found} == {ten.world.unit_id("forestry")}


def test_a_corrected_basis_is_still_the_one_on_which_the_duty_rests(ten):
    ten.do("basis.correct", given={**FIRE, "title": "森林草原防火条例"}, reason="名称写错")
    ten.basis.refresh_from_db()
    assert ten.touched() == {ten.codes(0)[0]: "certain"}, "by the registry's key; the others named it as it was written"


def test_statements_do_not_grow_with_the_duties(ten, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert len(ten.touched()) == 3


def test_what_a_duty_names_is_shown_as_the_registry_knows_it(ten):
    duty, lead, today = ten.duties[2], ten.lead, ten.world.today
    elsewhere = {"title": "森林防火条例", "article": "第八条"}
    ten.rest(2, {"title": "《森林防火条例》", "article": "第5条"}, elsewhere, OTHERS[0])

    def known():
        return [(row.id, row.ends_on) for row in bases_of_duty(lead, duty, DutyRevision.objects.get(duty=duty).bases)]

    assert known() == [(ten.basis.id, None), (None, None), (None, None)]
    ten.do("basis.repeal", on=today, article="", **PAPER, duties=list(ten.touched("")))
    assert known() == [(ten.basis.id, today), (None, today), (None, None)], "an article that the registry does not have ends with its text"


def test_replay_of_a_repeal(world, journey):
    journey().up_to("done")
    basis = bases_found(world.people["lead"], "森林防火条例").get()
    for action, payload in (
        ("basis.confirm", {}),
        ("basis.repeal", {"on": world.today, **PAPER, "duties": [Duty.objects.get().code]}),
    ):
        perform(world.people["legal"], action, BANNER, {"basis": str(basis.id), **payload}, via="import")
    report = replay()
    assert report.holds, (report.problems, report.differences)


# 每件事项一次调整


def adjustments() -> dict[str, Any]:
    return {case.duty.code: case for case in rows("cases.Case", kind="adjustment").order_by("id").select_related("duty")}


@pytest.mark.parametrize("who", ["lead", "legal"])
def test_a_repeal_that_touches_three_of_ten_opens_exactly_three_adjustments(ten, who):
    done = ten.do("basis.repeal", who, on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2), note="另行制定办法")
    assert done.result["opened"] == ten.codes(0, 1, 2) and done.result["already"] == done.result["unled"] == done.result["later"] == []
    cases = adjustments()
    assert list(cases) == ten.codes(0, 1, 2)
    caused = rows("register.Entry", action="basis.repeal", outcome="permitted").get()
    opened = list(rows("register.Entry", action="case.open", caused_by=caused.id).order_by("seq"))
    assert [entry.subject for entry in opened] == [case.number for case in cases.values()]
    assert {(entry.via, entry.unit_id) for entry in opened} == {("follow-up", ten.world.unit_id(who))}
    for case in cases.values():
        assert (case.mandated, case.reason, case.state, case.initiator_id) == (
            True,
            "law_changed",
            "drafting",
            ten.world.unit_id("forestry"),
        )
        assert case.cause == f"《森林防火条例》第五条自{ten.world.today.isoformat()}起废止"
        assert "国务院令第800号" in case.reason_words and "另行制定办法" in case.reason_words
    tasks = list(rows("actions.OpenTask", subject__in=[case.number for case in cases.values()]).values_list("action", "unit_id", "due_on"))
    assert {(action, unit) for action, unit, _ in tasks} == {("consultation.request", ten.world.unit_id("forestry"))}
    assert len(tasks) == 3 and all(due is not None and due > ten.world.today for _, _, due in tasks), "each has its deadline"


def test_a_duty_that_is_being_adjusted_for_the_law_gets_no_second_case(ten):
    ten.do("basis.amend", on=ten.world.today - timedelta(days=1), **PAPER, duties=ten.codes(0, 1, 2))
    before = adjustments()
    done = ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2))
    assert (done.result["opened"], done.result["already"]) == ([], ten.codes(0, 1, 2))
    assert adjustments().keys() == before.keys() and rows("cases.Case", kind="adjustment").count() == 3
    perform(ten.world.people["forestry"], "case.withdraw", before[ten.codes(1)[0]].number, {"reason": "不需要改"}, via="import")
    ten.do("basis.correct", void=done.result["change"], reason="看错了日期")
    again = ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2))
    assert (again.result["opened"], again.result["already"]) == (ten.codes(1), ten.codes(0, 2)), "one that is over is no longer under way"


def test_a_duty_that_nobody_leads_or_that_is_not_on_a_list_yet_opens_nothing(ten):
    revision = DutyRevision.objects.filter(duty=ten.duties[1])
    revision.update(lead_unit=None)
    rows("lists.ListEntry", duty=ten.duties[2]).update(valid_from=ten.world.today + timedelta(days=9))
    done = ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2))
    assert (done.result["opened"], done.result["unled"], done.result["later"]) == (ten.codes(0), ten.codes(1), ten.codes(2))


def test_what_was_repealed_before_a_duty_began_opens_its_adjustment_when_it_begins(world, journey):
    """Repealed while the townships waited for the notice: nothing is in force that could be adjusted, so the sweep opens it, once."""
    case = journey().up_to("approved")
    basis = bases_found(world.people["lead"], "森林防火条例").get()
    for action, given in (("basis.confirm", {"given": FIRE}), ("basis.repeal", {"on": world.today, **PAPER})):
        done = perform(world.people["lead"], action, BANNER, {"basis": str(basis.id), **given}, via="import")
    assert done.result["opened"] == done.result["later"] == []
    assert "case.open" not in sweep().done
    case.notify()
    code = Duty.objects.get().code
    assert adjustments() == {} and sweep().done["case.open"] == 1
    opened = adjustments()[code]
    assert (opened.mandated, opened.initiator_id) == (True, world.unit_id("forestry")) and "国务院令第800号" in opened.reason_words
    assert opened.cause.endswith("废止") and sweep() == Swept()
    perform(world.people["forestry"], "case.withdraw", opened.number, {"reason": "另有依据"}, via="import")
    assert "case.open" not in sweep().done, "what became of it is somebody's decision"
    assert replay().holds


def test_a_duty_that_a_law_put_on_townships_is_adjusted_too(ten):
    law = {**FIRE, "document_number": "国务院令第541号"}
    finding = {"by": ten.world.key("justice"), "text": "条例直接规定由乡镇承担。", "given_on": ten.world.today}
    given = {"title": "组织森林防火宣传", "provision": law, "finding": finding, "townships": [ten.world.key("naji")]}
    given |= {"department": ten.world.key("forestry"), "valid_from": ten.world.today}
    code = perform(ten.lead, "list.enter_by_law", BANNER, given, via="import").result["duty"]
    done = ten.do("basis.repeal", on=ten.world.today + timedelta(days=1), **PAPER, duties=[*ten.codes(0, 1, 2), code])
    assert done.result["opened"] == [*ten.codes(0, 1, 2), code]
    assert adjustments()[code].declared_class == ""


def test_the_lead_goes_on_in_the_departments_stead(ten):
    ten.do("basis.repeal", on=ten.world.today, **PAPER, duties=ten.codes(0, 1, 2))
    number = adjustments()[ten.codes(0)[0]].number
    changed = {"items": {"content": "乡镇只协助张贴公告。"}, "bases": [{"title": "森林法", "kind": "law", "article": "第三十四条"}]}
    perform(ten.lead, "application.edit", number, changed, via="import")
    perform(ten.lead, "consultation.request", number, {"document_number": "阿编办函〔2026〕3号"}, via="import")
    assert rows("cases.Case", number=number).get().state == "consulting"
