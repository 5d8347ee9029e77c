"""看板的纸面: the tables of the board to be handed out. What is confidential goes into no file (decision 34)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dutygate.base.documents.tables import Paper, Part
from dutygate.features.board.blocks import Block, texts


def board_paper(title: str, said: Sequence[str], blocks: Sequence[Block], on: date) -> Paper:
    """A part for each block, as the page shows them to the same reader."""
    parts = [
        Part(block.title, block.columns, (3.0, *(1.0 for _name in block.columns[1:])), texts(block.rows))
        for block in blocks
        if not block.apart
    ]
    return Paper(title, tuple(said), tuple(parts), day=on)
