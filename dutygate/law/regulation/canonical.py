"""One byte form for one value: RFC 8785 JSON over NFC text, and its SM3 digest (GB/T 32905-2016).

Two editions, or two entries of the register, are the same exactly when these bytes are. Only values that have a
single spelling are let in: no floats, no dates, no sets.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any, Final

LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond this, JSON readers that use doubles no longer agree with us (RFC 8785, appendix D)."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False).encode
_PREPARED = hashlib.new("sm3")


def canonical(obj: object) -> bytes:
    """The RFC 8785 form of `obj`, UTF-8 bytes.

    Takes dict with str keys, list, tuple, str (brought to NFC), bool, None and int with |n| <= 2^53-1, nested
    up to Python's recursion limit. Raises TypeError that names the path ("$.items[3].fee") for anything else,
    for a lone surrogate, and for two keys of one dict that are the same after NFC.
    """
    text = _encode(_checked(obj, "$"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise TypeError(f"{_path_of_surrogate(obj, '$')}: text holds half of a surrogate pair") from None


def digest(obj: object) -> str:
    """SM3 of `canonical(obj)`, 64 lower-case hex digits. Raises TypeError as `canonical` does."""
    return digest_of_bytes(canonical(obj))


def digest_of_bytes(data: bytes) -> str:
    """SM3 of `data` as it is, 64 lower-case hex digits."""
    # A copy of a prepared object skips the lookup of the algorithm by name, which costs more than the hash.
    state = _PREPARED.copy()
    state.update(data)
    return state.hexdigest()


def _checked(value: Any, path: str) -> Any:
    """`value` with NFC text and with keys in the order of RFC 8785; TypeError if it has no place here."""
    kind = type(value)
    if kind is str:
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if kind is int:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise TypeError(f"{path}: {value} is larger than 2^53-1")
        return value
    if value is None or kind is bool:
        return value
    if kind is dict:
        return _checked_dict(value, path)
    if kind is list or kind is tuple:
        return [_checked(part, f"{path}[{index}]") for index, part in enumerate(value)]
    if isinstance(value, str):  # an enumeration of str, or text marked safe for a template
        return unicodedata.normalize("NFC", str.__str__(value))
    raise TypeError(f"{path}: {kind.__name__} has no canonical form")


def _checked_dict(value: dict[Any, Any], path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    plain = True
    for key, part in value.items():
        if not isinstance(key, str):
            raise TypeError(f"{path}: key {key!r} is not text")
        name = _checked(key, path)
        if name in found:
            raise TypeError(f"{path}: key {name!r} appears twice after normalisation")
        plain = plain and name.isascii()
        found[name] = _checked(part, f"{path}.{name}")
    # RFC 8785 orders keys by UTF-16 code units, Python by code points: they differ beyond U+FFFF.
    order = sorted(found) if plain else sorted(found, key=_utf16)
    return {name: found[name] for name in order}


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def _path_of_surrogate(value: Any, path: str) -> str:
    """Where in `value` the first text stands that UTF-8 cannot hold; `path` itself if it is a key there."""
    if isinstance(value, dict):
        for key, part in value.items():
            if _broken(key):
                return path
            if where := _path_of_surrogate(part, f"{path}.{key}"):
                return where
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            if where := _path_of_surrogate(part, f"{path}[{index}]"):
                return where
    elif isinstance(value, str) and _broken(value):
        return path
    return ""


def _broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
