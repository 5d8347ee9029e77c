"""Keeping files: by the digest of their bytes, under MEDIA_ROOT/ab/cdef…, whole or not at all."""

from __future__ import annotations

import logging
import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotAllowed
from dutygate.base.documents.content import SUFFIX, media_type_of
from dutygate.base.documents.models import StoredFile, Upload
from dutygate.base.documents.queries import CONTENT_POSTS, file_visible
from dutygate.base.documents.refusal import FileDamaged, FileNotAccepted
from dutygate.base.documents.sheets import CSV, table_type_of
from dutygate.law.regulation.canonical import digest_of_bytes
from dutygate.law.rules import Finding

LARGEST: Final = 20 * 1024 * 1024
LINES: Final = "application/x-ndjson"
"""Lines that the program itself keeps; nobody brings them."""
_log = logging.getLogger(__name__)
KEPT_SUFFIX: Final = {**SUFFIX, CSV: ".csv", LINES: ".ndjson"}
_SUFFIX: Final = re.compile(r"\.(?:pdf|png|jpe?g|docx?|xlsx?|csv|txt)$", re.IGNORECASE)
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f]')


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept file with its bytes, which have been checked against the digest."""

    digest: str
    name: str
    media_type: str
    data: bytes


def store(viewer: ActingPost, name: str, stream: BinaryIO, now: datetime) -> StoredFile:
    """Take a file in. The same bytes again are the same file. Raises NotAllowed for administrators, and FileNotAccepted."""
    _content_post(viewer, "POST /files")
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileNotAccepted("too_large", f"more than {LARGEST} bytes")
    return keep(viewer, name, data, media_type_of(data), now)


def store_table(viewer: ActingPost, name: str, stream: BinaryIO, now: datetime) -> StoredFile:
    """Take in a table to be read: a workbook, or text with separators. Raises NotAllowed for administrators, and FileNotAccepted."""
    _content_post(viewer, "POST /lists/imports")
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileNotAccepted("too_large", f"more than {LARGEST} bytes")
    return keep(viewer, name, data, table_type_of(data), now)


def keep(viewer: ActingPost, name: str, data: bytes, media_type: str, now: datetime) -> StoredFile:
    """Keep bytes whose type is known, for who brought or made them. The same bytes again are the same file."""
    assert viewer.user_id is not None and viewer.unit_id is not None
    digest = digest_of_bytes(data)
    shown = clean_name(name, KEPT_SUFFIX[media_type])
    _write(digest, data)
    row, _made = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={"size": len(data), "media_type": media_type, "name": shown, "uploaded_by": viewer.user_id, "uploaded_at": now},
    )
    Upload.objects.get_or_create(file=row, user_id=viewer.user_id, unit_id=viewer.unit_id, defaults={"name": shown, "uploaded_at": now})
    return row


def _content_post(viewer: ActingPost, what: str) -> None:
    if viewer.kind not in CONTENT_POSTS or viewer.user_id is None or viewer.unit_id is None:
        raise NotAllowed([Finding("not_your_role", "4", {"action": what, "by": list(CONTENT_POSTS)})])


def open_file(viewer: ActingPost, digest: str) -> Opened:
    """The file, if the viewer may read it. Raises NotFound, and FileDamaged when its bytes are no longer those that were stored."""
    return _opened(file_visible(viewer, digest))


def _opened(row: StoredFile) -> Opened:
    try:
        data = path_of(row.digest).read_bytes()
    except FileNotFoundError:
        data = b""
    if digest_of_bytes(data) != row.digest:
        _log.error("file %s is damaged: its bytes do not have its digest", row.digest)
        raise FileDamaged(row.digest)
    return Opened(row.digest, row.name, row.media_type, data)


def clean_name(name: str, suffix: str) -> str:
    """A name without folders, control and direction marks, with the suffix of what the file really is; at most 120 characters."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    text = _UNSAFE.sub("_", text).strip(" .")
    return (_SUFFIX.sub("", text).strip(" .")[: 120 - len(suffix)] or "file") + suffix


def path_of(digest: str) -> Path:
    """Where a file is kept."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:]


def _write(digest: str, data: bytes) -> None:
    """Written beside its place, forced to the disk, and put there in one step; a damaged copy is replaced."""
    place = path_of(digest)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def keep_made(name: str, data: bytes, media_type: str, now: datetime) -> StoredFile:
    """Keep a file that the program made itself: nobody brought it, so nobody may read it but through what refers to it."""
    digest = digest_of_bytes(data)
    _write(digest, data)
    given = {"size": len(data), "media_type": media_type, "name": clean_name(name, KEPT_SUFFIX[media_type]), "uploaded_at": now}
    row, _made = StoredFile.objects.get_or_create(digest=digest, defaults={**given, "uploaded_by": None})
    return row


def keep_apart(viewer: ActingPost, stream: BinaryIO) -> str:
    """Take in a file of which nothing is told but to who may see what it belongs to: no name is kept, and no row says that it came.

    Returns the digest of its bytes. Raises NotAllowed for administrators, and FileNotAccepted.
    """
    _content_post(viewer, "POST /files")
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileNotAccepted("too_large", f"more than {LARGEST} bytes")
    media_type_of(data)
    digest = digest_of_bytes(data)
    _write(digest, data)
    return digest


def keep_made_apart(data: bytes) -> str:
    """Keep a file that the program made itself, of which no row and no name tells; the digest of its bytes."""
    digest = digest_of_bytes(data)
    _write(digest, data)
    return digest


def open_apart(digest: str, name: str) -> Opened:
    """Such a file under a name of ours, for which the caller has shown that it may be read. Raises FileDamaged."""
    data = kept_bytes(digest)
    if data is None:
        _log.error("a file is damaged or gone")
        raise FileDamaged(digest)
    media_type = media_type_of(data)
    return Opened(digest, f"{name}{KEPT_SUFFIX[media_type]}", media_type, data)


def open_kept(digest: str) -> Opened | None:
    """A file for which the caller has shown that it may be read (what refers to it may be); None when there is none.

    Raises FileDamaged when its bytes are no longer those that were stored.
    """
    row = StoredFile.objects.filter(digest=digest).first()
    return None if row is None else _opened(row)


def kept_bytes(digest: str) -> bytes | None:
    """The bytes kept under a digest, None when they are not here or no longer have it. A replay, which has no table of files, asks here."""
    try:
        data = path_of(digest).read_bytes()
    except OSError:
        return None
    return data if digest_of_bytes(data) == digest else None
