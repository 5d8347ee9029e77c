"""SQLite behind a queue of writers: a database ENGINE for Django, and the error of a writer who waited too long."""

from django.db.utils import OperationalError


class QueueTimeout(OperationalError):
    """Other writers held the database longer than `queue_timeout`: nothing was written, try again in a moment (503)."""
