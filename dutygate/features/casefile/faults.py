"""What is found when a case file is checked: the faults by member, and what was seen. No Django here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

PACKAGE: Final = "(package)"


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, and in which member; ``PACKAGE`` where it is none of them."""

    member: str
    what: str

    def __str__(self) -> str:
        return f"{self.member}: {self.what}"


@dataclass(slots=True)
class Checked:
    """What came of it. ``head``: the last entry of the case as a printed head, for a comparison with paper or with the register.

    ``opened``: entries whose payload is here and fits its digest; ``bridged``: links over entries of other cases that could be
    computed; ``compared``: those written in format 1, of which only the order of the hashes could be looked at.
    """

    faults: list[Fault] = field(default_factory=list)
    number: str = ""
    seen_by: str = ""
    members: int = 0
    entries: int = 0
    opened: int = 0
    bridged: int = 0
    compared: int = 0
    head: str = ""

    def fault(self, member: str, what: str) -> None:
        """Add one."""
        self.faults.append(Fault(member, what))


@dataclass(frozen=True, slots=True)
class Listed:
    """A member as the manifest lists it: ``digest`` is SM3 of its bytes."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Members:
    """The members as the manifest lists them, itself first; ``kept``: the bytes of those that have to be understood."""

    listed: list[Listed]
    manifest: dict[str, Any]
    kept: dict[str, bytes]
