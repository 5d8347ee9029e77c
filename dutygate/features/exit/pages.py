"""退出 on the page of a duty."""

from django.utils.translation import gettext_noop

from dutygate.features.lists.offers import Offer, offers_on_duty

offers_on_duty(Offer(gettext_noop("申请退出"), "4.4", "exit_new", 10))
