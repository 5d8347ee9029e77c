"""读: files, by the one rule of who may read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.documents.models import FileReference, StoredFile, Upload
from dutygate.base.register.chains import number_of
from dutygate.law.rules import Finding

CONTENT_POSTS: Final = ("handler", "signatory")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
CaseScope = Callable[[ActingPost], "QuerySet[Any]"]
_case_scope: Final[list[CaseScope]] = []


def public_case_scope(scope: CaseScope) -> CaseScope:
    """Register how to tell which cases a viewer may read (the cases do; they stand above this folder)."""
    _case_scope[:] = [scope]
    return scope


def files_visible(viewer: ActingPost) -> QuerySet[StoredFile]:
    """What the viewer or her unit brought, and what a case refers to that she may read. Administrators see none."""
    if viewer.kind == "system":
        return StoredFile.objects.all()
    if viewer.kind not in CONTENT_POSTS:
        return StoredFile.objects.none()
    brought = Upload.objects.filter(Q(user_id=viewer.user_id) | Q(unit_id=viewer.unit_id), file=OuterRef("pk"))
    scope = Q(Exists(brought))
    for cases in _case_scope:
        referred = FileReference.objects.filter(digest=OuterRef("pk"), case__in=cases(viewer))
        scope |= Q(Exists(referred))
    return StoredFile.objects.filter(scope)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file to which a case refers, and the number of the entry in the case's chain that brought it in."""

    digest: str
    name: str
    size: int
    entry: int


def files_of_case(viewer: ActingPost, case_id: int) -> list[FileLine]:
    """The files to which a case refers that the viewer may read, in the order in which they came: two queries."""
    entries = dict(FileReference.objects.filter(case=case_id).values_list("digest", "entry"))
    if not entries:
        return []
    found = files_visible(viewer).filter(digest__in=list(entries)).values_list("digest", "name", "size")
    lines = [FileLine(digest, name, size, number_of(entries[digest])) for digest, name, size in found]
    return sorted(lines, key=lambda line: (line.entry, line.digest))


def file_visible(viewer: ActingPost, digest: str) -> StoredFile:
    """One file, or NotFound: it does not exist, or not for this viewer."""
    found = files_visible(viewer).filter(digest=digest).first() if DIGEST.fullmatch(digest) else None
    if found is None:
        raise NotFound([Finding("not_found", "4", {"subject": digest[:64]})])
    return found
