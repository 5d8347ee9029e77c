"""The demo year and a little more, made once for a run of the tests, and served from a copy: the real server, in a process of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

REPOSITORY: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60
DEMO: Final = "dutygate.config.demo.settings"


def made(folder: Path, *, further: bool = True) -> Path:
    """The demo's data directory below ``folder``: made by the command itself, once, whoever asks; ``further`` done, or not."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            _run(["-m", "dutygate", "demo", "--no-serve"], _environment(folder))
            if further:
                _run(["-m", "tests.browser.further"], _environment(folder / "demo") | {"DJANGO_SETTINGS_MODULE": DEMO})
            done.touch()
    return folder / "demo"


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run([sys.executable, *command], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the demo could not be made:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def _environment(home: Path) -> dict[str, str]:
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DUTYGATE_TEST_PG", "DUTYGATE_DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "DUTYGATE_HOME": str(home)}


@dataclass(frozen=True, slots=True)
class Site:
    """A served demo: its address, and the data directory that it writes to."""

    address: str
    home: Path


@contextlib.contextmanager
def serve(demo: Path, place: Path) -> Iterator[Site]:
    """A copy of the demo in ``place``, served until the end."""
    home = place / "demo"
    shutil.copytree(demo, home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "dutygate.config.wsgi:application"]
    environment = {**_environment(home), "DJANGO_SETTINGS_MODULE": DEMO, "DUTYGATE_STYLEGUIDE": "1"}
    with (place / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            site = Site(f"http://127.0.0.1:{port}", home)
            _wait(site, process, place / "server.log")
            yield site
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(site: Site, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{site.address}/login/", timeout=PATIENCE).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not come up:\n{log.read_text()[-3000:]}")
