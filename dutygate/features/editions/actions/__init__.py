"""The actions on the text itself (preamble, Articles 9-11)."""

from dutygate.features.editions.actions import draft, law, move, publish

__all__ = ["draft", "law", "move", "publish"]
