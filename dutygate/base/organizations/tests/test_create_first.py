"""The first administrators of a real installation: each kind once, three people, the password never on the command line."""

import io

import pytest

from dutygate.base.organizations import queries
from dutygate.base.organizations.models import Jurisdiction, Post, User
from dutygate.base.register.models import Entry
from dutygate.config.cli import build_parser, discover, main

PASSWORD = "Arun-2026!x"


@pytest.fixture
def create_first(db, monkeypatch, capsys):
    def run(post, username, *options, password=PASSWORD):
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        status = main(["admin", "create-first", "--post", post, "--username", username, "--name", "唐俊", *options])
        return status, capsys.readouterr()

    return run


def test_three_people_and_everything_through_the_door(create_first):
    for post, username in (("system_admin", "xitong"), ("security_admin", "anquan"), ("audit_admin", "shenji")):
        status, said = create_first(post, username)
        assert status == 0, said.err
    assert "All three" in said.out
    assert [j.code for j in Jurisdiction.objects.order_by("code")] == ["1507", "150721"]
    assert set(Post.objects.values_list("user__username", "kind", "unit__key")) == {
        ("xitong", "system_admin", "150721.services_bureau"),
        ("anquan", "security_admin", "150721.services_bureau"),
        ("shenji", "audit_admin", "150721.services_bureau"),
    }
    done = list(Entry.objects.order_by("recorded_at", "id").values_list("action", flat=True))
    assert sorted(done) == sorted(["jurisdiction.create"] * 2 + ["unit.create"] + ["user.create"] * 3 + ["post.appoint"] * 3)
    user = User.objects.get(username="xitong")
    assert user.check_password(PASSWORD) and user.must_change_password
    assert not any(PASSWORD in entry.sealed for entry in Entry.objects.all())


def test_only_while_nobody_holds_the_post(create_first):
    assert create_first("system_admin", "xitong")[0] == 0
    status, said = create_first("system_admin", "another")
    assert status == 1 and "already" in said.err
    assert queries.public_user_id("another") is None


def test_one_person_is_refused_for_two_of_the_three(create_first):
    assert create_first("system_admin", "xitong")[0] == 0
    status, said = create_first("audit_admin", "xitong")
    assert status == 1 and "post.appoint" in said.err
    assert Post.objects.count() == 1
    assert Entry.objects.filter(outcome="refused", action="post.appoint").count() == 1
    assert create_first("audit_admin", "shenji")[0] == 0


@pytest.mark.parametrize("password", ["", "short1!", "xitong123", "alllowercase"])
def test_a_weak_password_enters_nothing(create_first, password):
    status, said = create_first("system_admin", "xitong", password=password)
    assert status == 1 and "password" in said.err
    assert not Entry.objects.exists() and not User.objects.exists()


def test_another_banner_says_its_name_and_its_city(create_first):
    status, said = create_first("system_admin", "xitong", "--jurisdiction-code", "150722")
    assert status == 1 and "--jurisdiction-name" in said.err
    options = ["--jurisdiction-code", "150722", "--jurisdiction-name", "莫力达瓦旗", "--unit", "bigdata", "--unit-name", "旗大数据中心"]
    status, said = create_first("system_admin", "xitong", *options)
    assert status == 0, said.err
    assert [(j.code, j.kind, j.parent_id) for j in Jurisdiction.objects.all()] == [("150722", "banner", None)]
    assert queries.public_has_unit("150722.bigdata")


def test_a_bad_user_name_is_said_clearly(create_first):
    status, said = create_first("system_admin", "唐俊")
    assert status == 1 and "username" in said.err


def test_there_is_no_option_for_the_password(capsys):
    with pytest.raises(SystemExit):
        build_parser(discover()).parse_args(["admin", "create-first", "--help"])
    assert "--password" not in capsys.readouterr().out
