"""任务核对 in the navigation."""

from django.utils.translation import gettext_noop

from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.cases.queries import CONTENT_POSTS

offers_place(
    Place(gettext_noop("任务核对"), "task_check", "checklist", 35, lambda acting: acting is not None and acting.kind in CONTENT_POSTS),
)
