"""JSON as we take it from outside: one meaning only, and nothing that a database or a hash could choke on."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from dutygate.base.catalogue.errors import Malformed

DEEPEST: Final = 32
LARGEST_INTEGER: Final = 2**53 - 1
_OPENING: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_UNFIT: Final = re.compile("[\x00\ud800-\udfff]")


def read_json(data: bytes) -> Any:
    """The value in UTF-8 bytes. Raises Malformed.

    Not taken: other encodings, a key twice, NaN and Infinity, whole numbers beyond 2^53-1 and every number with a point (money
    is in fen), nesting deeper than 32, NUL and halves of surrogate pairs in text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed([("body", f"not UTF-8 at byte {error.start}")]) from None
    if _depth(text) > DEEPEST:
        raise Malformed([("body", f"nested deeper than {DEEPEST}")])
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_int=_whole, parse_float=_no_float, parse_constant=_no_float)
    except json.JSONDecodeError as error:
        raise Malformed([("body", f"not JSON: line {error.lineno}, column {error.colno}")]) from None
    _check_text(value, "")
    return value


def _depth(text: str) -> int:
    """How deep brackets nest, counted before anything recurses into them."""
    depth = deepest = 0
    for match in _OPENING.finditer(text):
        mark = match.group()
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise Malformed([(_shown(next(n for n in names if names.count(n) > 1)), "stands twice")])
    return found


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise Malformed([("body", "a whole number beyond 2^53-1")])
    return int(digits)


def _no_float(digits: str) -> Any:
    raise Malformed([("body", f"only whole numbers: {digits[:20]}")])


def _check_text(value: Any, path: str) -> None:
    if isinstance(value, str):
        if _UNFIT.search(value):
            raise Malformed([(path or "body", "NUL or half of a surrogate pair")])
    elif isinstance(value, list):
        for place, part in enumerate(value):
            _check_text(part, f"{path}.{place}" if path else str(place))
    elif isinstance(value, dict):
        for name, part in value.items():
            if _UNFIT.search(name):
                raise Malformed([(path or "body", "NUL or half of a surrogate pair")])
            _check_text(part, f"{path}.{name}" if path else name)


def is_fit(text: str) -> bool:
    """Whether a text from an address or a query can be asked for at all."""
    return not _UNFIT.search(text)


def _shown(name: str) -> str:
    return _UNFIT.sub("?", name)[:80]
