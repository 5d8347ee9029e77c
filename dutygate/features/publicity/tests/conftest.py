"""The offices and people of the tests, also when this folder is run alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dutygate.base.actions.perform import forget_kept_editions
from dutygate.base.organizations.queries import forget_directories
from dutygate.features.publicity.tests.stage import Site, site_published
from tests.fixtures import journey, world

__all__ = ["files", "journey", "site", "world"]


@pytest.fixture
def site(db: Any, files: Path) -> Iterator[Site]:
    """A banner that has published its lists twice."""
    yield site_published()
    forget_directories()
    forget_kept_editions()


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own for kept files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"
