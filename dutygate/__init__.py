"""职责准入 dutygate: how a duty of a department becomes a duty of a township, and how it ends."""

__version__ = "0.1.0"
