"""Where the ledger stands in the navigation, and how a pledge is called on the desk."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from dutygate.base.actions.subjects import Subjects, shows_subjects
from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.lists.offers import Part, shows_on_duty
from dutygate.features.lists.queries import READING_POSTS
from dutygate.features.support.queries import titles_of_pledges
from dutygate.features.support.shown import kept_shown

offers_place(
    Place(gettext_noop("保障台账"), "support", "clipboard-list", 35, lambda acting: acting is not None and acting.kind in READING_POSTS)
)
shows_subjects(
    Subjects(
        fits=lambda subject: subject.split("-")[1:2] == ["B"],
        titles=titles_of_pledges,
        page=lambda subject: reverse("support_pledge", args=[subject]),
        act=lambda subject, action: reverse("support_act", args=[subject, action]),
    )
)
shows_on_duty(
    Part(
        "support/_of_duty.html",
        lambda viewer, duty, directory, today: {"code": duty.code, "rows": kept_shown(viewer, duty.id, directory, today)},
    )
)
