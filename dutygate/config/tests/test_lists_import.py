"""`dutygate lists import`: shows what every row would do, changes nothing unless told, and takes the whole file in as one action (4.5)."""

import io
import json

import pytest
from django.apps import apps

from dutygate.base.actions import clock
from dutygate.base.documents.sheets import sheets_of
from dutygate.config import cli
from dutygate.config.commands import work
from dutygate.config.tests.test_work import Process
from dutygate.features.lists.importing import drafts

FILE = "序号,类别,事项名称\n1,生态环保,秸秆禁烧巡查\n2,生态环保,\n3,平安法治,矛盾纠纷排查\n"


@pytest.fixture
def call(world, tmp_path, settings):
    """The command with a file, as the lead, for 那吉镇."""
    settings.MEDIA_ROOT = tmp_path / "files"
    path = tmp_path / "基本履职.csv"
    path.write_text(FILE, encoding="gb18030")
    common = ["--user", "lead", "--from", "2025-07-01", "--township", "那吉镇", "--level", "region"]

    def run(*more, document="内党办发〔2025〕1号"):
        return cli.main(["lists", "import", str(path), *common, "--document", document, *more])

    return run


def duties():
    return apps.get_model("lists.Duty").objects.count()


def test_it_shows_and_changes_nothing(call, capsys, tmp_path):
    assert call("--json", "--report", str(tmp_path / "r.csv")) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["counts"] == {"new": 2, "changed": 0, "same": 0, "wrong": 1, "ended": 0, "duties": 2, "cells": 2}
    assert "row 3: " in said.err and "没有事项名称" in said.err
    assert len(sheets_of((tmp_path / "r.csv").read_bytes())[0].rows) == 1 + 3
    assert call("--leave-out", "wrong") == 0 and duties() == 0


def test_it_enters_only_without_the_wrong_rows(call, capsys):
    assert call("--enter") == 1 and duties() == 0
    assert "这些行有错" in capsys.readouterr().err
    assert call("--enter", "--leave-out", "3") == 0 and duties() == 2
    assert "entered: 150721/" in capsys.readouterr().out
    assert call("--enter", "--leave-out", "wrong") == 1 and duties() == 2, "a second time there is nothing to change"


def test_the_law_speaks_here_too(call, capsys):
    assert call("--enter", "--leave-out", "wrong", document="") == 1 and duties() == 0
    assert "三张清单的事项依文件确定" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--township", "月亮镇"], "no such township: 月亮镇"),
        (["--sheet", "另一张"], "no such sheet"),
        (["--column", "title=x"], "FIELD=N"),
        (["--column", "title="], "没有指明|no column for the title"),
        (["--leave-out", "x"], "--leave-out takes"),
        (["--user", "nobody"], "holds no such post"),
        (["--user", "forestry", "--enter", "--leave-out", "wrong"], "部门|角色|岗位|牵头"),
    ],
)
def test_what_is_said_wrongly_is_one_sentence(call, capsys, more, said):
    import re

    assert call(*more) == 1 and duties() == 0
    assert re.search(said, capsys.readouterr().err)


def test_the_worker_reads_and_enters_what_was_asked_for_on_a_page(world, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    lead = world.people["lead"]
    draft = drafts.bring(lead, "a.csv", io.BytesIO(FILE.encode()), clock.now())
    plan = {**draft.summary["sheets"][0]["guess"], "purpose": "baseline", "level": "region", "document_number": "一号"}
    drafts.set_plan(draft, drafts.plan_of({**plan, "townships": [world.key("naji")], "valid_from": "2025-07-01"}))
    options = []

    def start(option, number):
        options.append(option)
        return Process(0 if drafts.see_through(number) else 1)

    assert work.turn(lambda: True, start)
    draft.refresh_from_db()
    assert draft.state == "ready" and duties() == 0
    drafts.ask_for(draft, [3])
    assert work.turn(lambda: True, start) and not work.turn(lambda: True, start)
    draft.refresh_from_db()
    assert draft.state == "done" and duties() == 2 and options == ["--import", "--import"]


def test_a_worker_that_dies_leaves_nothing_entered(world, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    draft = drafts.bring(world.people["lead"], "a.csv", io.BytesIO(FILE.encode()), clock.now())
    plan = {**draft.summary["sheets"][0]["guess"], "purpose": "baseline", "level": "region", "document_number": "一号"}
    drafts.set_plan(draft, drafts.plan_of({**plan, "townships": [world.key("naji")], "valid_from": "2025-07-01"}))
    assert work.turn(lambda: True, lambda *_: Process(-9))
    draft.refresh_from_db()
    assert draft.state == "broken" and duties() == 0
    drafts.set_plan(draft, drafts.plan_of(draft.plan))
    assert draft.state == "waiting", "it can be read again"
