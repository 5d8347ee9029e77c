"""金额: typed in yuan as people write it, kept in integer fen."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

LIMIT: Final = 10**13
"""Fen; more no safeguard may promise (``application.edit``)."""


def as_yuan(fen: int | None) -> str:
    """An amount as it stands in the field: 2000000 -> "20000", 2000050 -> "20000.50"."""
    if fen is None:
        return ""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


class YuanField(forms.CharField):
    """Yuan, with 万, 元, commas and full width where somebody writes them; gives fen, or None for nothing."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"class": "form-control amount", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **more)

    def clean(self, value: Any) -> int | None:
        """Raises ValidationError for what is no amount."""
        typed = unicodedata.normalize("NFKC", super().clean(value)).replace(",", "").replace(" ", "").strip("¥元")
        if not typed:
            return None
        tens = 10_000 if typed.endswith("万") else 1
        try:
            fen = Decimal(typed.removesuffix("万")) * tens * 100
            whole = int(fen)
        except (InvalidOperation, ValueError, OverflowError):
            raise self._wrong() from None
        if fen != whole or not 0 <= whole <= LIMIT:
            raise self._wrong()
        return whole

    def _wrong(self) -> forms.ValidationError:
        return forms.ValidationError(_("请写金额，单位是元，例如 20000 或者 20000.50。"), code="amount")
