"""Check a case file without the system that made it: every byte, every digest, every entry, every link of the chain. No Django here.

Faults name the member. Nothing is believed because the package says so twice: the manifest holds the digests of all members and its own;
entries are hashed again from their fields, what is opened of them from salt and text; the links of the chain are followed from the first
entry of the case to the last, over those of other cases, of which the package holds hashes alone.
"""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Final

from dutygate.features.casefile.agreement import CASE, CHAIN, ENTRIES, SCANS, contents
from dutygate.features.casefile.faults import PACKAGE, Checked, Listed, Members
from dutygate.features.casefile.packing import FORMAT, MANIFEST, central_header, end_record, local_header
from dutygate.law.regulation.canonical import canonical, digest_of_bytes

NEEDED: Final = ("index.html", CASE, ENTRIES, CHAIN)
LARGEST_LIST: Final = 256 * 1024 * 1024
"""Bytes of a member that is read as a whole to be understood; beyond it somebody wants to fill a memory."""
# What ``zipfile`` raises for bytes that were changed: a compression that nobody wrote is NotImplementedError, encryption RuntimeError.
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
)
_HEADER: Final = 30


def check(path: Path, heads: list[str] | None = None) -> Checked:
    """Check the package; ``heads`` are lines ``chain:number:hash`` printed elsewhere. Raises OSError when there is no such file."""
    done = Checked()
    with path.open("rb") as file:
        members = _members(file, done)
        if members is None:
            return done
        if not done.faults:
            _layout(file, members.listed, done)
    if not done.faults:
        contents(members, done, heads or [])
    return done


def _members(file: BinaryIO, done: Checked) -> Members | None:
    """Every member against the manifest, by its name."""
    try:
        package = zipfile.ZipFile(file)
    except _UNREADABLE:
        _from_the_front(file, done)
        return None
    names = [info.filename for info in package.infolist()]
    for name in sorted({name for name in names if names.count(name) > 1}):
        done.fault(name, "is there more than once")
    data = _read(package, MANIFEST, done, LARGEST_LIST)
    manifest = None if data is None else _manifest(data, done)
    if data is None or manifest is None:
        return None
    listed = [Listed(MANIFEST, len(data), digest_of_bytes(data)), *(Listed(m["name"], m["size"], m["sm3"]) for m in manifest["members"])]
    known = {one.name for one in listed}
    for name in NEEDED:
        if name not in known:
            done.fault(name, "is not listed in the manifest")
    kept = {}
    for one in listed[1:]:
        if one.name not in names:
            done.fault(one.name, "is missing")
            continue
        found = _read(package, one.name, done, one.size)
        if found is not None and digest_of_bytes(found) != one.digest:
            done.fault(one.name, "was changed: its bytes do not have the digest in the manifest")
        elif found is not None and not one.name.startswith(SCANS):
            kept[one.name] = found
    for name in names:
        if name not in known:
            done.fault(name, "does not belong to the package")
    done.members = len(listed)
    return Members(listed, manifest, kept)


def _read(package: zipfile.ZipFile, name: str, done: Checked, limit: int) -> bytes | None:
    try:
        info = package.getinfo(name)
    except KeyError:
        done.fault(name, "is missing")
        return None
    try:
        if info.compress_type != zipfile.ZIP_STORED or info.file_size > limit:
            done.fault(name, "was packed in another way, or is longer than the manifest says")
            return None
        return package.read(info)
    except _UNREADABLE:
        done.fault(name, "was changed: it cannot be read")
        return None


def _manifest(data: bytes, done: Checked) -> dict[str, Any] | None:
    """The manifest, if it is whole: canonical, and with its own digest."""
    try:
        said = json.loads(data)
        rest = {name: value for name, value in said.items() if name != "sm3"}
        if canonical(said) != data or digest_of_bytes(canonical(rest)) != said["sm3"]:
            raise ValueError("its own digest")
        if said["format"] != FORMAT:
            done.fault(MANIFEST, f"has format {said['format']}, which this program does not know")
            return None
        for row in said["members"]:
            if not (isinstance(row["name"], str) and isinstance(row["size"], int) and isinstance(row["sm3"], str)):
                raise ValueError("a row")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        done.fault(MANIFEST, "was changed: it does not have its own digest")
        return None
    return dict(said)


def _from_the_front(file: BinaryIO, done: Checked) -> None:
    """The directory at the end cannot be read: walk from the front, and say where it stops being what was packed."""
    file.seek(0)
    header = file.read(_HEADER)
    name = file.read(len(MANIFEST))
    if header[:4] != b"PK\x03\x04" or name != MANIFEST.encode():
        done.fault(PACKAGE, "is no case file, or its beginning was changed")
        return
    size = min(int.from_bytes(header[22:26], "little"), LARGEST_LIST)
    data = file.read(size)
    manifest = _manifest(data, done)
    if manifest is None:
        return
    listed = [Listed(MANIFEST, size, digest_of_bytes(data)), *(Listed(m["name"], m["size"], m["sm3"]) for m in manifest["members"])]
    _layout(file, listed, done)
    if not done.faults:
        done.fault(PACKAGE, "the directory at its end was changed")


def _layout(file: BinaryIO, listed: list[Listed], done: Checked) -> None:
    """Every byte of the package in its place; stops at the first that is not, since all that follows may be shifted."""
    file.seek(0)
    directory: list[tuple[str, bytes]] = []
    offset = 0
    for one in listed:
        header = file.read(_HEADER + len(one.name.encode()))
        data = file.read(one.size)
        crc = zlib.crc32(data)
        if digest_of_bytes(data) != one.digest:
            done.fault(one.name, "was changed: its bytes do not have the digest in the manifest")
            return
        if header != local_header(one.name, one.size, crc):
            done.fault(one.name, "its heading in the package was changed")
            return
        directory.append((one.name, central_header(one.name, one.size, crc, offset)))
        offset += len(header) + one.size
    length = 0
    for name, line in directory:
        if file.read(len(line)) != line:
            done.fault(name, "its line in the package's directory was changed")
            return
        length += len(line)
    if file.read() != end_record(len(directory), length, offset):
        done.fault(PACKAGE, "its end was changed")
