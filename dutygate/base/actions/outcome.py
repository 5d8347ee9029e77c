"""What ``perform`` answers, and how it is kept for a repeated request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dutygate.base.catalogue.errors import Refused
from dutygate.law.rules import Finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """A permitted action, done and entered.

    ``entry`` is ``chain/number``; ``head`` the chain's head right after it (``key:seq:hash``); ``state`` the subject's state now.
    """

    action: str
    subject: str
    entry: str
    head: str
    cites: str
    state: str
    recorded_at: datetime
    result: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "action": self.action,
            "subject": self.subject,
            "entry": self.entry,
            "head": self.head,
            "cites": self.cites,
            "state": self.state,
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
            "result": dict(self.result),
        }


def keep(answer: Outcome | Refused) -> str:
    """The answer as text for the table of keys."""
    if isinstance(answer, Outcome):
        return json.dumps({"done": answer.as_dict()}, ensure_ascii=False)
    return json.dumps({"refused": [f.as_dict() for f in answer.findings]}, ensure_ascii=False)


def was_done(text: str) -> bool:
    """Whether the kept answer is that of an act, not a refusal."""
    return "done" in json.loads(text)


def recall(text: str) -> Outcome:
    """The kept answer again. Raises Refused when it was a refusal."""
    kept = json.loads(text)
    if "refused" in kept:
        raise Refused([Finding(f["code"], f["provision"], f["params"]) for f in kept["refused"]])
    done = kept["done"]
    return Outcome(**{**done, "recorded_at": datetime.fromisoformat(done["recorded_at"])})
