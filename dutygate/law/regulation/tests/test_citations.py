"""All provisions: each can be cited in Chinese and in English, and sorts where it stands in the text."""

import random

import pytest

from dutygate.law.regulation.citations import UnknownProvision, label, resolve, sort_key
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]


def test_label_in_both_languages():
    assert label(EDITION, "4.1") == "第四条（一）"
    assert label(EDITION, "4.1", "en") == "Article 4, item 1"
    assert label(EDITION, "preamble", "en-GB") == "Preamble"
    assert label(EDITION, "11", "zh-hans") == "第十一条"


@pytest.mark.parametrize("unknown", ["12", "4.6", "", "Article 1"])
def test_unknown_provision_is_named_with_those_there_are(unknown):
    with pytest.raises(UnknownProvision, match=f"no provision {unknown!r}; it has preamble, 1"):
        resolve(EDITION, unknown)


def test_an_edition_without_published_content_has_none():
    with pytest.raises(UnknownProvision, match="it has none"):
        resolve(package_editions()["arun_2023_18"], "1")


def test_sorts_in_the_order_of_the_text():
    ids = list(EDITION.provisions)
    shuffled = random.Random(11).sample(ids, len(ids))
    assert sorted(shuffled, key=sort_key) == ids
