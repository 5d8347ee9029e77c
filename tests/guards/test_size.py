"""STYLE: if a file passes 300 lines look for the second idea in it; past 400 there is one."""

import warnings
from pathlib import Path

import pytest

import dutygate

pytestmark = pytest.mark.law_only
PACKAGE = Path(dutygate.__file__).parent
LOOK, SPLIT = 300, 400


def test_no_file_holds_two_ideas() -> None:
    sizes = {
        str(path.relative_to(PACKAGE.parent)): path.read_bytes().count(b"\n")
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    }
    long = {name: lines for name, lines in sizes.items() if LOOK < lines <= SPLIT}
    if long:
        warnings.warn(f"look for the second idea in: {long}", stacklevel=1)
    too_long = {name: lines for name, lines in sizes.items() if lines > SPLIT}
    assert not too_long, f"over {SPLIT} lines, split these: {too_long}"
