"""A clock that can be moved, for these tests."""

from tests.fixtures import journey, world
from tests.leaving import scratch, time

__all__ = ["journey", "scratch", "time", "world"]
