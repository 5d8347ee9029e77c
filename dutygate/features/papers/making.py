"""成文: the two files of an issued paper, set outside any transaction and then entered by their digests.

A paper whose process broke down before its files were made is made by the next who looks: ``dutygate work``, or the page of the paper.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.errors import Malformed, NotDone
from dutygate.base.documents.official.paper import Content, Head, Official
from dutygate.base.documents.official.pdf import as_pdf
from dutygate.base.documents.official.typefaces import chosen
from dutygate.base.documents.official.word import as_docx
from dutygate.base.documents.storage import keep_made, keep_made_apart, open_kept
from dutygate.base.documents.tables import MEDIA, NoTypeface
from dutygate.base.register.queries import public_printed
from dutygate.features.papers.queries import paper_visible, public_order, public_orders_waiting, public_waiting

if TYPE_CHECKING:
    from dutygate.features.papers.models import IssuedPaper, OrderPaper, Paper

_log = logging.getLogger(__name__)
SYSTEM: Final = system_acting()
_broken: Final[set[int]] = set()
_broken_orders: Final[set[int]] = set()


def official_of(paper: Paper) -> Official:
    """What both files are set from: nothing but what was entered when it was issued."""
    printed = public_printed(paper.entry)
    foot = f"登记簿 {printed}　内容摘要 {paper.content_digest[:16]}"
    return _official(paper, foot, f"DUTYGATE1 {printed} {paper.id} {paper.content_digest}")


def official_order(paper: OrderPaper) -> Official:
    """整改通知: at its foot the hash of the entry that issued it, and no number of the confidential chain, which would count."""
    mark = public_printed(paper.entry).rpartition(":")[2]
    return _official(paper, f"保密登记簿 {mark}　内容摘要 {paper.content_digest[:16]}", f"DUTYGATE1 {mark} {paper.content_digest}")


def _official(paper: IssuedPaper, foot: str, code: str) -> Official:
    head = paper.head
    image = open_kept(head["mongolian_image"]) if head["mongolian_image"] else None
    return Official(
        Head(
            form=head["form"],
            mark=head["mark"],
            number=paper.number,
            colour=head["colour"],
            signatory=head["signatory"],
            mongolian=head["mongolian"],
            mongolian_image=image.data if image else b"",
            printed_by=head["printed_by"],
        ),
        Content.model_validate(paper.content),
        foot,
        code,
    )


def make(paper_id: int) -> bool:
    """Set what is missing and enter it; whether both files are there now. Somebody who was faster has done the same."""
    paper = paper_visible(SYSTEM, paper_id)
    official = official_of(paper)
    now, given = clock.now(), {"paper": str(paper.id)}
    if not paper.docx:
        given["docx"] = keep_made(f"{paper.number}.docx", as_docx(official), MEDIA["docx"], now).digest
    if not paper.pdf:
        try:
            given["pdf"] = keep_made(f"{paper.number}.pdf", as_pdf(official), MEDIA["pdf"], now).digest
            given["typefaces"] = "；".join(chosen().said())[:300]
        except NoTypeface:
            _log.warning("no PDF of %s: no typeface with the characters it needs is installed", paper.number)
    if len(given) > 1:
        where = paper.jurisdiction
        try:
            perform(system_acting(where.id, where.code), "document.made", where.code, given, via="job")
        except Malformed:
            _log.info("%s was made by somebody else meanwhile", paper.number)
    return "pdf" in given or bool(paper.pdf)


def make_order(number: int) -> bool:
    """Set what is missing of an order of correction, and enter it on the confidential chain; whether both files are there now. Its files
    have no row and no name, and no line is logged of it.
    """
    paper = public_order(number)
    if paper is None:
        return False
    official, given = official_order(paper), {"paper": str(paper.id)}
    if not paper.docx:
        given["docx"] = keep_made_apart(as_docx(official))
    if not paper.pdf:
        with suppress(NoTypeface):
            given["pdf"] = keep_made_apart(as_pdf(official))
            given["typefaces"] = "；".join(chosen().said())[:300]
    if len(given) > 1:
        where = paper.jurisdiction
        with suppress(Malformed):  # somebody else made it meanwhile
            perform(system_acting(where.id, where.code), "supervision.order_made", where.code, given, via="job")
    return "pdf" in given or bool(paper.pdf)


def make_orders_waiting(limit: int) -> None:
    """As ``make_waiting``, uncounted."""
    for number in public_orders_waiting(limit + len(_broken_orders)):
        if number in _broken_orders:
            continue
        try:
            make_order(number)
        except Exception:
            _broken_orders.add(number)


def make_waiting(limit: int = 20) -> int:
    """Make what waits, the oldest first; how many were made. What breaks down is left aside by this process, so that it holds up nobody."""
    make_orders_waiting(limit)
    made = 0
    for paper_id in public_waiting(limit, _broken):
        try:
            make(paper_id)
            made += 1
        except NotDone as error:
            _log.warning("paper %s waits: %s", paper_id, error)
        except Exception:
            _log.exception("paper %s could not be set", paper_id)
            _broken.add(paper_id)
    return made
