"""Why a file is not taken in."""

from __future__ import annotations

from typing import Final

from dutygate.base.catalogue.errors import NotDone
from dutygate.law.rules import Finding

STATUS: Final = {"too_large": 413, "type_not_accepted": 415}


class FileNotAccepted(NotDone):
    """The bytes are not what is taken in here. ``reason`` is one of:

    empty, too_large, type_not_accepted, damaged, encrypted, active_content (scripts, macros, programs, things that start
    themselves), unpacks_too_large, picture_too_large, template_has_more_than_text (tables, pictures or text boxes in a template),
    no_text (a scan, where the text is wanted).
    """

    code = "file_not_accepted"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__([Finding("file_not_accepted", "", {"field": reason})], detail or reason)
        self.reason = reason
        self.status = STATUS.get(reason, 422)


class FileDamaged(Exception):
    """The bytes that are kept under a digest no longer have it: the disk or somebody changed them."""
