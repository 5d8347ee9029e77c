"""Routes: units, people, seats, calendar, log-ins; one's own account."""

from django.urls import path

from dutygate.features.administration.web import account, calendar, changes, logins, people, units

urlpatterns = [
    path("administration/", units.units, name="administration"),
    path("administration/units/new/", units.new_unit, name="administration_new_unit"),
    path("administration/units/<str:key>/", units.unit, name="administration_unit"),
    path("administration/units/<str:key>/rename/", units.rename, name="administration_rename"),
    path("administration/units/<str:key>/split/", changes.split, name="administration_split"),
    path("administration/units/<str:key>/transfer/", changes.transfer, name="administration_transfer"),
    path("administration/units/<str:key>/pass-on/", changes.pass_on, name="administration_pass_on"),
    path("administration/changes/", changes.changes, name="administration_changes"),
    path("administration/changes/merge/", changes.merge, name="administration_merge"),
    path("administration/changes/<str:ref>/cancel/", changes.cancel, name="administration_cancel_change"),
    path("administration/seats/", units.seats, name="administration_seats"),
    path("administration/seats/take/", units.take_seat, name="administration_take_seat"),
    path("administration/people/", people.people, name="administration_people"),
    path("administration/people/new/", people.new_person, name="administration_new_person"),
    path("administration/people/appoint/", people.appoint, name="administration_appoint"),
    path("administration/people/hand-over/", people.hand_over, name="administration_hand_over"),
    path("administration/people/end/", people.end, name="administration_end"),
    path("administration/person/<str:username>/", people.person, name="administration_person"),
    path("administration/person/<str:username>/first-password/", people.first_password, name="administration_first_password"),
    path("administration/person/<str:username>/tokens/<int:token>/revoke/", people.revoke, name="administration_revoke"),
    path("administration/calendar/", calendar.year, name="administration_calendar"),
    path("administration/calendar/load/", calendar.load_year, name="administration_load_year"),
    path("administration/calendar/day/", calendar.set_day, name="administration_set_day"),
    path("administration/logins/", logins.logins, name="administration_logins"),
    path("administration/logins/unlock/", logins.unlock_account, name="administration_unlock"),
    path("account/", account.account, name="account"),
    path("account/logins/", account.logins, name="account_logins"),
    path("account/token/", account.issue, name="account_token"),
    path("account/token/<int:token>/revoke/", account.revoke, name="account_revoke"),
]
