"""Preamble, 11: an edition, and every entry made under it, is known by a digest, so one value has one byte form."""

import datetime
import unicodedata
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from dutygate.law.regulation.canonical import LARGEST_INTEGER, canonical, digest, digest_of_bytes

pytestmark = pytest.mark.law_only

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXT
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5), max_leaves=20)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(VALUES)
def test_same_bytes_as_the_reference_implementation(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_keys_are_ordered_by_utf_16_units_not_by_code_points():
    value = {"\uff21": 1, "\U0001f600": 2, "€": 3, "1": 4}
    assert canonical(value) == rfc8785.dumps(value)
    assert list(value) != sorted(value, key=lambda key: key.encode("utf-16-be"))
    assert canonical(value).index("\U0001f600".encode()) < canonical(value).index("\uff21".encode())


def test_text_is_brought_to_nfc_in_keys_and_values():
    assert canonical({"e\u0301": "A\u030a"}) == canonical({"\u00e9": "\u00c5"})


def test_tuples_are_lists_and_enumerations_of_text_are_text():
    class Track(StrEnum):
        REGULAR = "regular"

    assert canonical((1, Track.REGULAR)) == b'[1,"regular"]'


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"fee": 1.0}, r"\$\.fee"),
        ({"items": [1, {"on": datetime.date(2024, 6, 5)}]}, r"\$\.items\[1\]\.on"),
        ([1, 2, {3}], r"\$\[2\]"),
        ({"a": b"bytes"}, r"\$\.a"),
        ({"a": {1: "x"}}, r"\$\.a: key 1"),
        ({"n": LARGEST_INTEGER + 1}, r"\$\.n"),
        ({"n": [-LARGEST_INTEGER - 1]}, r"\$\.n\[0\]"),
        ({"a": ["ok", "\ud800"]}, r"\$\.a\[1\]"),
        ({"e\u0301": 1, "\u00e9": 2}, r"\$: key"),
        (float("nan"), r"\$: float"),
    ],
)
def test_anything_else_is_refused_with_its_path(value, path):
    with pytest.raises(TypeError, match=path):
        canonical(value)


def test_digest_is_sm3_of_the_canonical_bytes():
    assert digest_of_bytes(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert digest({"b": 1, "a": None}) == digest_of_bytes(b'{"a":null,"b":1}')
