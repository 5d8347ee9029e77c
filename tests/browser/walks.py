"""Everybody's walk through all pages, made once for a run and shared by the processes that test it."""

from __future__ import annotations

import fcntl
import heapq
import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.browser.spider import FAR, Spider, Walked

FEW: Final = ("naji", "")
"""Without DUTYGATE_LONG, for whoever wants to see quickly whether the walks go: a township, and nobody, one page of a kind."""
PEOPLE: Final[Mapping[str, int]] = (
    {
        **{"bianban": 4, "renshe": 3, "lincao": 1, "nongmu": 1, "jiaoyu": 1, "yibao": 1, "yadong": 1, "naji": 2, "": 1, "zhengshu": 1},
        **{"zhengban": 1, "shizheng": 1, "naji_qf": 1, "jiwei": 4, "xitong": 2, "anquan": 2, "shenji": 2},
        **dict.fromkeys(("weijian", "zhujian", "caizheng", "sifa", "weiban"), 1),
    }
    if FAR
    else dict.fromkeys(FEW, 1)
)
"""Somebody of every kind, and how many pages of one kind each walks."""
WALKS_MOST: Final = "bianban"
"""The lead office sees every case."""

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
        for username, alike in PEOPLE.items():
            kept = folder / f"{username or 'nobody'}.pickle"
            with (folder / f"{username or 'nobody'}.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
                except BlockingIOError:
                    continue
                if not kept.exists():
                    walked = Spider(address, username, alike=alike, wholly=username == WALKS_MOST).walk("/", *STARTS.get(username, ()))
                    walked.client.close()
                    kept.write_bytes(pickle.dumps((walked.pages, walked.files, walked.dead)))
    return {username: _read(folder / f"{username or 'nobody'}.pickle", address, username) for username in PEOPLE}


def _read(kept: Path, address: str, username: str) -> Spider:
    found = Spider(address)
    found.username = username
    found.pages, found.files, found.dead = pickle.loads(kept.read_bytes())
    return found


def cover(pages: Iterable[Walked]) -> list[Walked]:
    """Few pages that show every piece of which any page is built (far off: in every place where it stands), and every route, tab and form.

    Always the page that shows most of what no chosen one has shown.
    """
    all_pages = list(pages)
    left: list[set[object]] = [
        {page.kind[:2], *(page.shape if FAR else (piece.partition(">")[2] for piece in page.shape))} for page in all_pages
    ]
    seen: set[object] = set()
    chosen = []
    waiting = [(-len(shown), number) for number, shown in enumerate(left)]
    heapq.heapify(waiting)
    while waiting:
        count, number = heapq.heappop(waiting)
        left[number] -= seen
        if len(left[number]) < -count:  # others have shown some of it meanwhile
            if left[number]:
                heapq.heappush(waiting, (-len(left[number]), number))
            continue
        chosen.append(number)
        seen |= left[number]
    return [all_pages[number] for number in sorted(chosen)]
