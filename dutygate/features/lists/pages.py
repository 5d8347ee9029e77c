"""Where the lists stand in the navigation."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.lists.queries import READING_POSTS

offers_place(Place(gettext_noop("清单"), "lists", "list-details", 30, lambda acting: acting is not None and acting.kind in READING_POSTS))
