"""The demo year keeps what issue and articles ask of it: every state, both tracks, and nothing past the one door (1, 3, 4.1-4.5, 5, 7)."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

import dutygate.config.demo
from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.actions.replay import replay
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.documents.storage import open_file
from dutygate.base.organizations.models import User
from dutygate.base.organizations.queries import forget_directories, public_acting_posts_of, public_user_id
from dutygate.base.register.models import Entry, Installation
from dutygate.base.register.verify import verify_all
from dutygate.base.search.index import verify as verify_index
from dutygate.config.cli import Failure
from dutygate.config.commands import demo as command
from dutygate.config.demo import report
from dutygate.config.demo import settings as demo_settings
from dutygate.config.demo.clock import moments
from dutygate.config.demo.material import Material, material
from dutygate.config.demo.performing import VIA, StoryBroken, password_of, perform_demo, planned
from dutygate.config.demo.place import Standing, make_room, standing
from dutygate.features.application.models import ConditionStep, Opinion, Scope
from dutygate.features.board.queries import Asked, board_of
from dutygate.features.cases.models import Case
from dutygate.features.conference.models import AgendaItem
from dutygate.features.decision.models import Decision, DecisionSet
from dutygate.features.lists.queries import duties_of_township
from dutygate.features.review.models import CommentRequest, ReviewConclusion
from dutygate.law.regulation.edition import package_editions
from dutygate.law.workdays.calendar import national_calendar
from tests.trips import board_by_hand as by_hand

pytestmark = [pytest.mark.db_both, pytest.mark.django_db, pytest.mark.once]
ZONE = ZoneInfo("Asia/Shanghai")
PACKAGE = Path(dutygate.config.demo.__file__).parent


@pytest.fixture(scope="module")
def told(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    """The whole demo, made once for this file by the command's own hand, and taken back afterwards: each test is a savepoint in it."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        forget_directories()
        forget_kept_editions()
        with transaction.atomic():
            assert command.stand_up(fresh=False)
            yield material()
            transaction.set_rollback(True)
        forget_directories()
        forget_kept_editions()


@pytest.fixture
def trying(told: Material) -> Iterator[None]:
    """For a test that changes what all look at: its own transaction takes that back, and here it is forgotten."""
    connection.check_constraints()  # PostgreSQL empties no table whose foreign keys are still to be looked at
    yield
    forget_directories()
    forget_kept_editions()


def case_of(told: Material, matter: str) -> Case:
    return Case.objects.get(title=told.matters[matter]["items"]["name"])


def shown(told: Material, tag: str) -> set[str]:
    return {case["matter"] for case in told.cases if tag in case["shows"]}


def test_every_state_is_there_on_both_tracks_and_every_case_stands_where_the_story_says(told: Material) -> None:
    cases = {case.title: case for case in Case.objects.all()}
    stands = {}
    for case in told.cases:
        found = cases[told.matters[case["matter"]]["items"]["name"]]
        stands[case["matter"]] = (found.state, found.outcome or None)
    assert stands == {case["matter"]: (case["target"], case["outcome"]) for case in told.cases}
    assert len(cases) == len(told.cases) >= 12
    states = package_editions()["arun_2024_15"].procedure["states"]
    assert {case.state for case in cases.values()} == set(states)
    assert {case.track for case in cases.values()} == {"regular", "temporary"}
    assert {case.track for case in cases.values() if case.state == "done"} == {"regular", "temporary"}


def test_what_articles_1_and_7_keep_out_is_stopped_when_the_case_is_opened(told: Material) -> None:
    refused = Entry.objects.filter(outcome="refused", action="case.open").order_by("id")
    assert [set(re.findall(r'"provision":"([^"]+)"', entry.sealed)) for entry in refused] == [{"1"}, {"1"}, {"7"}]
    assert told.matters["village_cemetery"]["source"]["type"] == "行政许可"
    titles = {told.matters[attempt["matter"]]["items"]["name"] for attempt in told.story["attempts"]}
    assert not Case.objects.filter(title__in=titles).exists()


def test_conditions_are_answered_and_settled_and_a_second_round_is_asked(told: Material) -> None:
    (matter,) = shown(told, "conditions_answered")
    case = case_of(told, matter)
    assert Scope.objects.filter(case=case, answer="agree_with_conditions", condition="settled").count() == 2
    assert Counter(ConditionStep.objects.filter(case=case).values_list("kind", flat=True)) == {"answered": 2, "accept": 2}
    for matter in shown(told, "second_round"):
        case = case_of(told, matter)
        assert set(Opinion.objects.filter(case=case).values_list("round", flat=True)) == {1, 2}
    assert Opinion.objects.filter(case=case_of(told, "fire_watch"), round=1, answer="disagree").count() == 1
    (narrowed,) = shown(told, "narrowed")
    assert list(Scope.objects.filter(case=case_of(told, narrowed), in_scope=False).values_list("unit__key", flat=True)) == ["150721.naji"]


def test_a_paper_reply_has_its_scan_and_somebody_else_saw_the_original(told: Material) -> None:
    (matter,) = shown(told, "paper_reply")
    case = case_of(told, matter)
    opinion = Opinion.objects.exclude(scan="").get(case=case)
    assert opinion.entered_by_unit == case.initiator_id != opinion.unit_id
    assert opinion.original_checked_at is not None
    paper = open_file(report.viewer_of(told), opinion.scan)
    assert paper.media_type == "application/pdf"
    assert paper.name.startswith("新政函〔2026〕14号")


def test_one_document_of_the_city_decides_three_cases_and_one_of_both_bodies_two(told: Material) -> None:
    sets = {(row.body, row.document_number, len(row.cases)) for row in DecisionSet.objects.all()}
    assert sets == {
        ("banner_committee", "阿党办发〔2025〕36号", 2),
        ("banner_government", "阿党办发〔2025〕36号", 2),
        ("city_government", "呼政字〔2026〕41号", 3),
    }
    decided = Counter(Decision.objects.values_list("body", "document_number"))
    assert all(decided[body, number] == count for body, number, count in sets)


def test_the_review_has_a_silent_department_a_substitute_an_expert_and_a_dissent(told: Material) -> None:
    assert CommentRequest.objects.filter(case=case_of(told, "school_enrolment"), answered_at=None).count() == 1
    assert case_of(told, "notary_booking").substituted
    assert case_of(told, "house_archive").state == "reviewing"
    (conclusion,) = ReviewConclusion.objects.exclude(outcome="admit")
    assert [(said["seat"], bool(said["text"])) for said in conclusion.dissent] == [("services", True)]


def test_two_meetings_settled_two_cases_and_one_of_them_only_at_the_second(told: Material) -> None:
    found = AgendaItem.objects.filter(meeting__status="closed").order_by("id").values_list("meeting__number", "case__title", "outcome")
    pension, land = (told.matters[matter]["items"]["name"] for matter in ("pension_check", "land_dispute_intake"))
    first, second = "150721-M-0001", "150721-M-0002"
    assert list(found) == [(first, pension, "admit"), (first, land, "next_time"), (second, land, "admit")]


def test_each_township_has_exactly_what_was_decided_for_it(told: Material) -> None:
    viewer = report.viewer_of(told)
    directory = report.directory_now(viewer)

    def listed(day: str) -> dict[str, set[str]]:
        on = date.fromisoformat(day)
        return {directory.unit(t).slug: {duty.title for duty in duties_of_township(viewer, t, on)} for t in directory.townships(on)}

    def expected(*matters: str) -> dict[str, set[str]]:
        left = {"land_dispute_intake": {"naji"}}
        return {
            slug: {told.matters[m]["items"]["name"] for m in matters if slug in set(told.matters[m]["townships"]) - left.get(m, set())}
            for slug in (unit["key"] for unit in told.organizations["townships"])
        }

    regular = ("pension_check", "land_dispute_intake", "school_enrolment")
    assert listed("2025-12-28") == expected()
    assert listed("2026-02-01") == expected("skills_training", "job_fair")
    assert listed("2026-04-30") == expected("skills_training", "fire_watch")
    assert listed("2026-05-01") == expected("fire_watch")
    assert listed(told.story["as_of"]) == expected(*regular)
    assert listed("2027-06-30") == expected(*regular, "card_renewal")
    assert listed("2027-07-01") == expected(*regular)


def test_nothing_was_written_past_the_door(told: Material) -> None:
    found = replay()
    assert not found.problems
    assert not found.differences
    assert found.skipped == 0
    assert found.entries + found.apart == Entry.objects.count()
    assert found.rows > 1500
    assert verify_all() == []
    assert verify_tasks() == []
    assert verify_index() == []
    written = [path.name for path in PACKAGE.glob("*.py") if re.search(r"\.objects\b|\.models\b|bulk_create|\.save\(", path.read_text())]
    assert written == []


def test_everything_is_entered_by_people_in_their_office_hours(told: Material) -> None:
    entries = list(Entry.objects.order_by("recorded_at", "id"))
    assert {entry.via for entry in entries} == {VIA, "follow-up"}
    calendar = national_calendar()
    for entry in entries:
        moment = entry.recorded_at.astimezone(ZONE)
        assert calendar.is_workday(moment.date()), entry
        assert "08:30" <= f"{moment:%H:%M}" <= "17:30", entry
    system = Counter(entry.action for entry in entries if entry.user_id is None and entry.via == VIA)
    assert system == {"jurisdiction.create": 3, "unit.create": 1, "user.create": 3, "post.appoint": 3}


def test_everybody_can_come_in_with_the_printed_password(told: Material) -> None:
    assert User.objects.count() == len(told.people)
    for user in User.objects.all():
        assert user.check_password(password_of(user.username)), user.username
        assert not user.must_change_password


def test_the_terminal_shows_people_lists_cases_refusals_and_the_head(told: Material, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.show("/somewhere/demo") == 0
    out = capsys.readouterr().out
    assert "（演示）" in out
    assert password_of("xiangyangyu") in out
    assert all(unit["name"] in out for unit in told.organizations["townships"])
    assert all(case.number in out for case in Case.objects.all())
    assert "行政许可" in out
    assert re.search(r"150721:\d+:[0-9a-f]{64}", out)
    assert "DUTYGATE_HOME=/somewhere/demo" in out
    assert "api/v1/tokens" in out


def test_a_whole_demo_is_used_again(told: Material) -> None:
    before = Entry.objects.count()
    assert standing(planned(told)) is Standing.WHOLE
    assert not command.stand_up(fresh=False)
    assert Entry.objects.count() == before


def test_tables_of_another_program_are_no_place_for_a_demo(told: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an interrupted first start leaves is: every table of it is ours."""
    for tables, found in ((["django_migrations", "axes_accesslog"], Standing.EMPTY), (["django_migrations", "blog"], Standing.STRANGE)):
        monkeypatch.setattr(connection.introspection, "table_names", lambda tables=tables: tables)
        assert standing(planned(told)) is found
    with pytest.raises(Failure, match="tables of another program"):
        command.stand_up(fresh=True)


def test_a_part_of_a_demo_makes_room(told: Material, trying: None) -> None:
    assert standing(planned(told) + 1) is Standing.PART
    make_room(Standing.PART)
    assert standing(planned(told)) is Standing.EMPTY


def test_a_real_register_is_refused_and_left_as_it_is(told: Material, trying: None) -> None:
    Installation.objects.all().delete()
    before = Entry.objects.count()
    assert standing(planned(told)) is Standing.REAL
    for fresh in (False, True):
        with pytest.raises(Failure, match="holds a real register"):
            command.stand_up(fresh=fresh)
    with pytest.raises(ValueError, match="a real register"):
        make_room(Standing.REAL)
    assert Entry.objects.count() == before
    assert not Installation.objects.exists()


def test_a_story_that_the_law_does_not_let_happen_is_told_with_its_step(told: Material, trying: None) -> None:
    first = told.cases[0]
    steps = [step for step in first["steps"] if step["action"] != "consultation.reply"]
    story = {**told.story, "cases": [{**first, "steps": steps}], "joint_steps": [], "attempts": []}
    make_room(Standing.PART)
    with pytest.raises(StoryBroken, match=r"2025-11-27 renshe consultation.conclude skills_training: refused: township_silent"):
        perform_demo(Material(told.organizations, told.matters, story))


def test_a_day_is_spread_over_its_office_hours() -> None:
    day = list(moments(["2025-11-20"] * 25 + ["2025-11-21"]))
    assert day == sorted(set(day))
    assert day[0].astimezone(ZONE) == datetime(2025, 11, 20, 8, 45, tzinfo=ZONE)
    assert day[-2].astimezone(ZONE) == datetime(2025, 11, 20, 17, 15, tzinfo=ZONE)
    assert day[-1].astimezone(ZONE) == datetime(2025, 11, 21, 11, 45, tzinfo=ZONE)


def test_the_served_demo_stands_on_its_last_day(told: Material, trying: None, client: Client, settings: Any) -> None:
    """A township comes in as the terminal says and finds the answer that it owes due that day, not late, whatever the year."""
    settings.MIDDLEWARE = demo_settings.MIDDLEWARE
    asked = {"username": "yadong", "password": password_of("yadong")}
    token = client.post("/api/v1/tokens", asked, content_type="application/json").json()["token"]
    answer = client.get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"}).json()
    owed = {(task["subject"], task["action"]): (task["due_on"], task["days_left"]) for task in answer["items"]}
    assert owed == {
        (case_of(told, "medical_enrolment").number, "consultation.reply"): ("2026-11-20", 0),
    }
    assert {entry.recorded_at.astimezone(ZONE).date() for entry in Entry.objects.filter(via="api")} == {date(2026, 11, 20)}


LAST, LATER = ("2026-11-20", "2026-11-20"), ("2026-03-16", "2026-12-31")


@pytest.mark.parametrize(
    ("username", "scope", "on", "today"),
    [
        *(("bianban", by_hand.ALL, *LAST), ("bianban", by_hand.ALL, *LATER)),
        *(("weiban", by_hand.SENT_UP, *LAST), ("shizheng", by_hand.ALL, *LATER)),
        pytest.param("weiban", by_hand.SENT_UP, *LATER, marks=pytest.mark.long),
        pytest.param("shizheng", by_hand.ALL, *LAST, marks=pytest.mark.long),
    ],
)
def test_every_figure_of_the_board_equals_a_count_by_hand_and_opens_its_rows(
    told: Material, username: str, scope: str, on: str, today: str
) -> None:
    """On the story's last day, and on a later one, when steps are overdue, with the lists of a day on which temporary duties end."""
    acting = public_acting_posts_of(public_user_id(username) or 0, date.fromisoformat(on))[0]
    place = report.viewer_of(told).jurisdiction_id
    board = board_of(acting, Asked(place, 2026, date.fromisoformat(on), date.fromisoformat(today)))
    by_hand.check_figures(board, scope.format(unit=acting.unit_id), whole=username == "bianban", reports=username == "bianban")
    met = by_hand.check_rows(acting, board)
    assert {"cases", "opened", "closed", "ages", "late", "refusals", "duties", "support"} <= set(met)
    assert ("ending" in met) == (today != on)
    assert ("reports" in met) == (username == "bianban")
    townships = {unit.id for unit in board.asked.directory.units.values() if unit.kind == "township"}
    assert not townships & {unit for _action, unit, _seat, _n in board.late}
