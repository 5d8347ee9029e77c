"""Who takes part: this program, and the peers whose folder and packages are there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.databases import Place

REPOSITORY: Final = Path(__file__).resolve().parent.parent
OURS: Final = "dutygate"


class Failed(SystemExit):
    """A process of the bench ended badly; its last lines say why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer: its module in the peers' folder, its mode, and the package it stands on."""

    name: str
    module: str
    mode: str
    package: str
    databases: tuple[str, ...] = ("sqlite", "pg")


PEERS: Final = (
    Peer("hand-written SQL", "peer_sql", "", "psycopg"),
    Peer("plain ORM", "peer_orm", "", "django"),
    Peer("tuned ORM", "peer_orm", "tuned", "django"),
    Peer("SpiffWorkflow, rows", "peer_spiff", "rows", "SpiffWorkflow"),
    Peer("SpiffWorkflow, blob", "peer_spiff", "blob", "SpiffWorkflow"),
    Peer("Viewflow", "peer_viewflow", "", "viewflow"),
)
HAND, TUNED, VIEWFLOW = PEERS[0].name, PEERS[2].name, PEERS[5].name
SPIFF = tuple(peer.name for peer in PEERS if peer.module == "peer_spiff")


def peers_folder() -> Path | None:
    """``BENCH_PEERS``, or the folder shared/bench beside the repository if it is there."""
    named = os.environ.get("BENCH_PEERS")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "bench"
    return folder.resolve() if (folder / "peer_common.py").exists() else None


def peers_python() -> str:
    """``BENCH_PEERS_PYTHON``, or the Python of this process."""
    return os.environ.get("BENCH_PEERS_PYTHON") or sys.executable


def present() -> tuple[tuple[Peer, ...], list[str]]:
    """The peers that can run, and a plain word about each that cannot."""
    folder = peers_folder()
    if folder is None:
        return (), ["peers were left out: no folder of peers (BENCH_PEERS names one)"]
    python = peers_python()
    look = "import importlib.util, json, sys; print(json.dumps([n for n in sys.argv[1:] if importlib.util.find_spec(n)]))"
    done = _run([python, "-c", look, *{peer.package for peer in PEERS}], dict(os.environ))
    there = json.loads(done.stdout)
    missing = [f"{p.name} was left out: {p.package} is not installed for BENCH_PEERS_PYTHON" for p in PEERS if p.package not in there]
    return tuple(p for p in PEERS if p.package in there), missing


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{' '.join(command[-8:])}\n{done.stderr[-3000:]}")
    return done


def _answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def build_ours(place: Place, kind: str, townships: int) -> dict[str, Any]:
    """A prepared database of this program, to be copied for each round."""
    name = f"world{townships}"
    place.make(kind, f"{kind}_{name}")
    command = [sys.executable, "-m", "bench.ours", "build", "--townships", str(townships)]
    return _answer(_run(command, place.environment(kind, f"{kind}_{name}")))


def run_ours(place: Place, kind: str, townships: int, what: str, cases: int, posts: dict[str, int]) -> dict[str, Any]:
    """One round of this program on a fresh copy."""
    place.copy(kind, f"{kind}_world{townships}", f"{kind}_round")
    environment = place.environment(kind, f"{kind}_round")
    (Path(environment["DUTYGATE_HOME"]) / "posts.json").write_text(json.dumps(posts))
    command = [sys.executable, "-m", "bench.ours", what, "--townships", str(townships), "--cases", str(cases)]
    return _answer(_run(command, environment))


def run_peer(place: Place, peer: Peer, kind: str, townships: int, cases: int) -> dict[str, Any]:
    """One round of a peer on a fresh database."""
    command = [peers_python(), str(REPOSITORY / "bench" / "peer.py"), str(peers_folder()), peer.module]
    command += ["--db", kind, "--path", place.peer_database(kind), "--mode", peer.mode, "--cases", str(cases)]
    return _answer(_run(command, {**place.peer_environment(), "FAN": str(townships)}))
