"""docs/glossary.md, written from the terms that the page 用语 shows: ``python3 tools/glossary.py``. A test compares the two."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dutygate.features.editions.glossary import as_markdown  # noqa: E402

if __name__ == "__main__":
    (ROOT / "docs" / "glossary.md").write_text(as_markdown(), encoding="utf-8")
