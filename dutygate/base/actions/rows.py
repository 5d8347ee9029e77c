"""多行填写: rows of numbered fields. There are always more of them than are filled in, so that nobody needs a script to add one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

SPARE: Final = 2
"""Empty rows below the last one that is filled in; sending the form with ``_intent=again`` shows it with new ones."""


@dataclass(frozen=True, slots=True)
class Rows:
    """``columns``: the names of the fields of a row; in the form each has the number of its row behind it ("gap_text_0").

    ``most`` is how many the action takes.
    """

    columns: Sequence[str]
    most: int
    least: int = 3

    def wanted(self, given: Mapping[str, Any] | None, started: int = 0) -> range:
        """The numbers of the rows to show: as many as were typed, or started with, and some to spare."""
        last = max((n for n in range(self.most) if given and self._filled(given, n)), default=-1)
        filled = last + 1 if given else started
        return range(min(self.most, max(self.least, filled + SPARE)))

    def _filled(self, given: Mapping[str, Any], number: int) -> bool:
        return any(str(given.get(f"{column}_{number}", "")).strip() for column in self.columns)

    def filled(self, cleaned: Mapping[str, Any], rows: range) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows in which something stands, each with its number: (number, {column: value})."""
        for number in rows:
            row = {column: cleaned.get(f"{column}_{number}") or "" for column in self.columns}
            if any(row.values()):
                yield number, row

    def shown(self, form: forms.Form, rows: range) -> list[dict[str, Any]]:
        """For the template: [{number, fields: [bound field, …]}], counted from one."""
        return [{"number": number + 1, "fields": [form[f"{column}_{number}"] for column in self.columns]} for number in rows]
