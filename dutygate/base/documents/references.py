"""References of a case to files: the type of a payload's field, the check that the file is here, and the row that opens it to readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Protocol

from django.db import DEFAULT_DB_ALIAS
from pydantic import StringConstraints

from dutygate.base.catalogue.action import ActingPost, Context
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.documents.models import FileReference
from dutygate.base.documents.queries import files_visible
from dutygate.base.register.alias import current_alias

FileDigest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$", max_length=64)]
"""SM3 of a file stored before (POST /files), or "" for none."""


class CaseOf(Protocol):
    """What is needed of a case here."""

    id: int
    jurisdiction_id: int


def require_files(viewer: ActingPost, digests: Iterable[str], field: str = "scan") -> None:
    """Raises Malformed unless the viewer may read every one of these files; "" is no file.

    A replay does not ask again: files are not rebuilt from the register.
    """
    wanted = {digest for digest in digests if digest}
    if not wanted or current_alias() != DEFAULT_DB_ALIAS:
        return
    known = set(files_visible(viewer).filter(digest__in=wanted).values_list("digest", flat=True))
    if missing := sorted(wanted - known):
        raise Malformed([(field, f"no such file: {digest}") for digest in missing])


def refer(case: CaseOf, digests: Iterable[str], context: Context) -> None:
    """Let who may read the case read these files; "" is no file."""
    wanted = dict.fromkeys(digest for digest in digests if digest)
    if not wanted:
        return
    present = set(FileReference.objects.filter(case_id=case.id, digest__in=wanted).values_list("digest", flat=True))
    for digest in wanted:
        if digest not in present:
            FileReference.objects.create(
                id=context.new_id(), jurisdiction_id=case.jurisdiction_id, case_id=case.id, digest=digest, entry=context.entry_id
            )
