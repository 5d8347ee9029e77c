"""附件: taken in for whoever brings them, handed out to whose side they belong; no name is kept, and none is told."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.utils.translation import gettext

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.storage import Opened, keep_apart, open_apart
from dutygate.features.supervision.models import BroughtFile
from dutygate.features.supervision.queries import Here, file_digest


def take_in(viewer: ActingPost, stream: BinaryIO, now: datetime) -> str:
    """Keep what was brought; its digest. Raises NotAllowed and FileNotAccepted."""
    digest = keep_apart(viewer, stream)
    assert viewer.user_id is not None  # keep_apart takes nothing from anybody else
    BroughtFile.objects.get_or_create(digest=digest, user_id=viewer.user_id, defaults={"brought_at": now})
    return digest


def kept_nameless(viewer: ActingPost, stream: BinaryIO, now: datetime) -> tuple[str, str]:
    """For a form: the digest of what was brought, and what the form says of it when it comes back. Raises as ``take_in``."""
    return take_in(viewer, stream, now), gettext("已收到一个附件")


def hand_out(viewer: ActingPost, place: Here, public_id: str, number: int) -> Opened:
    """One file of a report, under a name that says nothing. Raises NotFound and FileDamaged."""
    return open_apart(file_digest(viewer, place, public_id, number), gettext("附件 %(number)s") % {"number": number})
