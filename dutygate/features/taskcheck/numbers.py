"""文号 as they are recognised: 阿政办发〔2026〕12号, [2026] 12 号 and （2026）第12号 are one number."""

from __future__ import annotations

import re
from typing import Final

from dutygate.base.search.text import folded

_NUMBER: Final = re.compile(r"([^\W\d_]{2,16})[〔\[(（【]\s*(\d{4})\s*[〕\])）】]\s*第?\s*(\d{1,5})\s*号")


def number_key(number: str) -> str:
    """A number in one form; the text without white space where it is none."""
    found = _NUMBER.search(folded(number))
    return f"{found[1]}{found[2]}-{int(found[3])}" if found else "".join(folded(number).split())[:80]


def numbers_in(text: str) -> frozenset[str]:
    """Every number that stands in a text, in that form; also where words stand before its letters (根据阿政办发〔2026〕12号)."""
    keys = set()
    for letters, year, number in _NUMBER.findall(folded(text)):
        keys |= {f"{letters[start:]}{year}-{int(number)}" for start in range(max(len(letters) - 1, 1))}
    return frozenset(keys)
