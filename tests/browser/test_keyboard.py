"""The check of pages by keyboard finds what is out of reach and what does not show that one is there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.keyboard import by_keyboard

REACHED = (
    '<a href="#a">甲</a><button>乙</button><label><input type="radio" name="n">丙</label><label><input type="radio" name="n">丁</label>'
)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", []),
        ('<details><summary>戊</summary><a href="#b">己</a></details>', []),
        ('<div role="button">戊</div>', ["not for the keyboard"]),
        ('<a href="#b" tabindex="-1">戊</a>', ["not for the keyboard"]),
        ('<button id="b">戊</button><style>#b:focus { outline: none; }</style>', ["one does not see where one is"]),
        (
            "<input id='t'><button id='b'>戊</button><script>t.onkeydown = (e) => e.preventDefault()</script>",
            ["Tab does not come to 1 of 6"],
        ),
    ],
)
def test_what_is_out_of_reach_is_found(browser: Browser, more: str, said: list[str]) -> None:
    page = browser.new_page()
    page.set_content(REACHED + more)
    assert [one.partition(":")[0] for one in by_keyboard(page)] == said
    page.close()
