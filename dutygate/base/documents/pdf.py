"""PDF: whole, not encrypted, and with nothing in it that runs, starts a program or carries another file.

Names may be written with #-escapes and hidden in packed object streams, so both are undone before looking. What lies in other
streams (pictures, fonts, page contents) is not looked at: no reader takes actions from there.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from dutygate.base.documents.refusal import FileNotAccepted

_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia(?:Content|Settings)?|XFA|GoToE|Movie|Sound|ImportData)(?![A-Za-z0-9])"
)
_ACTIVE_ANYWHERE: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|ImportData)(?![A-Za-z0-9])")
_ENCRYPT: Final = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT_STREAM: Final = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
_FLATE: Final = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*(?:\]|/|>)")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_DICTIONARY: Final = 2048
LARGEST_OBJECT_STREAM: Final = 16 * 1024 * 1024
LARGEST_TOGETHER: Final = 64 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Raises FileNotAccepted."""
    if not re.match(rb"%PDF-[12]\.\d", data) or b"%%EOF" not in data[-2048:] or b"startxref" not in data[-4096:]:
        raise FileNotAccepted("damaged")
    # Long names do not come about by chance, not even in 20 MiB of pictures; short ones are looked for outside streams only.
    plain = _unescaped(data)
    if _ACTIVE_ANYWHERE.search(plain):
        raise FileNotAccepted("active_content")
    for part in _outside_streams(data):
        _check_part(part)
    packed = 0
    together = 0
    for part in _object_streams(data):
        _check_part(part)
        packed += 1
        together += len(part)
        if together > LARGEST_TOGETHER:
            raise FileNotAccepted("unpacks_too_large")
    if packed != len(_OBJECT_STREAM.findall(plain)):
        raise FileNotAccepted("damaged", "an object stream is not where it should be")


def _check_part(part: bytes) -> None:
    plain = _unescaped(part)
    if _ENCRYPT.search(plain):
        raise FileNotAccepted("encrypted")
    if _ACTIVE.search(plain):
        raise FileNotAccepted("active_content")


def _unescaped(data: bytes) -> bytes:
    return _ESCAPE.sub(lambda match: bytes([int(match.group(1), 16)]), data) if b"#" in data else data


def _outside_streams(data: bytes) -> Iterator[bytes]:
    place = 0
    while (found := _STREAM.search(data, place)) is not None:
        yield data[place : found.start()]
        end = data.find(b"endstream", found.end())
        if end < 0:
            raise FileNotAccepted("damaged", "a stream does not end")
        place = end + len(b"endstream")
    yield data[place:]


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The object streams in plain bytes."""
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        before = _unescaped(data[max(0, found.start() - _DICTIONARY) : found.start()])
        dictionary = before[max(before.rfind(b" obj"), 0) :]
        if _OBJECT_STREAM.search(dictionary):
            yield _unpack(dictionary, view[found.end() :])


def _unpack(dictionary: bytes, packed: memoryview) -> bytes:
    """An object stream in plain bytes. Only what every writer of PDF does is understood; the rest is refused."""
    if b"/DecodeParms" in dictionary or b"/DP" in dictionary or not _FLATE.search(dictionary):
        raise FileNotAccepted("damaged", "an object stream is packed in an unusual way")
    inflate = zlib.decompressobj()
    try:
        plain = inflate.decompress(packed, LARGEST_OBJECT_STREAM)
    except zlib.error:
        raise FileNotAccepted("damaged", "an object stream cannot be unpacked") from None
    if not inflate.eof:
        raise FileNotAccepted("unpacks_too_large")
    return plain
