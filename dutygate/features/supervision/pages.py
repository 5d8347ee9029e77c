"""Where reports stand in the navigation: for every office post alike."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.supervision.standing import OFFICE_POSTS

offers_place(Place(gettext_noop("线索"), "reports", "eye", 60, lambda acting: acting is not None and acting.kind in OFFICE_POSTS))
