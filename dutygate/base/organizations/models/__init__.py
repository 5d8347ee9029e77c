"""记录: jurisdictions and units, people and their posts, the calendar, tokens and log-ins."""

from dutygate.base.organizations.models.calendar import CalendarDay, CalendarYear
from dutygate.base.organizations.models.login import ApiToken, LoginRecord
from dutygate.base.organizations.models.people import Post, User
from dutygate.base.organizations.models.units import Jurisdiction, Seat, Unit, UnitCode, UnitName, UnitSuccession

__all__ = [
    "ApiToken",
    "CalendarDay",
    "CalendarYear",
    "Jurisdiction",
    "LoginRecord",
    "Post",
    "Seat",
    "Unit",
    "UnitCode",
    "UnitName",
    "UnitSuccession",
    "User",
]
