"""The order in which a run deals out its tests."""

from pathlib import Path

import pytest

from tests.order import LONG, SERVED, dealt

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("workers", [2, 3, 4, 7])
def test_nothing_is_lost_or_done_twice_and_every_worker_begins_with_something_long(workers: int) -> None:
    files = [file for file in LONG for _ in range(5)] + ["tests/short.py"] * 400
    items = list(range(len(files)))
    order = dealt(items, files, workers)
    assert sorted(order) == items
    begins, left = 0, len(order)
    for number in range(workers):
        assert files[order[begins]] in LONG
        size = left // (workers - number)
        begins, left = begins + size, left - size


def test_a_few_short_tests_are_dealt_as_well() -> None:
    assert sorted(dealt([1, 2, 3], ["tests/short.py"] * 3, 2)) == [1, 2, 3]


def test_all_but_the_first_begin_with_something_that_needs_no_served_demo() -> None:
    files = [*LONG, *["tests/short.py"] * 300]
    order = dealt(files, files, 3)
    second = len(files) // 3
    third = second + (len(files) - second) // 2
    assert order[0].startswith(SERVED)
    for begins in (second, third):
        assert order[begins] in LONG and not order[begins].startswith(SERVED)


def test_a_few_trips_share_one_server_and_many_are_dealt_out() -> None:
    few = [file for file in LONG if not file.startswith(SERVED)] + ["tests/browser/test_whole_roads.py", "tests/browser/test_public.py"]
    for files, sites in ((few, 1), (list(LONG), 3)):
        files = [*files, *["tests/short.py"] * 300]
        order = dealt(files, files, 3)
        second = len(files) // 3
        third = second + (len(files) - second) // 2
        pieces = (order[:second], order[second:third], order[third:])
        assert sum(any(file.startswith(SERVED) for file in piece) for piece in pieces) == sites


def test_files_that_are_named_are_there() -> None:
    assert not [file for file in LONG if not (REPOSITORY / file).is_file()]
