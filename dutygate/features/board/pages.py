"""Where the board stands in the navigation: for the lead, the offices of the banner's bodies and the city's office, by their seats."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.board.queries import SEATS

offers_place(Place(gettext_noop("看板"), "board", "list-details", 15, lambda _acting: False, seats=SEATS))
