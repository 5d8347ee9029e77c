"""The offices and people of the tests, also when this folder is run alone."""

from pathlib import Path
from typing import Any

import pytest

from tests.fixtures import journey, world

__all__ = ["files", "journey", "world"]


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own for kept files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"
