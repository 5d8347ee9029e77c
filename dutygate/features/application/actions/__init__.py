"""The actions of application and consultation (Articles 1, 4.1)."""

from dutygate.features.application.actions import conditions, consult, edit, mediate, paper, reply, reply_set, submit

__all__ = ["conditions", "consult", "edit", "mediate", "paper", "reply", "reply_set", "submit"]
