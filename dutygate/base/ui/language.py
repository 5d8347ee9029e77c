"""The two languages as the law's catalogues call them."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language


def language() -> Literal["zh", "en"]:
    """ "en" when pages are shown in English now, else "zh"."""
    return "en" if (get_language() or "").lower().startswith("en") else "zh"
