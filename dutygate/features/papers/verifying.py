"""验真: whether a file is a paper that was issued here, by its digest in the register, and whether the register itself still holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from dutygate.base.actions.perform import system_acting
from dutygate.base.register.queries import public_printed, sealed_of
from dutygate.features.papers.models import OrderPaper, Paper
from dutygate.features.papers.queries import public_issued_as, public_orders_issued_as
from dutygate.law.regulation.canonical import digest, digest_of_bytes

ISSUED, NOT_ISSUED, VOID = 0, 1, 3
NAMES: Final = {"docx": "the Word document", "pdf": "the PDF", "scan": "the sealed paper as scanned"}


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` as the command returns it, ``lines`` in English."""

    status: int
    lines: tuple[str, ...]


def verified(data: bytes) -> Answer:
    """What is known of a file with exactly these bytes.

    The row of the paper is not taken at its word: what the entry that issued it holds must have the digest that stands there, too.
    """
    mark = digest_of_bytes(data)
    found = public_issued_as([mark])
    orders = public_orders_issued_as([mark])
    if orders and not found:
        return _order_verified(orders[0])
    if not found:
        return Answer(NOT_ISSUED, (f"not issued here, or changed since: no paper has a file with the digest {mark}",))
    lines: list[str] = []
    status = ISSUED
    for paper, which in found:
        printed = public_printed(paper.entry)
        lines.append(f"{paper.number} {paper.title}: {NAMES[which]}, issued in {printed}")
        if not _sealed_alike(paper, printed):
            return Answer(NOT_ISSUED, (*lines, "the register does not hold what this paper's row says: run `dutygate register verify`"))
        if paper.void:
            status = VOID
            lines.append(f"its number was voided: {paper.void_reason}")
    return Answer(status, tuple(lines))


def _order_verified(found: tuple[OrderPaper, str]) -> Answer:
    """An order of correction: nothing that the file itself does not say, no report, no number of the confidential chain."""
    paper, which = found
    line = f"{paper.number} {paper.title}: {NAMES[which]}, issued on the confidential chain"
    chain, _colon, rest = public_printed(paper.entry).partition(":")
    own = digest({"number": paper.number, "head": paper.head, "content": paper.content})
    seq = int(rest.partition(":")[0] or 0)
    sealed: dict[str, Any] | None = sealed_of(system_acting(), chain, [seq]).get(seq, {})
    result = {"number": paper.number, "content_digest": own} if sealed is None else sealed.get("result", {})  # None: lawfully erased
    if own != paper.content_digest or (result.get("number"), result.get("content_digest")) != (paper.number, own):
        return Answer(NOT_ISSUED, (line, "the register does not hold what this paper's row says: run `dutygate register verify`"))
    if paper.void:
        return Answer(VOID, (line, f"its number was voided: {paper.void_reason}"))
    return Answer(ISSUED, (line,))


def _sealed_alike(paper: Paper, printed: str) -> bool:
    """The content of the row has its digest, and the entry names that digest under that number."""
    own = digest({"number": paper.number, "head": paper.head, "content": paper.content})
    chain, _colon, rest = printed.partition(":")
    if own != paper.content_digest or not rest:
        return False
    number = int(rest.partition(":")[0])
    sealed: dict[str, Any] | None = sealed_of(system_acting(), chain, [number]).get(number)
    if sealed is None:  # lawfully erased: the chain itself still stands
        return True
    result = sealed.get("result", {})
    return {"paper": str(paper.id), "number": paper.number, "content_digest": own} in result.get("papers", [])
