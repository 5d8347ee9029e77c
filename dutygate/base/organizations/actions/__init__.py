"""办理: what administrators do to jurisdictions, units, seats, people, posts, tokens and the calendar."""
