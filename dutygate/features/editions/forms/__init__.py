"""The forms of the actions on the text itself (Articles 9-11)."""

from dutygate.features.editions.forms import asking, drafting, moving

__all__ = ["asking", "drafting", "moving"]
