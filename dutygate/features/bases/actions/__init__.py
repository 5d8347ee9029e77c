"""The actions on legal bases (Article 1)."""

from dutygate.features.bases.actions import register

__all__ = ["register"]
