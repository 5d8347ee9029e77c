"""What is written on the ledger (Article 5)."""

from dutygate.features.support.actions import answer, deliver, settle, undertake

__all__ = ["answer", "deliver", "settle", "undertake"]
