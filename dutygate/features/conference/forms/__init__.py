"""表单: one for each action of the conference."""

from dutygate.features.conference.forms import calling, holding, setting

__all__ = ["calling", "holding", "setting"]
