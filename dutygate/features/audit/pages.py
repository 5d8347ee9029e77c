"""Where the audit stands in the navigation."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place

offers_place(
    Place(
        gettext_noop("审计"),
        "audit",
        "shield-check",
        80,
        lambda acting: acting is not None and acting.kind == "audit_admin",
        seats=frozenset({"lead"}),
    )
)
