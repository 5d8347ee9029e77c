"""Where the yearly review stands in the navigation."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.lists.queries import READING_POSTS


def _shown_to(acting: object) -> bool:
    """Departments; the lead by its seat. Townships fill in nothing."""
    return getattr(acting, "kind", "") in READING_POSTS and getattr(acting, "unit_kind", "") == "department"


offers_place(Place(gettext_noop("年度回看"), "yearly", "history", 36, _shown_to, seats=frozenset({"lead"})))
