"""What goes into a case file: for whom it is made decides what is in it, in the same way as on the pages (decision 0025)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO, Any, BinaryIO, Final, cast

from django.utils import translation

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.queries import FileLine, files_of_case
from dutygate.base.documents.storage import open_file
from dutygate.base.register.chains import edition_by_digest
from dutygate.base.register.hashing import as_hashed, format_of
from dutygate.base.register.queries import EntryLine, entries_about, links_between, may_read_register, openings_of, public_fields
from dutygate.features.casefile.agreement import CASE, CHAIN, EDITIONS, ENTRIES, SCANS
from dutygate.features.casefile.packing import Member, manifest_of, pack
from dutygate.features.casefile.reading import index_page
from dutygate.features.cases.acts import CaseScene, case_scene
from dutygate.features.cases.queries import seats_now
from dutygate.features.cases.section import entry_is_hidden
from dutygate.features.cases.sections import Reading, sections_of
from dutygate.features.cases.showing import HEAD, LINE, reading_of
from dutygate.features.cases.succession import own_units

_LANGUAGES: Final = (("zh-hans", "zh", "index.html"), ("en", "en", "index.en.html"))
_TRIES: Final = 3
INSIDE: Final = frozenset({"case.circulate", "case.mark_read", "signature.prepare", "signature.return"})
"""Reading inside a unit (decision 0026), and what is prepared there before anybody has signed it (decision 0033)."""
IN_MEMORY: Final = 8 * 1024 * 1024
"""Bytes of a package up to which it is not written to the disk on its way."""


class Moving(Exception):
    """Somebody acts on the case all the while; a file of two moments would be none."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan with the place that it has in the package."""

    line: FileLine
    member: str


def write_case_file(viewer: ActingPost, number: str, now: datetime, into: BinaryIO) -> None:
    """The whole package into a file. The same state of the case is the same bytes for the same viewer.

    Raises NotFound, Moving, FileDamaged (a scan is no longer what was stored), and TooLarge.
    """
    for _try in range(_TRIES):
        reading = reading_of(viewer, number, now)
        last = _lines(viewer, reading)[-1].seq
        members = members_of(viewer, number, now)
        if _lines(viewer, reading)[-1].seq == last:
            pack(members, into)
            return
    raise Moving


def package_of(viewer: ActingPost, number: str, now: datetime) -> IO[bytes]:
    """The package as an open file at its beginning, for whoever hands it out; it closes it. Raises as ``write_case_file``."""
    package = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it is handed on
    try:
        write_case_file(viewer, number, now, cast(BinaryIO, package))
    except BaseException:
        package.close()
        raise
    package.seek(0)
    return cast(IO[bytes], package)


def members_of(viewer: ActingPost, number: str, now: datetime) -> list[Member]:
    """Every member, the manifest first. Raises NotFound.

    Days left, names of units and the like are those of the day of the last entry, so that nothing depends on when the file is made.
    """
    every = _lines(viewer, reading_of(viewer, number, now))
    moment = every[-1].recorded_at
    reading = reading_of(viewer, number, moment)
    shown = [line for line in every if not entry_is_hidden(line, viewer, reading)]
    scans = _scans(viewer, reading, {line.seq for line in shown})
    opened = _opened(viewer, reading, shown)
    proof = _proof(viewer, reading, shown, opened)
    others = [
        *_editions(shown),
        *(Member(scan.member, scan.line.size, scan.line.digest, _bytes_of(viewer, scan.line.digest)) for scan in scans),
    ]
    seen_by = _seen_by(viewer, reading)
    case = _json(
        {
            "case": {name: getattr(reading.case, name) for name in (*LINE, *HEAD)},
            "jurisdiction": {"code": reading.directory.jurisdiction.code},
            "initiator": reading.unit(reading.case.initiator_id),
            "seen_by": seen_by,
            "as_of": moment,
            "sections": sections_of(viewer, reading),
            "scans": [
                {"member": s.member, "name": s.line.name, "size": s.line.size, "sm3": s.line.digest, "entry": s.line.entry} for s in scans
            ],
        }
    )
    listed = [Member.of(CASE, case), *proof, *others]
    pages = []
    for language, lang, name in _LANGUAGES:
        with translation.override(language):
            scene: CaseScene = replace(case_scene(viewer, number, moment, lang), on_screen=False)
            page = index_page(scene, shown=shown, opened=opened.keys(), scans=scans, listed=listed, seen_by=seen_by["unit"])
        pages.append(Member.of(name, page.encode()))
    members = [*pages, *listed]
    return [manifest_of(members, {"case": number}), *members]


def _lines(viewer: ActingPost, reading: Reading) -> list[EntryLine]:
    return entries_about(viewer, reading.case.number, reading.directory.jurisdiction.code)


def _scans(viewer: ActingPost, reading: Reading, shown: Collection[int]) -> list[Scan]:
    """As on the page of a case: of files that came with an entry that the viewer may see."""
    lines = [line for line in files_of_case(viewer, reading.case.id) if line.entry in shown]
    return [Scan(line, f"{SCANS}{place:04d}-{line.name}") for place, line in enumerate(lines, start=1)]


def _bytes_of(viewer: ActingPost, digest: str) -> Any:
    return lambda: open_file(viewer, digest).data


def _opened(viewer: ActingPost, reading: Reading, shown: list[EntryLine]) -> dict[int, tuple[str, str]]:
    """Number -> (salt, sealed text) of the entries whose payload may leave: all for the lead and the system, else those that the viewer's
    own unit made or for which they were made. A refusal told to a township may speak of others, and stays here; what a unit read inside
    itself leaves with that unit alone.
    """
    own = own_units(viewer, reading.case)
    every = viewer.kind == "system" or may_read_register(viewer, seats_now(viewer, reading.directory))
    township = viewer.unit_kind == "township"

    def leaves(line: EntryLine) -> bool:
        mine = line.unit_id in own or line.entered_for in own
        return (every and line.action not in INSIDE) or (mine and not (township and line.outcome == "refused"))

    numbers = [line.seq for line in shown if leaves(line)]
    found = openings_of(viewer, reading.directory.jurisdiction.code, numbers)
    return {number: opening for number, opening in found.items() if opening[1]}


def _proof(viewer: ActingPost, reading: Reading, shown: list[EntryLine], opened: Mapping[int, tuple[str, str]]) -> list[Member]:
    """The entries with the fields that their hashes cover, and every link from the first to the last."""
    chain = reading.directory.jurisdiction.code
    entries = []
    for line in shown:
        fields = public_fields(chain, line)
        salt, sealed = opened.get(line.seq, (None, None))
        entries.append(
            {
                "fields": {name: as_hashed(value) for name, value in fields.items() if name != "chain"},
                "format": format_of(fields, line.hash),
                "hash": line.hash,
                "salt": salt,
                "sealed": sealed,
            }
        )
    links = links_between(viewer, chain, shown[0].seq, shown[-1].seq) if shown else ()
    text = "".join(f"{link.seq} {link.format} {link.hash} {link.body}".rstrip() + "\n" for link in links)
    return [Member.of(ENTRIES, _json({"chain": chain, "entries": entries})), Member.of(CHAIN, text.encode())]


def _editions(shown: list[EntryLine]) -> list[Member]:
    digests = sorted({line.edition for line in shown if line.edition})
    return [Member.of(f"{EDITIONS}{digest}.json", edition_by_digest(digest).canonical()) for digest in digests]


def _seen_by(viewer: ActingPost, reading: Reading) -> dict[str, Any]:
    """In whose eyes: a unit, not a person, since everybody of a unit reads the same."""
    unit = reading.unit(viewer.unit_id) or {"key": "", "name": "dutygate"}
    if not unit["name"]:
        unit = {"key": viewer.unit, "name": viewer.unit}
    return {"unit": unit}


def _json(value: Any) -> bytes:
    """Plain JSON in lines that a person can read, the same for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=_plain) + "\n").encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return str(as_hashed(value))
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a case file")


def file_name(number: str) -> str:
    """How the package is called when it is handed out."""
    return f"{number}.zip"
