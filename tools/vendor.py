"""Brings the few browser files that the pages need from the npm registry into the repository: ``python tools/vendor.py``.

Run by a developer who has npm, after a change of VENDORED; never at install or run time. Each package gets a folder
``<name>-<version>`` with a VENDOR.json (name, version, licence, sha256 of every file), which a test hashes again. Icons are
put together into one sprite, only those that a template uses.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "dutygate" / "base" / "ui" / "static" / "vendor"
TESTS = ROOT / "tests" / "vendor"


@dataclass(frozen=True)
class Wanted:
    """One package of the npm registry, and which of its files go where."""

    package: str
    version: str
    place: Path
    files: tuple[str, ...] = ()
    icons: tuple[str, ...] = field(default=())

    @property
    def folder(self) -> Path:
        return self.place / f"{self.package.strip('@').replace('/', '-')}-{self.version}"


ICONS = (
    "alert-triangle", "arrow-back-up", "arrow-right", "books", "building", "calendar", "check", "checklist", "circle-check",
    "clipboard-list", "clock", "file-text", "gavel", "help", "home", "list-details", "lock", "logout", "mail", "paperclip", "pencil",
    "plus", "printer", "search", "shield-check", "rubber-stamp", "adjustments", "eye", "history", "user", "users", "x",
)  # fmt: skip
VENDORED = (
    Wanted("@tabler/core", "1.6.1", PAGES, ("dist/css/tabler.min.css",)),
    Wanted("@tabler/icons", "3.52.0", PAGES, ("LICENSE",), ICONS),
    Wanted("htmx.org", "2.0.10", PAGES, ("dist/htmx.min.js", "LICENSE")),
    Wanted("axe-core", "4.14.1", TESTS, ("axe.min.js", "LICENSE")),
)


def _unpack(wanted: Wanted, into: Path) -> Path:
    done = subprocess.run(  # noqa: S603
        ["npm", "pack", "--silent", f"{wanted.package}@{wanted.version}"],  # noqa: S607
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(into / done.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(into, filter="data")
    return into / "package"


def _sprite(package: Path, names: tuple[str, ...]) -> str:
    symbols = []
    for name in names:
        text = (package / "icons" / "outline" / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", text, flags=re.DOTALL)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def bring(wanted: Wanted) -> None:
    """Copy the files, write VENDOR.json."""
    with tempfile.TemporaryDirectory() as folder:
        package = _unpack(wanted, Path(folder))
        licence = str(json.loads((package / "package.json").read_text(encoding="utf-8"))["license"])
        wanted.folder.mkdir(parents=True, exist_ok=True)
        for name in wanted.files:
            text = (package / name).read_bytes()
            # A map that is not shipped would be asked for by every open developer console.
            text = re.sub(rb"\n?/\*# sourceMappingURL=[^*]*\*/\s*$", b"\n", text)
            (wanted.folder / Path(name).name).write_bytes(text)
        if wanted.icons:
            (wanted.folder / "icons.svg").write_text(_sprite(package, wanted.icons), encoding="utf-8")
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(wanted.folder.iterdir()) if p.name != "VENDOR.json"}
    about = {"name": wanted.package, "version": wanted.version, "licence": licence, "sha256": files}
    (wanted.folder / "VENDOR.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(wanted.folder.relative_to(ROOT), ", ".join(files))


if __name__ == "__main__":
    for one in VENDORED:
        if len(sys.argv) == 1 or one.package in sys.argv[1:]:
            bring(one)
