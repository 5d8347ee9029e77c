"""Everybody's walk through all pages, made once for a run and shared by the processes that test it."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.browser.spider import Spider, Walked

PEOPLE: Final[Mapping[str, int]] = {
    "bianban": 4,
    "renshe": 3,
    "lincao": 1,
    "nongmu": 1,
    "jiaoyu": 1,
    "weijian": 1,
    "zhujian": 1,
    "yibao": 1,
    "yadong": 1,
    "naji": 2,
    "": 1,
    "sifa": 1,
    "zhengshu": 1,
    "zhengban": 1,
    "shizheng": 1,
    "weiban": 1,
    "caizheng": 1,
    "naji_qf": 1,
    "jiwei": 1,
    "xitong": 2,
    "anquan": 2,
    "shenji": 2,
}
"""Somebody of every kind, and how many pages of one kind each walks."""
FAR: Final = os.environ.get("DUTYGATE_LONG") == "1"
"""In `make test-long` everybody walks so far; else two pages of a kind are enough, and what a third might have is found there."""
ENOUGH: Final = 2
WHOLLY: Final = "bianban" if FAR else "?"
"""The lead office sees every case, so it walks them all, and every text of help and law."""

STARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("/login/", "/styleguide/"),
    "shenji": ("/audit/checks/now/",),
    "bianban": ("/lists/imports/2/now/",),
    "anquan": ("/administration/units/150721.xinfa/",),
}
"""Where somebody comes otherwise than by a link."""


def walk_all(address: str, folder: Path) -> dict[str, Spider]:
    """The walks of everybody. Each is made by the first process that comes to it; the others go on with the next."""
    folder.mkdir(parents=True, exist_ok=True)
    for patient in (False, True):
        for username, most in PEOPLE.items():
            alike = most if FAR else min(most, ENOUGH)
            kept = folder / f"{username or 'nobody'}.pickle"
            with (folder / f"{username or 'nobody'}.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
                except BlockingIOError:
                    continue
                if not kept.exists():
                    walked = Spider(address, username, alike=alike, wholly=username == WHOLLY).walk("/", *STARTS.get(username, ()))
                    walked.client.close()
                    kept.write_bytes(pickle.dumps((walked.pages, walked.files, walked.dead)))
    return {username: _read(folder / f"{username or 'nobody'}.pickle", address, username) for username in PEOPLE}


def _read(kept: Path, address: str, username: str) -> Spider:
    found = Spider(address)
    found.username = username
    found.pages, found.files, found.dead = pickle.loads(kept.read_bytes())
    return found


def cover(pages: Iterable[Walked]) -> list[Walked]:
    """As few pages as show every piece of which any page is built, and one of every kind."""
    pieces: set[str] = set()
    kinds: set[object] = set()
    chosen = []
    for page in pages:
        if page.shape - pieces or page.kind[:2] not in kinds:
            chosen.append(page)
            pieces |= page.shape
            kinds.add(page.kind[:2])
    return chosen
