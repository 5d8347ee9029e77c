"""A person at a browser: what she sees is what tests act on, and every page that she comes to is checked on the way."""

from __future__ import annotations

import fcntl
import json
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page

from dutygate.config.demo.performing import password_of
from tests.browser.checks import NARROW, WIDE, Watch, axe, complaints, look
from tests.browser.spider import signed_in

documents: Final[list[tuple[str, str]]] = []
"""Answers that people met in this process other than by following links, for the HTML checker: (name, HTML)."""


class Checked:
    """Kinds of elements in which axe found nothing, wide or narrow, in any process of this run: it need not look twice at the same."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known: set[tuple[str, bool]] = set()
        self.read = 0

    def fresh(self, shape: Iterable[str], narrow: bool) -> dict[tuple[str, bool], str]:
        """The first piece of each kind that nobody has looked at yet. ``shape``: of a page, each piece as ``parent>element``."""
        found: dict[tuple[str, bool], str] = {}
        for piece in shape:
            found.setdefault((piece.partition(">")[2], narrow), piece)
        if found.keys() - self.known and self.file.exists():
            with self.file.open("rb") as file:
                file.seek(self.read)
                said = file.read()
            whole = said[: said.rfind(b"\n") + 1]
            self.read += len(whole)
            self.known.update((str(kind), bool(narrow)) for kind, narrow in map(json.loads, whole.splitlines()))
        return {kind: piece for kind, piece in found.items() if kind not in self.known}

    def add(self, kinds: Iterable[tuple[str, bool]]) -> None:
        """They are as they should be."""
        self.known |= (kinds := set(kinds))
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write("".join(f"{json.dumps(kind)}\n" for kind in sorted(kinds)).encode())


checked: Final = Checked(Path(os.environ.get("DUTYGATE_TEST_RUN") or tempfile.mkdtemp()) / "browser" / "checked.jsonl")


class Person:
    """One browser window of one person. ``username``: of the demo, who has logged in; "" is nobody."""

    def __init__(
        self, browser: Browser, address: str, username: str = "", *, narrow: bool = False, scripts: bool = True, **more: Any
    ) -> None:
        self.address, self.username, self.narrow, self.scripts = address, username, narrow, scripts
        width, height = NARROW if narrow else WIDE
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="zh-CN",
            base_url=address,
            reduced_motion="reduce",  # what moves is drawn again and again: a fifth of the time of a trip
            **more,
        )
        self.context.set_default_timeout(20_000)
        self.watch = Watch(self.context, address)
        self.page: Page = self.context.new_page()
        if username:
            self.context.add_cookies(
                [{"name": name, "value": value, "url": address} for name, value in signed_in(address, username).items()]
            )

    def close(self) -> None:
        """Leave."""
        self.check()
        self.context.close()

    def log_in(self, username: str = "") -> Person:
        """By the log-in page, as everybody."""
        self.username = username or self.username
        if self.page.url == "about:blank" or not self.page.get_by_label("用户名").count():
            self.open("/login/")
        self.fill("用户名", self.username)
        self.fill("口令", password_of(self.username))
        return self.press("登录")

    # What she does

    def open(self, path: str, status: int | Iterable[int] = 200) -> Person:
        """Type an address."""
        response = self.page.goto(path)
        allowed = {status} if isinstance(status, int) else set(status)
        assert response is not None and response.status in allowed, f"{self.username} {path}: {response and response.status}"
        return self.arrived()

    def follow(self, name: str, within: str = "") -> Person:
        """Click a link by its words."""
        self._in(within).get_by_role("link", name=_exactly(name)).first.click()
        return self.arrived()

    def go(self, place: str) -> Person:
        """To a place of the navigation; on a telephone the menu is opened first."""
        menu = self.page.get_by_text("菜单")
        if menu.is_visible():
            menu.click()
        return self.follow(place, "nav.places")

    def press(self, name: str, within: str = "") -> Person:
        """Press a button by its words."""
        self._in(within).get_by_role("button", name=_exactly(name)).first.click()
        return self.arrived()

    def fill(self, label: str, value: str, within: str = "") -> Person:
        """Type into the field of that label."""
        self.field(label, within).fill(value)
        return self

    def choose(self, label: str, option: str, within: str = "") -> Person:
        """Pick from a list: what begins so."""
        field = self.field(label, within)
        offered = field.locator("option").all_inner_texts()
        field.select_option(index=next(n for n, text in enumerate(offered) if text.strip().startswith(option)))
        return self

    def pick(self, question: str, answer: str) -> Person:
        """One of the answers to a question (radio buttons), or a box in a group."""
        group = self.page.get_by_role("group", name=re.compile(re.escape(question)))
        group.get_by_label(re.compile(rf"^\s*{re.escape(answer)}")).first.check()
        return self

    def tick(self, label: str, within: str = "") -> Person:
        """Tick a box."""
        self.field(label, within).check()
        return self

    # What she sees

    def field(self, label: str, within: str = "") -> Locator:
        """The field of that label."""
        return self._in(within).get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first

    def sees(self, *texts: str) -> Person:
        """These words are on the page and not hidden."""
        shown = self.page.inner_text("body")
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{self.username} at {self.page.url} does not see {missing} in:\n{shown[:3000]}"
        return self

    def refused(self, *texts: str) -> Person:
        """Nothing was done: the page says so, with these words above the form or at a field; where scripts run the reader is there."""
        shown = self.page.locator("main .notice.bad, main .notice.warn, main .error, main .field .finding").all_inner_texts()
        missing = [text for text in texts if not any(text in one for one in shown)]
        assert shown and not missing, f"{self.username} at {self.page.url} was not told {missing}, but {shown}"
        if self.scripts:
            assert self.page.evaluate("document.activeElement.matches('[data-focus]')"), f"{self.page.url}: the reader does not stand at it"
        return self

    def sees_not(self, *texts: str) -> Person:
        """These words are not."""
        shown = self.page.inner_text("body")
        found = [text for text in texts if text in shown]
        assert not found, f"{self.username} at {self.page.url} sees {found}"
        return self

    def _in(self, within: str) -> Page | Locator:
        return self.page.locator(within) if within else self.page

    # What is checked on every page

    def arrived(self) -> Person:
        """A page has come: check it."""
        self.page.wait_for_load_state("load")
        for response in self.watch.answers:
            if response.request.method == "POST" and response.status != 302:
                documents.append((f"{self.username} {response.url} {response.status}", response.text()))
        self.watch.answers.clear()
        self.check()
        return self

    def check(self) -> None:
        """Fails with everything that is wrong with this page."""
        if self.page.url == "about:blank":
            return
        seen = look(self.page)
        wrong = self.watch.take() + complaints(seen)
        # axe waits for timers, which do not run without scripts
        if self.scripts and (fresh := checked.fresh(seen["shape"], self.narrow)):
            wrong += axe(self.page, pieces=fresh.values())
            if not wrong:
                checked.add(fresh)
        assert not wrong, f"{self.username} at {self.page.url}:\n" + "\n".join(wrong)


def _exactly(name: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(name)}\s*$")
