"""What the law was seen to do in one test, and the file that keeps it between runs."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Seen:
    """Rules that found something, actions that were permitted, actions that were refused."""

    rules: set[str] = field(default_factory=set)
    permitted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.rules or self.permitted or self.refused)

    @property
    def breadth(self) -> int:
        """How much happened: the narrower a test, the more it shows about each thing in it."""
        return len(self.rules) + len(self.permitted | self.refused)

    def as_plain(self) -> dict[str, list[str]]:
        return {name: sorted(getattr(self, name)) for name in ("rules", "permitted", "refused")}

    @classmethod
    def from_plain(cls, plain: Mapping[str, list[str]]) -> Seen:
        return cls(set(plain["rules"]), set(plain["permitted"]), set(plain["refused"]))


def load(file: Path) -> dict[str, Seen]:
    """By test id, parameters included; empty if there is no file."""
    if not file.is_file():
        return {}
    return {test: Seen.from_plain(plain) for test, plain in json.loads(file.read_text(encoding="utf-8")).items()}


def merge(file: Path, seen: Mapping[str, Seen]) -> None:
    """Replace what is known of these tests. Safe beside other runs in the same folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with (file.parent / f"{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = load(file) | dict(seen)
        plain = {test: known[test].as_plain() for test in sorted(known)}
        new = file.with_name(f"{file.name}.{os.getpid()}")
        new.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
        new.replace(file)
