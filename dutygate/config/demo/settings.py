"""Django's settings for a demo: the usual ones, with a clock that stands on the story's last day, and passwords that are printed."""

from dutygate.config.settings import *  # noqa: F403
from dutygate.config.settings import MIDDLEWARE as USUAL_MIDDLEWARE
from dutygate.config.settings import PASSWORD_HASHERS as USUAL_HASHERS

MIDDLEWARE = ["dutygate.config.demo.clock.StandingClockMiddleware", *USUAL_MIDDLEWARE]
PASSWORD_HASHERS = [
    "dutygate.config.demo.hashers.PrintedPasswordHasher",
    *(h for h in USUAL_HASHERS if not h.endswith("Argon2PasswordHasher")),
]
STANDING_CLOCK = "dutygate.config.demo.clock.standing_clock"
"""For processes beside the server, which no middleware tells the time."""
