"""Where Chromium is, and how it is started: ``python -m tests.browser.chromium`` brings it where it may, or says what is missing.

As root on Debian or Ubuntu it is installed with apt-get; elsewhere one line says what to install, and the trips are skipped,
except in CI, where that is an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

SHELL: Final = "chromium-headless-shell"
"""Chromium without a window: the same engine for a quarter less of the processor, where the system has it as a package."""
NAMES: Final = (
    SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)
"""Only our own pages are opened, and nothing of the browser's own may leave the machine."""
BROWSER: Final = "chromium"
TYPEFACE: Final = "fonts-noto-cjk"
MISSING: Final = (
    "Browser trips need Chromium or Chrome (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk; macOS: brew install --cask chromium), "
    "or CHROMIUM=/path/to/it."
)


def chromium() -> str | None:
    """The browser's path: ``CHROMIUM``, else the first that is found."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).is_file()), None)


def has_chinese() -> bool:
    """Whether there is a typeface with Chinese characters, where the system tells."""
    ask = shutil.which("fc-list")
    if ask is None:
        return sys.platform == "darwin"
    return bool(subprocess.run([ask, ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip())


def install() -> None:
    """What is missing, with apt-get: only as root, where there is one. In CI the one without a window, even beside another."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0 or os.environ.get("CHROMIUM"):
        return
    wanted = [] if shutil.which(SHELL) or (chromium() is not None and not os.environ.get("CI")) else [SHELL]
    wanted += [] if has_chinese() else [TYPEFACE]
    wrong = _run(apt, "update") if wanted else ""
    for package in wanted:
        wrong = _run(apt, "install", "-y", "--no-install-recommends", package)
    if chromium() is None:
        wrong = _run(apt, "install", "-y", "--no-install-recommends", BROWSER)
    if wrong and (chromium() is None or not has_chinese()):
        print(wrong, file=sys.stderr)


def _run(apt: str, *command: str) -> str:
    """What went wrong, "" when nothing did."""
    print("apt-get", *command, "…", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run([apt, "-qq", *command], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.stderr.strip()[-800:] if done.returncode else ""


def main() -> int:
    """0 unless in CI, where the trips must be made."""
    install()
    if chromium() is not None:
        return 0
    print(MISSING, file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
