"""PDF/A-2b, set by typst in the typefaces of this machine."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import typst


@cache
def _typefaces() -> typst.Fonts:
    """Looked for once by a process: that takes far longer than setting a paper."""
    return typst.Fonts()


def families(*needed: Collection[str]) -> frozenset[str]:
    """The typefaces that are here. Looked for anew when of one of ``needed`` there is none: it may have been installed meanwhile."""
    known = frozenset(_typefaces().families())
    if any(known.isdisjoint(names) for names in needed):
        _typefaces.cache_clear()
        known = frozenset(_typefaces().families())
    return known


def pdf_of(source: str, data: Mapping[str, Any]) -> bytes:
    """A PDF/A-2b by this source. The words go in as data (``sys.inputs.data``, JSON), never as markup. Raises typst.TypstError."""
    given = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(source.encode(), format="pdf", font_paths=_typefaces(), pdf_standards=["a-2b"], sys_inputs=given)
    assert isinstance(made, bytes)
    return made
