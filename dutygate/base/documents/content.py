"""What a file is, by its bytes (never by its name): PDF, PNG, JPEG, Word and Excel without macros."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dutygate.base.documents.images import check_jpeg, check_png
from dutygate.base.documents.office import OfficeKind, check_office
from dutygate.base.documents.pdf import check_pdf
from dutygate.base.documents.refusal import FileNotAccepted

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
SUFFIX: Final = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", OfficeKind.DOCX.value: ".docx", OfficeKind.XLSX.value: ".xlsx"}
_PLAIN: Final[tuple[tuple[bytes, str, Callable[[bytes], None]], ...]] = (
    (b"%PDF-", PDF, check_pdf),
    (b"\x89PNG\r\n\x1a\n", PNG, check_png),
    (b"\xff\xd8\xff", JPEG, check_jpeg),
)


def media_type_of(data: bytes) -> str:
    """The media type of a whole file. Raises FileNotAccepted when it is none of ours, damaged, or could do something by itself."""
    if not data:
        raise FileNotAccepted("empty")
    for magic, media_type, check in _PLAIN:
        if data.startswith(magic):
            check(data)
            return media_type
    if data.startswith(b"PK\x03\x04"):
        return check_office(data).value
    raise FileNotAccepted("type_not_accepted")
