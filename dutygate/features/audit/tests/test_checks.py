"""核验在页面上: asked for, done to the end, what was tampered with is named, and whoever may not read the cases reads none in it."""

from __future__ import annotations

import ast
import inspect
import re
import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models.functions import Now

import dutygate.base.actions.replay as replay_module
import dutygate.base.register.verify as verify_module
from dutygate.base.actions import clock
from dutygate.base.register.queries import public_heads
from dutygate.features.audit import running
from dutygate.features.audit.asking import ask_check, take_next
from dutygate.features.audit.checking import FIRST, Result
from dutygate.features.audit.queries import newest_checks
from dutygate.features.audit.running import run_check
from dutygate.features.audit.tests.conftest import NEVER
from dutygate.features.audit.words import PHRASES
from tests.pages.signed_in import text

Check, Chain, Entry = (apps.get_model(name) for name in ("audit.Check", "register.Chain", "register.Entry"))
HAN = re.compile(r"[\u4e00-\u9fff]")


def page_of(browser, check, role="audit_admin"):
    return text(browser(role).get(f"/audit/checks/{check.id}/"))


@pytest.mark.parametrize("kind", ["chain", "replay", "tasks"])
def test_a_check_of_a_sound_register_comes_to_its_end(browser, trip, checked, kind):
    check = checked(kind)
    assert (check.state, check.problems, check.found) == ("done", 0, [])
    assert check.ended_at is not None and check.started_at is not None and check.done > 0
    for role in ("audit_admin", "lead"):
        assert "无误" in page_of(browser, check, role)
        assert "无误" in text(browser(role).get("/audit/checks/"))


def test_a_verification_keeps_the_heads_and_counts_the_entries(trip, checked):
    check = checked("chain", "lead")
    assert set(check.facts["heads"]) == {head.printed for head in public_heads() if head.chain in ("150721", "common")}
    assert check.facts["entries"] == check.done == check.total


def test_a_changed_entry_is_named_with_a_way_to_it(browser, trip, checked):
    row = Entry.objects.get(chain__key="150721", seq=25)
    Entry.objects.filter(pk=row.pk).update(sealed=row.sealed.replace("{", '{"x":1,', 1))
    Entry.objects.filter(chain__key="150721", seq=26).update(action="unit.rename")
    check = checked("chain")
    assert {(one["chain"], one["number"]) for one in check.found} == {("150721", 25), ("150721", 26)}
    page = page_of(browser, check)
    assert "密封内容和摘要对不上" in page and "哈希和公开内容对不上" in page
    assert 'href="/audit/entries/25/"' in page and "请不要自行改回来" in page
    assert "不符之处： 2" in text(browser("audit_admin").get("/audit/checks/"))


def test_a_cut_tail_is_found_by_a_head_that_was_taken_down(browser, trip, checked):
    printed = next(head.printed for head in public_heads() if head.chain == "150721")
    last = Entry.objects.filter(chain__key="150721").order_by("-seq")[3]
    Entry.objects.filter(chain__key="150721", seq__gt=last.seq).delete()
    Chain.objects.filter(key="150721").update(seq=last.seq, head_hash=last.hash, head_recorded_at=last.recorded_at)
    assert checked("chain").problems == 0
    check = checked("chain", heads=printed)
    assert check.problems == 1 and "抄下的链头找不到了" in page_of(browser, check) and printed in page_of(browser, check)


@pytest.mark.parametrize(
    ("heads", "said"),
    [("nonsense", "这一行不是链头"), (f"150722:3:{'a' * 64}", "不是本辖区的链"), (f"150721:3:{'a' * 64}\n150721:3", "这一行不是链头")],
)
def test_a_line_that_is_no_head_of_ours_is_refused_at_its_field(browser, heads, said):
    page = browser("audit_admin").post("/audit/checks/", {"kind": "chain", "heads": heads})
    field = text(page)[text(page).index('id="c_heads"') :].partition("<button")[0]
    assert page.status_code == 422 and said in field and heads.splitlines()[0] in field
    assert not Check.objects.exists()


def test_a_row_changed_behind_the_door_is_named_without_what_stands_in_it(browser, trip, checked):
    cases = apps.get_model("cases.Case").objects
    cases.filter(number=trip.number).update(title="偷偷改过的名称")
    check = checked("replay")
    assert [(one["table"], one["column"], one["what"]) for one in check.found] == [("cases_case", "title", "stored otherwise")]
    assert "偷偷改过" not in str(check.found) and "林草防火" not in str(check.found)
    opened = Entry.objects.get(action="case.open").seq
    page = page_of(browser, check)
    assert "办件" in page and "现在的数据和登记的不一样" in page and f'href="/audit/entries/{opened}/"' in page
    assert "偷偷改过" not in page


def test_an_entry_that_cannot_be_done_again_quotes_nothing_of_it(browser, trip, checked):
    row = Entry.objects.filter(action="application.edit").order_by("id").first()
    Entry.objects.filter(pk=row.pk).update(sealed=row.sealed.replace('"townships"', '"秘密内容"'))
    check = checked("replay")
    first = check.found[0]
    assert (first["number"], first["action"]) == (row.seq, "application.edit") and first["what"].startswith("cannot be done again: ")
    assert "秘密" not in str(check.found) and "送到户" not in str(check.found)
    assert "不能重新办理" in page_of(browser, check)


def test_open_tasks_missing_and_stray_are_named_with_case_and_unit(browser, trip, checked, world):
    tasks = apps.get_model("actions.OpenTask").objects
    tasks.get(subject=trip.number, unit_id=world.unit_id("naji")).delete()
    tasks.filter(subject=trip.number, unit_id=world.unit_id("liuhe")).update(action="review.assess")
    page = page_of(browser, checked("tasks"))
    assert "缺少这项待办" in page and "多出这项待办" in page
    assert f"{trip.number} · 答复征求意见 · 那吉镇" in page and f"{trip.number} · 审核 · 六合镇" in page


def test_what_was_found_in_another_jurisdiction_is_only_counted(browser, trip, checked):
    found = [{"chain": "150722", "number": 3, "what": "had another result", "action": "unit.create"}]
    found.append({"chain": "150721", "number": 4, "what": "had another result", "action": "unit.create"})
    check = checked("replay")
    Check.objects.filter(pk=check.pk).update(found=found, problems=2)
    page = page_of(browser, check)
    assert "150721/4" in page and "150722/3" not in page and "由该辖区的审计管理员查看： 1" in page


def test_of_very_many_problems_the_first_are_kept(browser, trip, checked, monkeypatch):
    many = [verify_module.Problem("150721", n, "hash does not match its fields") for n in range(1, FIRST + 50)]
    monkeypatch.setattr("dutygate.features.audit.checking.verify_all", lambda *_: many)
    check = checked("chain")
    assert (len(check.found), check.problems) == (FIRST, FIRST + 49)
    assert "只留下最前面的" in page_of(browser, check)


def test_a_replay_while_somebody_works_proves_nothing_and_says_so(browser, trip, checked, monkeypatch):
    moved = replay_module.Report(5, 5, 0, (), (replay_module.Difference("cases_case", 1, "title", "a", "b"),))

    def replayed(_progress):
        trip.reply("naji")
        return moved

    monkeypatch.setattr("dutygate.features.audit.checking.replay", replayed)
    page = page_of(browser, checked("replay"))
    assert "做的时候有人办理，结果不作数" in page and "请不要自行改回来" not in page


# One at a time, alive or not


def test_one_at_a_time_for_each_kind_and_chain(browser, world):
    for role in ("audit_admin", "lead", "audit_admin"):
        assert browser(role).post("/audit/checks/", {"kind": "replay"}).status_code == 302
    browser("lead").post("/audit/checks/", {"kind": "chain"})
    assert sorted(Check.objects.values_list("kind", "state")) == [("chain", "waiting"), ("replay", "waiting")]
    elsewhere = Check.objects.create(kind="chain", chain="1507", state="waiting", asked_at=clock.now(), beat_at=clock.now())
    assert browser("lead").get(f"/audit/checks/{elsewhere.id}/").status_code == 404


def quiet_for(check_id, seconds):
    Check.objects.filter(pk=check_id).update(beat_at=Now() - timedelta(seconds=seconds))


def state_of(world, kind="chain"):
    return newest_checks(world.people["audit_admin"], frozenset())[kind].state


def test_a_check_without_a_sign_of_life_is_broken_and_can_be_asked_for_again(browser, world):
    audit = world.people["audit_admin"]
    check = ask_check(audit, "chain", [], clock.now())
    assert take_next(clock.now()) == check and take_next(clock.now()) is None
    assert state_of(world) == "running" and ask_check(audit, "chain", [], clock.now()) == check
    quiet_for(check, 61)
    assert state_of(world) == "broken" and "中断，没有做完" in text(browser("audit_admin").get("/audit/checks/"))
    again = ask_check(audit, "chain", [], clock.now())
    assert again != check and Check.objects.get(pk=check).state == "broken" and Check.objects.get(pk=check).ended_at


def test_a_check_that_nobody_takes_up_says_why(browser, world):
    audit = world.people["audit_admin"]
    check = ask_check(audit, "chain", [], clock.now())
    assert state_of(world) == "waiting"
    quiet_for(check, 21)
    page = text(browser("audit_admin").get("/audit/checks/"))
    assert state_of(world) == "unattended" and "后台程序没有运行" in page and "dutygate work" in page
    other = ask_check(audit, "replay", [], clock.now())
    Check.objects.filter(pk=other).update(state="running")
    assert state_of(world) == "waiting"  # another one is under way: it is only waiting its turn


def test_progress_is_polled_and_works_without_a_script(browser, world):
    check = ask_check(world.people["audit_admin"], "chain", [], clock.now())
    take_next(clock.now())
    Check.objects.filter(pk=check).update(done=30, total=120)
    for path in ("/audit/checks/", "/audit/checks/now/"):
        page = text(browser("audit_admin").get(path))
        assert '<progress value="30" max="120"' in page and 'hx-trigger="every 2s"' in page
        assert '<a href="/audit/checks/">刷新进度</a>' in page
    assert "<html" not in text(browser("audit_admin").get("/audit/checks/now/"))
    Check.objects.filter(pk=check).update(state="done")
    done = text(browser("audit_admin").get("/audit/checks/now/"))
    assert "every 2s" not in done and 'hx-swap-oob="true"' in done


def test_a_check_that_breaks_down_is_ended_badly(browser, world, monkeypatch):
    def fall(*_):
        raise RuntimeError("no memory left")

    monkeypatch.setattr(running, "check", fall)
    check = ask_check(world.people["audit_admin"], "chain", [], clock.now())
    take_next(clock.now())
    assert not run_check(check, every=NEVER)
    assert Check.objects.get(pk=check).state == "broken"
    assert not run_check(check, every=NEVER), "what has ended is not done again"


@pytest.mark.django_db(transaction=True)
def test_signs_of_life_come_while_it_runs_and_stop_with_it(monkeypatch):
    seen = threading.Event()

    def slow(kind, chain, heads, tell):
        tell(7)
        for _ in range(400):
            if Check.objects.get().done == 7:
                seen.set()
                break
            threading.Event().wait(0.02)
        return Result([], 0, {"entries": 9})

    monkeypatch.setattr(running, "check", slow)
    Check.objects.create(kind="chain", chain="150721", state="running", asked_at=clock.now(), beat_at=clock.now())
    assert run_check(Check.objects.get().id, every=0.02)
    row = Check.objects.get()
    assert seen.is_set() and (row.state, row.done) == ("done", 9)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gone", ["the row", "the parent"])
def test_a_check_that_was_given_up_or_left_alone_stops(monkeypatch, gone):
    stopped = threading.Event()

    def endless(kind, chain, heads, tell):
        if gone == "the row":
            Check.objects.update(state="broken")
        assert stopped.wait(10)
        return Result([], 0, {"entries": 0})

    monkeypatch.setattr(running, "check", endless)
    Check.objects.create(kind="chain", chain="150721", state="running", asked_at=clock.now(), beat_at=clock.now())
    run_check(Check.objects.get().id, stopped.set, lambda: gone != "the parent", every=0.02)
    assert stopped.is_set()


# Words


def phrases(module, *functions):
    """The English that these functions of a module can give, as it stands in the source; 12 for what is filled in."""
    found = set()

    def walk(node):
        if isinstance(node, ast.JoinedStr):
            found.add("".join(part.value if isinstance(part, ast.Constant) else "12" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[a-z] [a-z]", node.value):
            found.add(node.value)
        else:
            for child in ast.iter_child_nodes(node):
                walk(child)

    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            for statement in node.body[1 if ast.get_docstring(node) else 0 :]:
                walk(statement)
    return {phrase for phrase in found if not phrase.startswith("chain ")}


def test_every_problem_that_the_checks_can_name_has_words():
    said = phrases(verify_module, "_entry_problems", "verify_chain", "verify_editions", "verify_against", "verify_all")
    said |= phrases(replay_module, "_redo", "_decide_again", "_late_refusal")
    said = {f"{phrase}12" if phrase.endswith(": ") else phrase for phrase in said}
    said |= {"cannot be done again: KeyError", "missing task", "stray task", "orphan task"}
    assert len(said) >= 24
    assert not [phrase for phrase in sorted(said) if not any(re.fullmatch(pattern, phrase, re.DOTALL) for pattern, _ in PHRASES)]


def test_problems_are_in_chinese_on_a_chinese_page_and_in_english_on_an_english_one(browser, trip, checked):
    Entry.objects.filter(chain__key="150721", seq=26).update(action="unit.rename")
    check = checked("chain")
    client = browser("audit_admin")
    assert HAN.search(text(client.get(f"/audit/checks/{check.id}/")).partition("不符之处")[2])
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/audit/checks/{check.id}/"))
    assert "The hash does not match" in page and not HAN.search(page.partition("<article")[2].partition("</main>")[0])
