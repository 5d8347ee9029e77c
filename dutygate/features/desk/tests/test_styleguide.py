"""样式页: for developers only, and no shared partial is missing on it."""

import re
from pathlib import Path

import dutygate

PACKAGE = Path(dutygate.__file__).parent
ON_EVERY_PAGE = {"ui/_display.html", "ui/_language.html", "ui/_who.html", "ui/_messages.html"}
BY_TAG = {"ui/_light.html"}


def test_it_does_not_exist_for_others(db, client, settings):
    settings.STYLEGUIDE = False
    assert client.get("/styleguide/").status_code == 404


def test_it_shows_every_state(db, client, settings):
    settings.STYLEGUIDE = True
    page = client.get("/styleguide/").content.decode()
    for said in (
        "已超期 3 个工作日",
        "今天到期",
        "还有 8 个工作日",
        "没有规定时限",
        "暂按周末推算",
        "一个字没有丢",
        "另一个岗位",
        "草稿已自动保存",
    ):
        assert said in page, said
    assert page.count('class="finding"') >= 8
    assert page.count("aria-invalid") >= 2


def test_no_shared_partial_is_missing():
    template = (PACKAGE / "features" / "desk" / "templates" / "desk" / "styleguide.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'include "([^"]+)"', template))
    there = set()
    for app, folder in (("base/ui", "ui"), ("base/actions", "actions")):
        there |= {f"{folder}/{path.name}" for path in (PACKAGE / app / "templates" / folder).glob("_*.html")}
    indirect = set()
    for name in shown:
        for path in PACKAGE.glob(f"*/*/templates/{name}"):
            indirect |= set(re.findall(r'include "([^"]+)"', path.read_text(encoding="utf-8")))
    assert there - shown - indirect - ON_EVERY_PAGE - BY_TAG - {"actions/_fields.html"} == set()
