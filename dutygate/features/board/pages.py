"""Where the board stands in the navigation: for the lead and the offices of the banner's bodies by their seats, and for a city."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.board.queries import SEATS
from dutygate.features.lists.queries import READING_POSTS

CITY_CODE: Final = 4
"""Figures of a city's code by GB/T 2260."""


def _of_a_city(acting: Any) -> bool:
    return acting is not None and acting.kind in READING_POSTS and len(acting.jurisdiction) == CITY_CODE


offers_place(Place(gettext_noop("看板"), "board", "list-details", 15, _of_a_city, SEATS))
