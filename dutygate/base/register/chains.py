"""Opening chains, and the text of editions by digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Final

from django.db.models import F

from dutygate.base.register.models import SEQ_BITS, Chain, EditionText, Installation
from dutygate.base.register.prepared import Prepared
from dutygate.law.regulation.edition import Edition, package_editions

COMMON = "common"
APART: Final = "-s"
"""The end of a confidential chain's key: 150721-s stands beside 150721."""
FIRST_APART: Final = 2048
"""Ids of confidential chains begin here, each as far above as its jurisdiction's chain is above 0: so they depend on nobody's order."""
_decided_under: Final[ContextVar[Edition | None]] = ContextVar("decided_under", default=None)


def open_chain(key: str, jurisdiction_id: int | None) -> Chain:
    """Make the chain of a jurisdiction (or the common one). Ids follow the order of opening; a chain is opened once."""
    last = Chain.objects.filter(id__lt=FIRST_APART).order_by("-id").values_list("id", flat=True).first() or 0
    chain, _made = Chain.objects.get_or_create(key=key, defaults={"id": last + 1, "jurisdiction_id": jurisdiction_id})
    return chain


def confidential_key(code: str) -> str:
    """The key of the confidential chain beside a jurisdiction's."""
    return f"{code}{APART}"


def is_confidential(key: str) -> bool:
    """Whether a chain of that key is a confidential one."""
    return key.endswith(APART)


def code_beside(key: str) -> str:
    """The key of the chain that a confidential one stands beside; of any other chain its own."""
    return key.removesuffix(APART)


def open_confidential(code: str) -> Chain | None:
    """The confidential chain beside a jurisdiction's, made where it is not there yet; None where there is no such jurisdiction."""
    beside = Chain.objects.filter(key=code, jurisdiction_id__isnull=False).first()
    if beside is None:
        return None
    fresh = {"id": FIRST_APART + beside.id, "jurisdiction_id": beside.jurisdiction_id}
    chain, _made = Chain.objects.get_or_create(key=confidential_key(code), defaults=fresh)
    return chain


def number_of(entry_id: int) -> int:
    """The number of an entry within its chain, from its id."""
    return entry_id & ((1 << SEQ_BITS) - 1)


def mark_as_demo() -> None:
    """Say once and for ever that this database is a demonstration."""
    Installation.objects.update_or_create(id=1, defaults={"is_demo": True})


def is_demo() -> bool:
    """Whether this database was made as a demonstration."""
    return Installation.objects.filter(id=1, is_demo=True).exists()


_KEPT: Final = Prepared(lambda digest: EditionText.objects.filter(digest=digest).values_list("edition_id"), digest=str)


def keep_edition(edition: Edition) -> str:
    """Keep the edition's bytes under their digest, and return the digest."""
    if _KEPT.first(digest=edition.digest) is None:  # the bytes are made only then: that takes longer than the act itself
        fresh = {"edition_id": edition.id, "canonical": edition.canonical().decode()}
        EditionText.objects.get_or_create(digest=edition.digest, defaults=fresh)
    return edition.digest


@lru_cache(maxsize=64)
def _edition(digest: str) -> Edition:
    for edition in package_editions().values():
        if edition.digest == digest:
            return edition
    row = EditionText.objects.using("default").get(digest=digest)
    return Edition.from_canonical(row.canonical.encode())


def public_edition_named(edition_id: str) -> Edition | None:
    """The edition of that code of which a text was kept last, or None; a published one has one text alone."""
    kept = EditionText.objects.filter(edition_id=edition_id).values_list("digest", flat=True).last()
    return None if kept is None else _edition(kept)


def edition_by_digest(digest: str) -> Edition:
    """The edition that an entry or a case points to, from the package or from the kept text. Raises DoesNotExist."""
    return _edition(digest)


@contextmanager
def decided_under(edition: Edition) -> Iterator[None]:
    """While a replay does an entry again: the edition that it was decided under, byte for byte, stands for the one of that name."""
    mark = _decided_under.set(edition)
    try:
        yield
    finally:
        _decided_under.reset(mark)


def as_decided(found: Edition) -> Edition:
    """The edition of a day, in the text that an entry under replay was decided under; outside a replay as it was found.

    A release may carry an edition in a corrected text, with a digest of its own; what was decided before stays decided under the old one.
    """
    then = _decided_under.get()
    return then if then is not None and then.id == found.id else found


def bump_reference(jurisdictions: Iterable[int]) -> None:
    """Snapshots of these jurisdictions are made anew: a unit of their city, which may sit in their seats, has changed."""
    wanted = list(jurisdictions)
    if wanted:
        Chain.objects.filter(jurisdiction_id__in=wanted, id__lt=FIRST_APART).update(reference_version=F("reference_version") + 1)


_VERSION: Final = Prepared(
    lambda jurisdiction: Chain.objects.filter(jurisdiction_id=jurisdiction).order_by("id").values_list("reference_version")[:1],
    jurisdiction=int,
)


def reference_version_of(jurisdiction_id: int) -> int:
    """Which version of units, seats, posts and calendar holds in a jurisdiction (0 before it has a chain)."""
    found = _VERSION.first(jurisdiction=jurisdiction_id)
    return found[0] if found else 0
