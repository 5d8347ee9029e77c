"""What others wrote and lies in the repository is what its VENDOR.json says, to the byte."""

import hashlib
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.law_only
ROOT = Path(__file__).resolve().parents[2]
PLACES = (ROOT / "dutygate" / "base" / "ui" / "static" / "vendor", ROOT / "tests" / "vendor")
FOLDERS = sorted(folder for place in PLACES for folder in place.iterdir() if folder.is_dir())


def test_there_is_something_to_look_at() -> None:
    assert {folder.name.rpartition("-")[0] for folder in FOLDERS} >= {"tabler-core", "tabler-icons", "htmx.org", "axe-core"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_is_the_one_that_was_taken(folder: Path) -> None:
    told = json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.name != "VENDOR.json"}
    assert found == told["sha256"]
    assert told["licence"]
    assert folder.name == f"{told['name'].strip('@').replace('/', '-')}-{told['version']}"
