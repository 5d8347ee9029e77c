"""锚定: each day the head of the confidential chain is tied into the jurisdiction's, so that neither can be cut or rewritten alone.

What is entered in the open chain is a commitment: the digest of the head together with 128 random bits that stay in the confidential chain.
There is one each day whether or not anything was reported, and two of them are never alike: it tells nothing (Article 8).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dutygate.base.register.append import aware
from dutygate.base.register.chains import code_beside, confidential_key, is_confidential
from dutygate.base.register.models import Chain, Entry
from dutygate.base.register.prepared import Prepared
from dutygate.law.regulation.canonical import digest_of_bytes

SEAL: Final = "register.seal"
ANCHOR: Final = "register.anchor"


@dataclass(frozen=True, slots=True)
class Sealed:
    """封存 of a confidential chain: when, and the commitment to the head that it followed."""

    recorded_at: datetime
    commitment: str


def commitment(salt: str, key: str, number: int, head: str) -> str:
    """What stands for the head ``key:number:head`` without telling it; 64 hex digits of SM3."""
    return digest_of_bytes(f"{salt}:{key}:{number}:{head}".encode())


_NEWEST: Final = Prepared(
    lambda key, action: Entry.objects.filter(chain__key=key, action=action, outcome="permitted").order_by("-seq")[:1], key=str, action=str
)


def last_seal(code: str) -> Sealed | None:
    """The newest seal of the confidential chain beside a jurisdiction's, or None."""
    entry = _NEWEST.first(key=confidential_key(code), action=SEAL)
    recorded = aware(entry.recorded_at) if entry is not None else None
    if entry is None or recorded is None or not entry.sealed:
        return None
    return Sealed(recorded, _commitment_of(confidential_key(code), entry))


def last_anchor(code: str) -> str:
    """The newest commitment in a jurisdiction's chain, or ""."""
    entry = _NEWEST.first(key=code, action=ANCHOR)
    return _payload(entry).get("commitment", "") if entry is not None else ""


def broken_anchors(only: Collection[str] | None = None) -> Iterator[tuple[str, int]]:
    """(jurisdiction, number) of every anchor whose head the confidential chain no longer has; of chains of these keys, or of all."""
    keys = [key for key in Chain.objects.order_by("id").values_list("key", flat=True) if is_confidential(key)]
    for key in keys:
        code = code_beside(key)
        if only is not None and code not in only:
            continue
        seals = Entry.objects.filter(chain__key=key, action=SEAL, outcome="permitted").order_by("seq")
        kept = {_commitment_of(key, entry) for entry in seals.iterator(chunk_size=2000)}
        for entry in Entry.objects.filter(chain__key=code, action=ANCHOR, outcome="permitted").order_by("seq").iterator(chunk_size=2000):
            if entry.sealed and _payload(entry).get("commitment") not in kept:
                yield code, entry.seq


def anchored_without_chain(only: Collection[str] | None = None) -> Iterator[tuple[str, int]]:
    """(jurisdiction, number) of the first anchor of each jurisdiction whose confidential chain is gone altogether."""
    present = {code_beside(key) for key in Chain.objects.order_by("id").values_list("key", flat=True) if is_confidential(key)}
    seen: set[str] = set()
    rows = Entry.objects.filter(action=ANCHOR, outcome="permitted").order_by("id").values_list("chain__key", "seq")
    for code, seq in rows:
        if code not in present and code not in seen and (only is None or code in only):
            seen.add(code)
            yield code, seq


def _commitment_of(key: str, entry: Entry) -> str:
    return commitment(str(_payload(entry).get("salt", "")), key, entry.seq - 1, entry.prev_hash)


def _payload(entry: Entry) -> dict[str, Any]:
    """What was entered; nothing where it was erased, or cannot be read: then the chain itself says so."""
    try:
        found = json.loads(entry.sealed)["payload"] if entry.sealed else {}
    except (ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
