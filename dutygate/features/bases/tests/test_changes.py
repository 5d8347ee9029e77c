"""Articles 1, 4.5: a law is amended or repealed from a day on; what rests on it is stopped, and nothing of what was said is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, Refused
from dutygate.features.bases.facts import basis_facts
from dutygate.features.bases.models import BasisChange, BasisReading, LegalBasis
from dutygate.features.bases.queries import bases_of_text, changes_of, readings_before
from tests.rows import rows
from tests.world import BANNER

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
FIRE = {"title": "森林防火条例", "kind": "administrative_regulation", "document_number": "国务院令第541号"}
DAY = date(2026, 7, 1)
PAPER = {"document": "国务院关于废止部分行政法规的决定", "document_number": "国务院令第800号"}


@pytest.fixture
def office(world):
    """Acts of the lead and the legal seat on bases."""
    return Office(world)


class Office:
    """Registers and changes; ``who`` is the role."""

    def __init__(self, world: Any) -> None:
        self.world = world

    def do(self, action: str, who: str = "lead", **payload: Any) -> Any:
        return perform(self.world.people[who], action, BANNER, payload, via="import")

    def register(self, article: str = "", **more: Any) -> LegalBasis:
        done = self.do("basis.register", **{**FIRE, "article": article, "in_force_from": "2009-01-01", **more})
        return LegalBasis.objects.get(pk=int(done.result["basis"]))

    def repeal(self, basis: LegalBasis, who: str = "lead", **more: Any) -> Any:
        return self.do("basis.repeal", who, **{"basis": str(basis.id), "on": DAY, **PAPER, **more})


def ends() -> dict[str, date | None]:
    return {row.article: row.repealed_on for row in LegalBasis.objects.order_by("id")}


def test_a_repeal_of_an_article_ends_it_and_its_paragraphs_and_nothing_else(office):
    fifth = office.register("第五条")
    for article in ("第五条第二款", "第五条、第十条", "第十条", ""):
        office.register(article)
    office.register("第五条", title="草原防火条例", document_number="国务院令第542号")
    office.repeal(fifth)
    assert ends() == {"第五条": None, "第五条第二款": DAY, "第五条、第十条": DAY, "第十条": None, "": None}
    assert LegalBasis.objects.get(pk=fifth.id).repealed_on == DAY


def test_a_repeal_of_the_whole_text_ends_every_article_of_that_version(office):
    fifth = office.register("第五条")
    whole, newer = office.register(""), office.register("第五条", in_force_from="2026-07-01", document_number="")
    office.repeal(fifth, article="", successor=str(newer.id))
    assert set(LegalBasis.objects.filter(repealed_on=DAY)) == {fifth, whole}
    assert [change.successor_id for change in BasisChange.objects.all()] == [newer.id]
    assert [row.article for row in bases_of_text(office.world.people["lead"], fifth)] == ["", "第五条", "第五条"]


def test_in_force_until_the_day_before(office, journey):
    fifth = office.register("第五条")
    case = journey()
    case.open()
    case.do("forestry", "application.edit", bases=[{**FIRE, "article": "第五条", "in_force_from": "2009-01-01"}])
    office.repeal(fifth)
    late = [day for day in (date(2008, 12, 31), date(2009, 1, 1), DAY - timedelta(days=1), DAY) if basis_facts(case.case.id, day)[1]]
    assert late == [date(2008, 12, 31), DAY]


def test_what_is_written_anew_of_a_repealed_text_is_recognised_as_repealed(office, journey):
    office.repeal(office.register(""))
    case = journey()
    case.open()
    case.do("forestry", "application.edit", bases=[{"title": "《森林防火条例》第八条", "kind": "policy"}])
    own = LegalBasis.objects.get(title="《森林防火条例》第八条")
    assert (own.confirmed, own.repealed_on) == (False, DAY)
    assert basis_facts(case.case.id, DAY)[1] == ("《森林防火条例》第八条",)


def test_an_application_resting_on_what_was_repealed_is_stopped(office, journey):
    case = journey().up_to("agreed")
    office.do("basis.confirm", basis=str(LegalBasis.objects.get().id))
    done = office.repeal(LegalBasis.objects.get(), on=office.world.today)
    assert done.result["duties"] == []
    with pytest.raises(Refused) as refused:
        case.submit()
    assert {finding.code for finding in refused.value.findings} == {"basis_not_in_force"}
    told = rows("notices.OutboxMessage", kind="basis_repeal_case").values_list("unit_id", flat=True)
    assert list(told) == [office.world.unit_id("forestry")]


def test_a_repeal_to_come_stops_nothing_yet(office, journey):
    case = journey().up_to("agreed")
    office.do("basis.confirm", basis=str(LegalBasis.objects.get().id))
    office.repeal(LegalBasis.objects.get(), on=office.world.today + timedelta(days=1))
    case.submit()
    assert case.state == "applied"


def test_an_amendment_ends_nothing_and_is_remembered(office):
    fifth = office.register("第五条")
    office.do(
        "basis.amend",
        "legal",
        basis=str(fifth.id),
        article="",
        on=DAY,
        **PAPER,
        replacements=[["第五条", "第六条"]],
        note="条文顺序有调整",
    )
    assert LegalBasis.objects.get().repealed_on is None
    change = changes_of(office.world.people["naji"], fifth)[0]
    assert (change.kind, change.article, change.replacements, change.on) == ("amend", "", [["第五条", "第六条"]], DAY)


def test_the_second_of_two_repeals_changes_nothing_and_the_earlier_day_holds(office):
    fifth = office.register("第五条")
    office.repeal(fifth)
    with pytest.raises(Refused) as refused:
        office.repeal(fifth, on=DAY + timedelta(days=9))
    assert [finding.code for finding in refused.value.findings] == ["basis_did_not_hold"]
    office.repeal(fifth, article="", on=DAY - timedelta(days=9))
    assert LegalBasis.objects.get().repealed_on == DAY - timedelta(days=9)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"basis": "5"}, "basis"),
        ({"successor": "9" * 18}, "successor"),
        ({"duties": ["150721-D-0001"]}, "duties"),
        ({"replacements": [["第五条"]]}, "replacements.0"),
    ],
)
def test_what_is_not_there_is_malformed(office, wrong, field):
    fifth = office.register("第五条")
    with pytest.raises(Malformed) as malformed:
        office.do("basis.repeal", **{"basis": str(fifth.id), "on": DAY, **PAPER, **wrong})
    assert malformed.value.fields[0][0].startswith(field)
    assert not BasisChange.objects.exists()


def test_the_same_change_is_entered_once(office):
    fifth = office.register("第五条")
    office.do("basis.amend", basis=str(fifth.id), on=DAY, **PAPER)
    with pytest.raises(Malformed, match=r"."):
        office.do("basis.amend", basis=str(fifth.id), on=DAY, **PAPER)
    assert BasisChange.objects.count() == 1


def test_an_unconfirmed_basis_is_neither_changed_nor_corrected(office, journey):
    case = journey()
    case.open()
    case.do("forestry", "application.edit", bases=[FIRE])
    row = LegalBasis.objects.get()
    tries = (
        ("basis.repeal", {"on": DAY, **PAPER}),
        ("basis.amend", {"on": DAY, **PAPER}),
        ("basis.correct", {"given": {**FIRE, "issuer": "国务院"}, "reason": "漏写"}),
    )
    for action, payload in tries:
        with pytest.raises(Refused) as refused:
            office.do(action, basis=str(row.id), **payload)
        assert [finding.code for finding in refused.value.findings] == ["basis_not_confirmed"], action


@pytest.mark.parametrize("who", ["forestry", "services", "naji", "committee", "government", "city", "system_admin", "audit_admin"])
def test_only_lead_and_legal_seat_change_and_correct(office, who):
    fifth = office.register("第五条")
    given = {"given": {**FIRE, "article": "第六条"}, "reason": "写错"}
    for action, payload in (("basis.repeal", {"on": DAY, **PAPER}), ("basis.amend", {"on": DAY, **PAPER}), ("basis.correct", given)):
        with pytest.raises(NotAllowed):
            office.do(action, who, basis=str(fifth.id), **payload)
    assert LegalBasis.objects.get().article == "第五条"


# 更正


def test_a_confirmed_basis_is_corrected_and_what_it_said_stays(office, journey):
    wrong = office.register("第五条", title="森林放火条例", in_force_from="2008-01-01")
    case = journey()
    case.open()
    case.do("forestry", "application.edit", bases=[{**FIRE, "title": "森林放火条例", "article": "第五条"}])
    right = {**FIRE, "article": "第五条", "in_force_from": "2009-01-01"}
    office.do("basis.correct", "legal", basis=str(wrong.id), given=right, reason="名称和施行日期写错")
    row = LegalBasis.objects.get()
    assert (row.id, row.title, row.key, row.in_force_from) == (wrong.id, "森林防火条例", "森林防火条例", date(2009, 1, 1))
    before = readings_before(office.world.people["naji"], row)[0]
    assert (before.cause, before.reason, before.details["title"], before.details["in_force_from"]) == (
        "corrected",
        "名称和施行日期写错",
        "森林放火条例",
        "2008-01-01",
    )
    assert basis_facts(case.case.id, date(2008, 6, 1))[1] == ("森林防火条例",), "the case rests on the same basis, as it reads now"
    assert rows("notices.OutboxMessage", kind="basis_corrected").count() == 1


def test_a_correction_brings_a_basis_under_a_repeal_that_covers_it(office):
    office.repeal(office.register(""))
    strayed = office.register("第五条", title="森林防火条列")
    assert strayed.repealed_on is None
    office.do("basis.correct", basis=str(strayed.id), given={**FIRE, "article": "第五条", "in_force_from": "2009-01-01"}, reason="错字")
    assert LegalBasis.objects.get(pk=strayed.id).repealed_on == DAY


def test_a_repeal_entered_by_mistake_is_taken_back(office):
    fifth = office.register("第五条")
    office.register("第五条第二款")
    mistaken = office.repeal(fifth).result["change"]
    office.do("basis.correct", basis=str(fifth.id), void=mistaken, reason="看错了文件")
    assert set(ends().values()) == {None}
    change = BasisChange.objects.get()
    assert (change.voided_reason, change.voided_at is not None) == ("看错了文件", True)
    assert sorted(BasisReading.objects.values_list("cause", flat=True)) == ["repealed", "repealed", "voided", "voided"]
    with pytest.raises(Malformed):
        office.do("basis.correct", basis=str(fifth.id), void=mistaken, reason="再撤一次")
    office.repeal(fifth, on=DAY + timedelta(days=30))
    assert set(ends().values()) == {DAY + timedelta(days=30)}, "a mistake about a day to come can be put right"


def test_taking_back_one_repeal_leaves_the_other(office):
    fifth = office.register("第五条")
    office.repeal(fifth, article="", on=DAY + timedelta(days=30))
    mistaken = office.repeal(fifth).result["change"]
    assert LegalBasis.objects.get().repealed_on == DAY
    office.do("basis.correct", basis=str(fifth.id), void=mistaken, reason="看错了文件")
    assert LegalBasis.objects.get().repealed_on == DAY + timedelta(days=30)


def test_a_correction_without_content_or_into_a_double_is_malformed(office):
    fifth, sixth = office.register("第五条"), office.register("第六条")
    double = {**FIRE, "title": "《森林防火条例》", "article": "第6条", "in_force_from": "2009-01-01"}
    for payload in ({}, {"given": double}, {"void": "5"}):
        with pytest.raises(Malformed):
            office.do("basis.correct", basis=str(fifth.id), reason="更正", **payload)
    office.do("basis.correct", basis=str(sixth.id), given={**double, "issuer": "国务院"}, reason="补写")
    assert LegalBasis.objects.get(pk=sixth.id).issuer == "国务院"
    with pytest.raises(Refused):
        office.do("basis.correct", basis=str(sixth.id), given=double, reason="")


def test_two_people_do_not_overwrite_each_other(office):
    fifth = office.register("第五条")
    lead = office.world.people["lead"]
    given = {
        "basis": str(fifth.id),
        "given": {**FIRE, "article": "第五条", "issuer": "国务院", "in_force_from": "2009-01-01"},
        "reason": "补",
    }
    perform(lead, "basis.correct", BANNER, given, expected={"basis": 0}, via="page")
    with pytest.raises(Conflict):
        perform(
            lead, "basis.correct", BANNER, {**given, "given": {**given["given"], "issuer": "国务 院"}}, expected={"basis": 0}, via="page"
        )


def test_of_two_versions_the_one_that_holds_is_recognised(office, journey):
    old, new = office.register("第五条", document_number=""), office.register("第五条", document_number="", in_force_from="2026-01-01")
    office.repeal(old, on=date(2026, 1, 1), successor=str(new.id))
    to_come = office.register("第五条", document_number="", in_force_from="2099-01-01")
    case = journey()
    case.open()
    case.do("forestry", "application.edit", bases=[{"title": "森林防火条例", "kind": "policy", "article": "第五条"}])
    assert rows("bases.BasisCitation").get().basis_id == new.id
    case.do(
        "forestry", "application.edit", bases=[{"title": "森林防火条例", "kind": "policy", "article": "第五条", "basis": str(to_come.id)}]
    )
    assert rows("bases.BasisCitation", removed_at=None).get().basis_id == to_come.id, "what was picked is taken"
    with pytest.raises(Malformed):
        case.do("forestry", "application.edit", bases=[{"title": "森林防火条例", "kind": "policy", "basis": "12"}])


def test_replay_makes_the_same_registry(office, journey):
    fifth = office.register("第五条")
    case = journey().up_to("consulting")
    office.do("basis.correct", basis=str(fifth.id), given={**FIRE, "article": "第五条", "issuer": "国务院"}, reason="补写")
    mistaken = office.repeal(fifth, article="", on=DAY).result["change"]
    case.do("forestry", "application.edit", bases=[{**FIRE, "article": "第九条"}])
    office.do("basis.correct", basis=str(fifth.id), void=mistaken, reason="看错了文件")
    office.do("basis.amend", basis=str(fifth.id), on=DAY, **PAPER)
    office.repeal(fifth, on=DAY + timedelta(days=1))
    report = replay()
    assert report.holds, (report.problems, report.differences)
