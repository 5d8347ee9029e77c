"""One byte form for one value: RFC 8785 JSON over NFC text, and its SM3 digest (GB/T 32905-2016).

Two editions, or two entries of the register, are the same exactly when these bytes are. Only values that have a
single spelling are let in: no floats, no dates, no sets.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond this, JSON readers that use doubles no longer agree with us (RFC 8785, appendix D)."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False).encode
_SURROGATE = re.compile("[\ud800-\udfff]")
_PREPARED = hashlib.new("sm3")


def canonical(obj: object) -> bytes:
    """The RFC 8785 form of `obj`, UTF-8 bytes.

    Takes dict with str keys, list, tuple, str (brought to NFC), bool, None and int with |n| <= 2^53-1, nested
    up to Python's recursion limit. Raises TypeError that names the path ("$.items[3].fee") for anything else,
    for a lone surrogate, and for two keys of one dict that are the same after NFC.
    """
    try:
        return _encode(_checked(obj)).encode("utf-8")
    except _Refused as refused:
        raise TypeError(f"${''.join(reversed(refused.path))}: {refused.reason}") from None


def digest(obj: object) -> str:
    """SM3 of `canonical(obj)`, 64 lower-case hex digits. Raises TypeError as `canonical` does."""
    return digest_of_bytes(canonical(obj))


def digest_of_bytes(data: bytes) -> str:
    """SM3 of `data` as it is, 64 lower-case hex digits."""
    # A copy of a prepared object skips the lookup of the algorithm by name, which costs more than the hash.
    state = _PREPARED.copy()
    state.update(data)
    return state.hexdigest()


class _Refused(Exception):
    """A value that has no place here; the path is gathered from the inside out, so that good values pay nothing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path: list[str] = []


def _checked(value: Any) -> Any:
    """`value` with NFC text and with keys in the order of RFC 8785."""
    kind = type(value)
    if kind is str:
        return value if value.isascii() else _text(value)
    if kind is int:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise _Refused(f"{value} is beyond 2^53-1")
        return value
    if value is None or kind is bool:
        return value
    if kind is dict:
        return _checked_dict(value)
    if kind is list or kind is tuple:
        return _checked_list(value)
    if isinstance(value, str):  # an enumeration of str, or text marked safe for a template
        return _text(str.__str__(value))
    raise _Refused(f"{kind.__name__} has no canonical form")


def _text(value: str) -> str:
    if _SURROGATE.search(value):
        raise _Refused("text holds half of a surrogate pair")
    return unicodedata.normalize("NFC", value)


def _checked_list(value: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    try:
        for part in value:
            found.append(_checked(part))  # noqa: PERF401 - its length is the index of a part that was refused
    except _Refused as refused:
        refused.path.append(f"[{len(found)}]")
        raise
    return found


def _checked_dict(value: dict[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    plain = True
    for key, part in value.items():
        if not isinstance(key, str):
            raise _Refused(f"key {key!r} is not text")
        name = _checked(key)
        if name in found:
            raise _Refused(f"key {name!r} appears twice after normalisation")
        plain = plain and name.isascii()
        try:
            found[name] = _checked(part)
        except _Refused as refused:
            refused.path.append(f".{name}")
            raise
    # RFC 8785 orders keys by UTF-16 code units, Python by code points: they differ beyond U+FFFF.
    order = sorted(found) if plain else sorted(found, key=_utf16)
    return {name: found[name] for name in order}


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be")
