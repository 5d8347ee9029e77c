"""Where the bases stand in the navigation."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place

offers_place(
    Place(gettext_noop("法定依据"), "bases", "books", 40, lambda acting: acting is not None and acting.kind in ("handler", "signatory"))
)
