"""The ways an action does not happen. Only ``Refused`` with kind "rule" is the law speaking; it alone enters the register."""

from __future__ import annotations

from collections.abc import Sequence

from dutygate.law.rules import Finding


class NotDone(Exception):
    """Base of everything that keeps an action from happening. ``status`` is the HTTP status a face answers with."""

    status = 500
    code = "error"

    def __init__(self, findings: Sequence[Finding] = (), detail: str = "") -> None:
        super().__init__(detail or ", ".join(f.code for f in findings))
        self.findings = tuple(findings)
        self.detail = detail


class NotFound(NotDone):
    """It does not exist, or not for you: nobody can tell which."""

    status = 404
    code = "not_found"


class NotAllowed(NotDone):
    """You may see it, and this step is not yours."""

    status = 403
    code = "not_your_role"


class Conflict(NotDone):
    """Not now: another state, or somebody was faster than your page."""

    status = 409
    code = "conflict"


class Malformed(NotDone):
    """The input has not the form of the action's payload. ``fields``: (path, message) pairs."""

    status = 422
    code = "malformed"

    def __init__(self, fields: Sequence[tuple[str, str]], code: str = "malformed") -> None:
        super().__init__((), "; ".join(f"{path}: {message}" for path, message in fields))
        self.fields = tuple(fields)
        self.code = code


class Refused(NotDone):
    """The law refuses: findings, each with its provision. Entered in the register."""

    status = 422
    code = "refused"


class Busy(NotDone):
    """The writers' queue is full; try again."""

    status = 503
    code = "busy"
