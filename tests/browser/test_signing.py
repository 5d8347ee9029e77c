"""经办 → 签发 at a screen (Article 3), and the original of a receipt after the end (4.4): with the keyboard alone, and printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.further_signing import DISPUTED
from tests.browser.person import Person
from tests.browser.served import DEMO, REPOSITORY, _environment, serve
from tests.browser.test_moments import enter, keys_to


@pytest.fixture
def asked(demo: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """(address, number of the case) of a demo in which two sign a reply."""
    home = tmp_path / "made" / "demo"
    shutil.copytree(demo, home)
    environment = _environment(home) | {"DJANGO_SETTINGS_MODULE": DEMO}
    said = subprocess.run(
        [sys.executable, "-m", "tests.browser.further_signing"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr[-2000:]
    with serve(home, tmp_path) as site:
        yield site.address, said.stdout.split()[-1]


@pytest.mark.long
def test_two_people_sign_a_reply_by_keyboard_alone(browser: Browser, valid: None, asked: tuple[str, str]) -> None:
    address, case = asked
    first, second = Person(browser, address, "naji"), Person(browser, address, "naji_qf", narrow=True)
    first.open(f"/cases/{case}/do/consultation.reply/").sees("这一步要由本单位另一个人签发").pick("答复", "不同意")
    keys_to(first, "理由或者说明")
    first.page.keyboard.type("人手不够")
    enter(keys_to(first, "送签发")).sees("已送签发：答复征求意见")
    first.open(f"/cases/{case}/signatures/").sees("等待签发", "撤回送签")
    enter(keys_to(second.open("/desk/tosign/"), case))
    enter(keys_to(second, "签发")).sees("签发以后就照下面的内容办", "答复征求意见")
    assert second.page.locator("fieldset.prepared textarea").first.input_value() == "人手不够"
    _printed(second, "答复征求意见")
    enter(keys_to(second, "不能签的，写明理由退回经办人"))
    keys_to(second, "退回的理由")
    second.page.keyboard.type("写明缺几个人")
    enter(keys_to(second, "退回经办人")).sees("已办：退回经办人")
    first.open("/desk/tosign/").sees(case).open(f"/cases/{case}/signatures/")
    enter(keys_to(first, "改好再送")).sees("写明缺几个人")
    assert first.field("理由或者说明").input_value() == "人手不够"
    first.fill("理由或者说明", "缺两个人")
    enter(keys_to(first, "送签发")).sees("已送签发")
    second.open(f"/cases/{case}/do/signature.sign/")
    enter(keys_to(second, "签发，照此办理")).sees("已办：签发", "已签发")
    _printed(second, "已签发")
    second.open(f"/cases/{case}/opinions/").sees("缺两个人")
    lead = Person(browser, address, "bianban2").open(f"/cases/{DISPUTED}/papers/").sees("等牵头单位出示原件", "这份回执不是我镇签的")
    enter(keys_to(lead.open(f"/cases/{DISPUTED}/"), "出示签收原件"))
    keys_to(lead, "说明")
    lead.page.keyboard.type("在镇政府当面看过")
    enter(keys_to(lead, "登记已出示")).sees("已出示原件", "在镇政府当面看过")
    _printed(lead, "已出示原件")
    for one in (first, second, lead):
        one.close()


def _printed(who: Person, said: str) -> None:
    """On paper: what it says, without what belongs to the screen."""
    who.page.emulate_media(media="print")
    assert not who.page.locator("header.top, footer.bottom, .buttons").filter(visible=True).count()
    assert said in who.page.inner_text("main")
    assert re.search(rb"/Type\s*/Page\b", who.page.pdf(format="A4", print_background=True))
    who.page.emulate_media(media="screen")
