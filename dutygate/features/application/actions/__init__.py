"""The actions of application and consultation (Articles 1, 4.1)."""

from dutygate.features.application.actions import conditions, consult, edit, paper, reply, reply_set, submit

__all__ = ["conditions", "consult", "edit", "paper", "reply", "reply_set", "submit"]
