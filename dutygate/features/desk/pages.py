"""Where the desk and the messages stand in the navigation."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place

offers_place(Place(gettext_noop("工作台"), "home", "home", 10, lambda acting: acting is not None))
offers_place(
    Place(gettext_noop("消息"), "messages", "mail", 15, lambda acting: acting is not None and acting.kind in ("handler", "signatory"))
)
