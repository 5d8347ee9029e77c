"""PNG and JPEG: their headers are read, their pictures never unpacked."""

from __future__ import annotations

import struct
from typing import Final

from dutygate.base.documents.refusal import FileNotAccepted

LONGEST_SIDE: Final = 20_000
MOST_PIXELS: Final = 120_000_000
_PNG_DEPTHS: Final = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE: Final = frozenset(range(0xD0, 0xD8)) | {0x01}


def check_png(data: bytes) -> None:
    """Header first, end mark last, nothing after it. Raises FileNotAccepted."""
    if len(data) < 57 or data[8:16] != b"\x00\x00\x00\x0dIHDR":
        raise FileNotAccepted("damaged")
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    if depth not in _PNG_DEPTHS.get(colour, ()):
        raise FileNotAccepted("damaged")
    _check_size(width, height)
    place, last = 8, b""
    while place + 12 <= len(data) and last != b"IEND":
        (length,) = struct.unpack(">I", data[place : place + 4])
        last = data[place + 4 : place + 8]
        place += 12 + length
    if last != b"IEND" or place != len(data):
        raise FileNotAccepted("damaged", "the picture does not end where it says")


def check_jpeg(data: bytes) -> None:
    """A frame header before the first scan, and the end mark at the end. Raises FileNotAccepted."""
    if not data.rstrip(b"\x00").endswith(b"\xff\xd9"):
        raise FileNotAccepted("damaged", "the picture does not end where it should")
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            break
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _JPEG_ALONE:
            place += 2
            continue
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        if marker in _JPEG_FRAMES and length >= 8 and place + 9 <= len(data):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            _check_size(width, height)
            return
        if length < 2 or marker in (0xDA, 0xD9):
            break
        place += 2 + length
    raise FileNotAccepted("damaged", "no frame header")


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise FileNotAccepted("damaged")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise FileNotAccepted("picture_too_large", f"{width} x {height}")
