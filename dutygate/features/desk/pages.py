"""Where the desk stands in the navigation."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place

offers_place(Place(gettext_noop("工作台"), "home", "home", 10, lambda acting: acting is not None))
