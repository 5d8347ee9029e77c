"""Routes: meetings, one meeting with its sheets, minutes and forms; members; earlier rulings."""

from django.urls import path

from dutygate.features.conference.web import acting, meetings

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", acting.convene, name="meeting_new"),
    path("meetings/members/new/", acting.appoint, name="member_new"),
    path("meetings/rulings/", meetings.rulings, name="rulings"),
    path("meetings/<str:number>/", meetings.meeting, name="meeting"),
    path("meetings/<str:number>/minutes/", meetings.minutes, name="meeting_minutes"),
    path("meetings/<str:number>/sheet/<str:case>/", meetings.sheet, name="meeting_sheet"),
    path("meetings/<str:number>/do/<str:step>/", acting.of_meeting, name="meeting_act"),
]
