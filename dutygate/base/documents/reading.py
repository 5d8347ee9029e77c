"""What a paper says: the text of a Word file or a PDF that somebody brings, read in memory and kept nowhere."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, Final

import docx

from dutygate.base.documents.content import PDF, media_type_of
from dutygate.base.documents.office import OfficeKind
from dutygate.base.documents.pdf_text import MOST, pdf_text
from dutygate.base.documents.refusal import FileNotAccepted
from dutygate.base.documents.storage import LARGEST

LEAST: Final = 4
"""A paper whose text is shorter than so many characters is a picture of one."""


def text_of_file(stream: BinaryIO) -> str:
    """The text of a docx or PDF, checked as uploads are. Raises FileNotAccepted: also ``no_text`` for a scan."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileNotAccepted("too_large", f"more than {LARGEST} bytes")
    kind = media_type_of(data)
    if kind == PDF:
        text = pdf_text(data)
    elif kind == OfficeKind.DOCX.value:
        text = _docx_text(data)
    else:
        raise FileNotAccepted("type_not_accepted")
    if len("".join(text.split())) < LEAST:
        raise FileNotAccepted("no_text")
    return text


def _docx_text(data: bytes) -> str:
    """Paragraphs and cells, in the order in which they stand."""
    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except Exception:
        raise FileNotAccepted("damaged") from None
    lines = ("".join(_letters(paragraph)) for paragraph in body.iter() if _is(paragraph, "p"))
    return "\n".join(line for line in lines if line.strip()).strip()[:MOST]


def _letters(paragraph: Any) -> list[str]:
    found = []
    for piece in paragraph.iter():
        if _is(piece, "t"):
            found.append(piece.text or "")
        elif _is(piece, "tab"):
            found.append(" ")
        elif _is(piece, "br"):
            found.append("\n")
    return found


def _is(piece: Any, name: str) -> bool:
    return isinstance(piece.tag, str) and piece.tag.endswith("}" + name)
