"""Where administration stands in the navigation."""

from typing import Any

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.administration.access import READERS, above_banners


def _shown_to(acting: Any) -> bool:
    return acting is not None and (acting.kind in READERS or above_banners(acting))


offers_place(Place(gettext_noop("管理"), "administration", "adjustments", 70, _shown_to, seats=frozenset({"lead"})))
