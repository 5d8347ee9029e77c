"""机构变更 (Articles 1, 3, 4.5): what a change touches is shown before it is done; it is recorded, taken back, and people are passed on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from dutygate.base.actions.perform import perform
from dutygate.base.organizations.queries import public_acting_posts_of
from tests.fixtures import journey
from tests.pages.signed_in import send, text

__all__ = ["journey"]
Entry = apps.get_model("register.Entry")
CHANGES = "/administration/changes/?place=150721"
MERGE = "/administration/changes/merge/?unit=150721.naji&unit=150721.liuhe&into=new"
A_NEW_ONE = {"name": "那六镇", "slug": "naliu", "document": "内政字〔2026〕9号"}
PAPER = {"document": "内政字〔2026〕9号"}


def outcomes(action):
    return list(Entry.objects.filter(action=action, via="page").values_list("outcome", flat=True))


def recorded(world, day=None):
    given = {"units": ["150721.naji", "150721.liuhe"], "new": {"slug": "naliu", "name": "那六镇"}, **PAPER}
    return perform(world.people["system_admin"], "unit.merge", "150721", {**given, **({"valid_from": day} if day else {})}, via="import")


def test_first_it_is_chosen_what_goes_into_what(browser):
    client = browser("system_admin")
    assert "与其他机构合并" in text(client.get("/administration/units/150721.naji/"))
    page = text(client.get("/administration/changes/merge/?unit=150721.naji"))
    assert "六合镇" in page and "阿荣旗农牧局" not in page  # a township goes into a township
    alone = text(client.get("/administration/changes/merge/?unit=150721.naji&into=new"))
    assert "至少要选两个" in alone


def test_what_it_touches_is_seen_before_it_is_done(browser, journey):
    done, open_one = journey().up_to("done"), journey().up_to("consulting")
    page = text(browser("system_admin").get(MERGE))
    assert "这次变更会动到什么" in page and open_one.number in page and "150721-D-0001" in page
    assert done.number not in page  # ended cases are only read
    assert done.case.title not in page  # administrators see no business content


def test_a_merger_is_recorded_and_shown_on_both_pages(browser, world):
    client = browser("system_admin")
    done = send(client, MERGE, **A_NEW_ONE)
    assert (done.status_code, done.headers["Location"]) == (302, CHANGES)
    assert outcomes("unit.merge") == ["permitted"]
    page = text(client.get(CHANGES))
    assert "那吉镇" in page and "那六镇" in page and "已生效" in page
    old, new = (text(client.get(f"/administration/units/150721.{slug}/")) for slug in ("naji", "naliu"))
    assert "已经撤销" in old and "那六镇" in old and "与其他机构合并" not in old
    assert "六合镇" in new
    assert "已撤销" in text(client.get("/administration/?q=那吉镇"))


def test_into_one_that_is_there(browser, world):
    client = browser("system_admin")
    path = "/administration/changes/merge/?unit=150721.naji&into=150721.liuhe"
    page = text(client.get(path))
    assert "那吉镇" in page and "新机构的全称" not in page
    assert send(client, path, **PAPER).status_code == 302
    assert apps.get_model("organizations.Unit").objects.get(key="150721.naji").valid_to == world.today


@pytest.mark.parametrize(
    ("typed", "said", "status"),
    [
        ({"document": ""}, "必填", 422),
        ({"slug": "Bad"}, "只能用小写字母", 422),
        ({"slug": "water"}, "已经有了", 409),
        ({"code": "150721102"}, "已由“亚东镇”使用", 422),
        ({"valid_from": "2023-01-01"}, "还没有设立", 422),
    ],
)
def test_what_does_not_fit_comes_back_with_the_text_kept(browser, typed, said, status):
    page = send(browser("system_admin"), MERGE, **{**A_NEW_ONE, **typed})
    assert page.status_code == status and said in text(page) and 'value="那六镇"' in text(page)


def test_a_change_ahead_is_taken_back(browser, world):
    client = browser("system_admin")
    day = world.today + timedelta(days=30)
    send(client, MERGE, **A_NEW_ONE, valid_from=day.isoformat())
    page = text(client.get(CHANGES))
    assert "还没有生效" in page and "/administration/changes/150721.change-1/cancel/" in page
    done = send(client, "/administration/changes/150721.change-1/cancel/", reason="文件改期")
    assert done.headers["Location"] == CHANGES and "还没有登记过机构变更" in text(client.get(CHANGES))
    assert client.get("/administration/changes/150721.change-1/cancel/").status_code == 404


def test_a_department_is_split(browser, world):
    client = browser("system_admin")
    path = "/administration/units/150721.water/split/"
    assert "一件事只归一个部门" in text(client.get(path))
    rows = {"name_0": "阿荣旗河湖局", "slug_0": "rivers", "unit_1": "150721.agriculture", "what_1": "农田水利"}
    done = send(client, path, **rows, **PAPER)
    assert done.status_code == 302, text(done)
    assert outcomes("unit.split") == ["permitted"]
    page = text(client.get(CHANGES))
    assert "阿荣旗河湖局" in page and "农田水利" in page


def test_what_is_named_and_not_held_comes_back(browser):
    rows = {"name_0": "阿荣旗河湖局", "slug_0": "rivers", "duties_0": "150721-D-0009", "unit_1": "150721.agriculture"}
    page = send(browser("system_admin"), "/administration/units/150721.water/split/", **rows, **PAPER)
    assert page.status_code == 422 and "150721-D-0009" in text(page) and "无从承接" in text(page)


def test_a_function_is_handed_over_with_what_is_ticked(browser, journey):
    journey().up_to("done")
    path = "/administration/units/150721.forestry/transfer/"
    for who in ("system_admin", "lead"):
        assert "150721-D-0001" in text(browser(who).get(path))
    done = send(browser("lead"), path, to="150721.agriculture", what="草原管护", duties=["150721-D-0001"], **PAPER)
    assert done.status_code == 302 and outcomes("unit.transfer_function") == ["permitted"]
    assert "划出职能" not in text(browser("system_admin").get("/administration/units/150721.naji/"))


def test_people_are_passed_on_by_the_security_administrator(browser, world):
    recorded(world, world.today + timedelta(days=30))
    path = "/administration/units/150721.naji/pass-on/"
    client = browser("security_admin")
    assert "把人员转到承继机构" in text(client.get("/administration/units/150721.naji/"))
    page = text(client.get(path))
    assert "naji" in page and "那六镇" in page
    done = send(client, path, to="150721.naliu", usernames=["naji"])
    assert done.headers["Location"] == "/administration/units/150721.naji/"
    held = public_acting_posts_of(world.people["naji"].user_id, world.today + timedelta(days=30))
    assert [post.unit for post in held] == ["150721.naliu"]


@pytest.mark.parametrize(
    ("path", "may"),
    [
        (MERGE, {"system_admin"}),
        ("/administration/units/150721.water/split/", {"system_admin"}),
        ("/administration/units/150721.water/transfer/", {"system_admin", "lead"}),
        ("/administration/units/150721.naji/pass-on/", {"security_admin"}),
        (CHANGES, {"system_admin", "security_admin", "lead"}),
    ],
)
def test_who_may(browser, path, may):
    people = ("system_admin", "security_admin", "audit_admin", "lead", "naji", "forestry")
    found = {who for who in people if browser(who).get(path).status_code == 200}
    assert found == may


def test_another_banners_administrator_finds_nothing(elsewhere, world):
    from tests.pages.signed_in import browser_of

    recorded(world)
    client = browser_of(elsewhere.people["system_admin"])
    assert client.get("/administration/units/150721.naliu/split/").status_code == 404
    assert client.get("/administration/changes/150721.change-1/cancel/").status_code == 404
    assert "那六镇" not in text(client.get("/administration/changes/"))


def test_the_number_of_queries_does_not_grow_with_cases(browser, journey, django_assert_num_queries, world):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert browser("system_admin").get(MERGE).status_code == 200
        return len(found)

    journey().up_to("consulting")
    few = queries()
    for _ in range(3):
        journey().up_to("consulting")
    assert queries() == few
