"""The small banner, with cases on their way."""

from tests.fixtures import journey, world

__all__ = ["journey", "world"]
