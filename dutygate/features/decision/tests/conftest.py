"""The offices and people of the tests, also when this folder is run alone."""

from tests.fixtures import journey, world

__all__ = ["journey", "world"]
