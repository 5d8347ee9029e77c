"""办理: what administrators do to jurisdictions, units, seats, people, posts, tokens and the calendar (Article 3)."""

from dutygate.base.organizations.actions import calendar, changes, effect, jurisdiction, people, seats, tokens, units

__all__ = ["calendar", "changes", "effect", "jurisdiction", "people", "seats", "tokens", "units"]
