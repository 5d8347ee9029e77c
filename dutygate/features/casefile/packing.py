"""The bytes of a case file: a plain zip without compression and without times, so that the same contents are the same bytes everywhere.

Written here and not by ``zipfile``, whose headers differ from one Python to the next: a checker that knows every byte of the layout can
say of each changed byte to which member it belongs. No Django here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO, Final

from dutygate.law.regulation.canonical import canonical, digest_of_bytes

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
LARGEST: Final = 0xFFFFFFFF
"""Bytes of a whole package; beyond them the plain form of a zip ends."""
MOST: Final = 0xFFFF
_UTF8: Final = 0x0800
_DAY: Final = 0x0021
"""1 January 1980, the first day that a zip knows: no member says when it was packed."""
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")


class TooLarge(Exception):
    """A case of more than 4 GiB, or of more than 65,535 members, does not fit into one package."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its bytes are read when their turn comes, since scans may be large. ``digest``: SM3 of the bytes."""

    name: str
    size: int
    digest: str
    read: Callable[[], bytes]

    @classmethod
    def of(cls, name: str, data: bytes) -> Member:
        """A member whose bytes are there already."""
        return cls(name, len(data), digest_of_bytes(data), lambda: data)


def manifest_of(members: Iterable[Member], about: dict[str, object]) -> Member:
    """The first member: every other one with size and digest, and its own digest over all the rest of it."""
    rows = [{"name": m.name, "size": m.size, "sm3": m.digest} for m in members]
    said = {"format": FORMAT, **about, "members": rows}
    return Member.of(MANIFEST, canonical({**said, "sm3": digest_of_bytes(canonical(said))}))


def local_header(name: str, size: int, crc: int) -> bytes:
    """What stands before a member's bytes."""
    plain = name.encode()
    return _LOCAL.pack(b"PK\x03\x04", 20, _UTF8, 0, 0, _DAY, crc, size, size, len(plain), 0) + plain


def central_header(name: str, size: int, crc: int, offset: int) -> bytes:
    """A member's line in the directory at the end."""
    plain = name.encode()
    return (
        _CENTRAL.pack(b"PK\x01\x02", 0x0314, 20, _UTF8, 0, 0, _DAY, crc, size, size, len(plain), 0, 0, 0, 0, 0o100644 << 16, offset) + plain
    )


def end_record(count: int, size: int, offset: int) -> bytes:
    """What closes the file."""
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def pack(members: Iterable[Member], into: BinaryIO) -> None:
    """Write the package. Raises TooLarge, and ValueError when a member's bytes are not those that were listed."""
    offset, directory = 0, []
    for member in members:
        data = member.read()
        if len(data) != member.size or digest_of_bytes(data) != member.digest:
            raise ValueError(f"{member.name} changed while it was packed")
        crc = zlib.crc32(data)
        header = local_header(member.name, member.size, crc)
        directory.append(central_header(member.name, member.size, crc, offset))
        offset += len(header) + len(data)
        if offset > LARGEST or len(directory) > MOST:
            raise TooLarge
        into.write(header)
        into.write(data)
    lines = b"".join(directory)
    into.write(lines)
    into.write(end_record(len(directory), len(lines), offset))
