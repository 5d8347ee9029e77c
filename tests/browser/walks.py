"""Everybody's walk through all pages, made once for a run and shared by the processes that test it."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.browser.spider import Spider, Walked

PEOPLE: Final[Mapping[str, int]] = {
    "bianban": 20,
    "renshe": 4,
    "naji": 4,
    "": 4,
    "sifa": 2,
    "zhengban": 2,
    "shizheng": 2,
    "weiban": 2,
    "caizheng": 2,
    "naji_qf": 2,
    "jiwei": 2,
    "xitong": 4,
    "anquan": 4,
    "shenji": 4,
}
"""Somebody of every kind, and how many pages of one kind she walks: the lead office sees every case, so it walks them all."""


def walk_all(address: str, folder: Path) -> dict[str, Spider]:
    """The walks of everybody. Each is made by the first process that comes to it; the others go on with the next."""
    folder.mkdir(parents=True, exist_ok=True)
    for patient in (False, True):
        for username, alike in PEOPLE.items():
            kept = folder / f"{username or 'nobody'}.pickle"
            with (folder / f"{username or 'nobody'}.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
                except BlockingIOError:
                    continue
                if not kept.exists():
                    walked = Spider(address, username, alike=alike).walk("/", "/login/")
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
